package org.vaescape.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WarmUpTest {
  private static double[] shares(WarmUp warmUp, int epochs, int maxEpochs) {
    return IntStream.range(0, epochs)
        .mapToDouble(epoch -> warmUp.share(epoch, maxEpochs))
        .toArray();
  }

  @Test
  void isAbsentByDefault() {
    assertArrayEquals(
        new double[] {1, 1, 1}, shares(WarmUps.CATALOGUE.member("none").create(Map.of()), 3, 100));
  }

  /// Tybalt adds kappa = 1 / 4 after every epoch until 1 is reached.
  @Test
  void risesInEqualStepsAsTybaltsDoes() {
    assertArrayEquals(
        new double[] {0, 0.25, 0.5, 0.75, 1, 1},
        shares(WarmUps.CATALOGUE.member("linear").create(Map.of("epochs", 4L)), 6, 100),
        1e-15);
  }

  @Test
  void startsAnewInEveryCycle() {
    WarmUp cyclical =
        WarmUps.CATALOGUE.member("cyclical").create(Map.of("cycles", 2L, "rise", 0.5));
    assertArrayEquals(new double[] {0, 0.5, 1, 1, 0, 0.5, 1, 1}, shares(cyclical, 8, 8), 1e-15);
    assertEquals(0, cyclical.share(4, 8));
    assertEquals(1, cyclical.share(8, 8), "beyond the last epoch, on the way to a horizon");
  }

  /// A cycle of one epoch is over before the weight has begun to rise.
  @Test
  void hasNoMoreCyclesThanCanRise() {
    for (int maxEpochs = 1; maxEpochs <= 40; maxEpochs++) {
      for (int cycles = 1; cycles <= 45; cycles++) {
        WarmUp cyclical = new CyclicalWarmUp(cycles, 1);
        int epochs = maxEpochs;
        if (2 * cycles <= maxEpochs) {
          cyclical.check(maxEpochs);
          double[] shares = shares(cyclical, epochs, maxEpochs);
          long rising = IntStream.range(1, epochs).filter(i -> shares[i] > shares[i - 1]).count();
          assertTrue(rising >= cycles, "%d cycles in %d epochs".formatted(cycles, maxEpochs));
        } else {
          assertThrows(IllegalArgumentException.class, () -> cyclical.check(epochs));
        }
      }
    }
    assertEquals(
        "kl-warm-up.cycles must be at most half of max-epochs, 4, so that the KL has a weight in each, but was 4",
        assertThrows(
                IllegalArgumentException.class,
                () -> WarmUps.CATALOGUE.member("cyclical").create(Map.of()).check(4))
            .getMessage());
  }
}
