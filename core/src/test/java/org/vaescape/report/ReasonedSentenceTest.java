package org.vaescape.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class ReasonedSentenceTest {
  private static final String SEED = "one seed: no interval; and the same runs choose and judge";

  @Test
  void otherReasonsStayWithTheirSentences() {
    assertEquals(
        List.of(
            "a (at an edge.)",
            "b (counted; twice.)",
            "One seed: no interval; and the same runs choose and judge."),
        ReasonedSentence.section(
            List.of(
                new ReasonedSentence("vae", "a", "at an edge; " + SEED),
                new ReasonedSentence("vae", "b", "counted; twice"))));
  }

  @Test
  void scopesOfOneSeedAreNamedWhereOthersHaveRepeats() {
    assertEquals(
        List.of(
            "a", "b", "c", "vae, ae: one seed: no interval; and the same runs choose and judge."),
        ReasonedSentence.section(
            List.of(
                new ReasonedSentence("vae", "a", SEED),
                new ReasonedSentence("iwae", "b", ""),
                new ReasonedSentence("ae", "c", SEED))));
  }
}
