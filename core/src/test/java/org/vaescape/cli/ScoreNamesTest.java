package org.vaescape.cli;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScoreNamesTest {
  @ParameterizedTest
  @ValueSource(
      strings = {"accuracy", "val_accuracy", "config/test-F1", "knn balanced accuracy", "R2"})
  void soundLikeWhatShouldBeLarge(String column) {
    assertTrue(ScoreNames.sounds(column));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"val_loss", "value", "score_loss", "negative log likelihood", "accident", "_"})
  void othersDoNot(String column) {
    assertFalse(ScoreNames.sounds(column));
  }
}
