package org.vaescape.study;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class TrialDigestTest {

  /// Stores hold digests, so that what goes into them, and in which order, never changes. This one
  /// was computed from the description, by a script in another language.
  @Test
  void aTrialHasTheDigestThatItAlwaysHad() {
    assertEquals(
        "0e235fcea7cfbb017ab1525fd57d541a92df5105e6de1b5aa88eedc02c2f6661",
        TrialDigest.of(FinishedTrials.learned("a1", 2, 0.3)));
  }
}
