package org.vaescape.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class GridTest {
  private static final Dimension MODEL = Dimension.of("model", List.of("vae", "iwae"));
  private static final Dimension LATENT = Dimension.of("latent", List.of(10L, 20L));

  private static List<String> texts(Space space) {
    return new Grid().cells(space).stream().map(cell -> cell.values().toString()).toList();
  }

  @Test
  void goesThroughTheLastKeyFastest() {
    assertEquals(
        List.of(
            "{model=vae, latent=10}",
            "{model=vae, latent=20}",
            "{model=iwae, latent=10}",
            "{model=iwae, latent=20}"),
        texts(new Space(List.of(MODEL, LATENT))));
  }

  @Test
  void givesAConditionalKeyOnlyToCellsThatMeetTheCondition() {
    Dimension samples =
        new Dimension(
            "iwae.samples", List.of(5L, 50L), List.of(new Condition("model", List.of("iwae"))));
    assertEquals(
        List.of("{model=vae}", "{model=iwae, iwae.samples=5}", "{model=iwae, iwae.samples=50}"),
        texts(new Space(List.of(MODEL, samples))));
  }

  @Test
  void refusesAConditionOnAKeyThatComesLater() {
    Dimension samples =
        new Dimension(
            "iwae.samples", List.of(5L), List.of(new Condition("model", List.of("iwae"))));
    assertThrows(IllegalArgumentException.class, () -> new Space(List.of(samples, MODEL)));
  }

  @Test
  void refusesAValueThatStandsTwice() {
    assertThrows(
        IllegalArgumentException.class, () -> Dimension.of("latent", List.of(10L, 20L, 10L)));
  }

  @Test
  void refusesTwoDimensionsThatGiveOneKeyToOneCell() {
    Space space = new Space(List.of(LATENT, Dimension.of("latent", List.of(30L))));
    assertThrows(IllegalArgumentException.class, () -> new Grid().cells(space));
  }
}
