package org.vaescape.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GistSentenceTest {
  private static final String UNDECIDED = "undecided";

  private static Gist gist(String scope, String number, String standing, String doubt) {
    return new Gist(scope, "optimizer", number, standing, doubt, Optional.empty());
  }

  private static String said(Gist... gists) {
    return GistSentence.of("Label", List.of(gists), 3).orElseThrow();
  }

  @Test
  void ofNothingThereIsNone() {
    assertEquals(Optional.empty(), GistSentence.of("Label", List.of(), 3));
  }

  @Test
  void scopesOfWhichDifferentThingsAreDecidedKeepTheirOwnVerdicts() {
    assertEquals(
        "Label: optimizer (94 % in vae, 90 % in ae; 60 % in iwae, undecided).",
        said(
            gist("vae", "94 %", "", ""),
            gist("iwae", "60 %", UNDECIDED, ""),
            gist("ae", "90 %", "", "")));
  }

  @Test
  void whatStandsOfAllIsSaidOnce() {
    assertEquals(
        "Label: optimizer (94 % in vae, 60 % in iwae). Undecided.",
        said(gist("vae", "94 %", UNDECIDED, ""), gist("iwae", "60 %", UNDECIDED, "")));
    assertEquals(
        "Label: optimizer. Undecided.",
        said(
            gist("vae", "", UNDECIDED, ""),
            gist("iwae", "", UNDECIDED, ""),
            gist("ae", "", UNDECIDED, "")));
  }

  @Test
  void aScopeWithoutANumberTakesNoneOfAnother() {
    assertEquals(
        "Label: optimizer (94 % in vae; iwae).",
        said(gist("vae", "94 %", "", ""), gist("iwae", "", "", "")));
  }

  @Test
  void aDoubtOfSomeScopesNamesThem() {
    assertEquals(
        "Label: optimizer (94 % in vae, iwae; rates not tried in iwae).",
        said(gist("vae", "94 %", "", ""), gist("iwae", "94 %", "", "rates not tried")));
    assertEquals(
        "Label: optimizer (94 % in vae, iwae; rates not tried).",
        said(
            gist("vae", "94 %", "", "rates not tried"),
            gist("iwae", "94 %", "", "rates not tried")));
  }

  @Test
  void onlySoManyThingsAreNamedThoseOfMostScopesFirst() {
    List<Gist> all = new ArrayList<>();
    for (String what : List.of("a", "b", "c", "d", "e", "f")) {
      all.add(Gist.of("vae", what, ""));
    }
    all.add(Gist.of("iwae", "f", ""));
    assertEquals(
        Optional.of("Label: f (vae, iwae); a (vae); b (vae); c (vae); 2 more."),
        GistSentence.of("Label", GistSentence.mostFirst(all), 3));
  }
}
