package org.vaescape.analysis.runs;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogScaleTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "1e-4 1e-3 1e-2",
        "32 64 128 32",
        "0.001 0.003 0.01 0.03",
        "0.01 0.05 0.1 1",
        "1e-3 0.1",
        "4 6 9",
        "16 16.0 32 64"
      })
  void takesConstantRatiosAndTwoDecades(String values) {
    assertTrue(LogScale.searched(List.of(values.split(" "))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.0005 0.001 0.0015 0.002 0.0025",
        "10 25 50 100",
        "50 100 128 200",
        "100 110 121",
        "0.01 0.1",
        "0 0.1 10",
        "-1 -10 -100",
        "adam 1 100",
        "1 25 50 75 100",
        "7",
        ""
      })
  void leavesOthersAsTheyAre(String values) {
    assertFalse(LogScale.searched(List.of(values.split(" "))));
  }

  @Test
  void tellsNumbersDrawnEvenlyFromThoseDrawnOverDecades() {
    SplittableRandom random = new SplittableRandom(5);
    List<Double> even = Stream.generate(random::nextDouble).limit(400).toList();
    assertTrue(even.stream().mapToDouble(number -> number).min().orElseThrow() < 0.01);
    assertFalse(LogScale.searched(even.stream().map(String::valueOf).toList()));
    assertTrue(
        LogScale.searched(
            even.stream().map(number -> String.valueOf(Math.pow(10, -4 * number))).toList()));
  }
}
