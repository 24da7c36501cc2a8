package org.vaescape.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SplitTest {
  private static List<String> alone(int count) {
    return IntStream.range(0, count).mapToObj(i -> "sample" + i).toList();
  }

  private static List<String> alike(int count) {
    return Collections.nCopies(count, "");
  }

  private static Set<String> at(List<String> names, int[] indices) {
    Set<String> found = new HashSet<>();
    for (int i : indices) {
      found.add(names.get(i));
    }
    return found;
  }

  @Test
  void putsEachSampleInExactlyOnePartWithoutTearingGroups() {
    SplittableRandom random = new SplittableRandom(7);
    for (int seed = 0; seed < 500; seed++) {
      int n = random.nextInt(20, 300);
      List<String> groups = new ArrayList<>();
      List<String> strata = new ArrayList<>();
      for (int i = 0; i < n; i++) {
        groups.add("group" + random.nextInt(n));
        strata.add("stratum" + random.nextInt(4));
      }
      double share = random.nextDouble(0.05, 0.4);
      Split split = Split.of(groups, strata, share, share, seed);
      int[] all =
          Stream.of(split.training(), split.validation(), split.test())
              .flatMapToInt(IntStream::of)
              .sorted()
              .toArray();
      assertArrayEquals(IntStream.range(0, n).toArray(), all);
      assertTrue(
          Collections.disjoint(at(groups, split.training()), at(groups, split.validation())));
      assertTrue(Collections.disjoint(at(groups, split.training()), at(groups, split.test())));
      assertTrue(Collections.disjoint(at(groups, split.validation()), at(groups, split.test())));
      assertArrayEquals(
          split.validation(), Split.of(groups, strata, share, share, seed).validation());
    }
  }

  @Test
  void givesValidationTheRoundedShareWhereSamplesAreAlone() {
    for (int n = 2; n < 200; n++) {
      Split split = Split.of(alone(n), alike(n), 0.1, 0, n);
      assertEquals(Math.max(1, Math.round(n * 0.1)), split.validation().length);
      assertEquals(0, split.test().length);
    }
  }

  @Test
  void comesWithinAGroupOfTheShareWherePatientsHavePairs() {
    List<String> pairs = IntStream.range(0, 110).mapToObj(i -> "patient" + i / 2).toList();
    for (int seed = 0; seed < 100; seed++) {
      assertEquals(10, Split.of(pairs, alike(110), 0.1, 0, seed).validation().length); // of 11
    }
    List<String> mixed =
        IntStream.range(0, 110).mapToObj(i -> i < 100 ? "patient" + i / 2 : "lone" + i).toList();
    for (int seed = 0; seed < 100; seed++) {
      assertEquals(11, Split.of(mixed, alike(110), 0.1, 0, seed).validation().length);
    }
  }

  @Test
  void takesAGroupThatIsTooLargeRatherThanNone() {
    assertEquals(
        3,
        Split.of(List.of("a", "a", "a", "b", "b", "b"), alike(6), 0.1, 0, 1).validation().length);
  }

  @Test
  void keepsTheProportionsOfStrata() {
    List<String> strata =
        IntStream.range(0, 200).mapToObj(i -> i < 100 ? "a" : i < 160 ? "b" : "c").toList();
    for (int seed = 0; seed < 50; seed++) {
      Split split = Split.of(alone(200), strata, 0.1, 0.2, seed);
      assertArrayEquals(new long[] {10, 6, 4}, counts(split.validation()));
      assertArrayEquals(new long[] {20, 12, 8}, counts(split.test()));
    }
  }

  private static long[] counts(int[] samples) {
    return new long[] {
      Arrays.stream(samples).filter(i -> i < 100).count(),
      Arrays.stream(samples).filter(i -> i >= 100 && i < 160).count(),
      Arrays.stream(samples).filter(i -> i >= 160).count()
    };
  }

  @Test
  void givesEverySampleTheSameChance() {
    int[] chosen = new int[50];
    for (int seed = 0; seed < 4000; seed++) {
      for (int i : Split.of(alone(50), alike(50), 0.1, 0, seed).validation()) {
        chosen[i]++;
      }
    }
    for (int count : chosen) {
      assertEquals(400, count, 95); // five standard deviations of a binomial
    }
  }

  @Test
  void dependsOnTheSeed() {
    assertFalse(
        Arrays.equals(
            Split.of(alone(100), alike(100), 0.1, 0, 1).validation(),
            Split.of(alone(100), alike(100), 0.1, 0, 2).validation()));
  }

  @Test
  void staysWhatItWas() {
    // Written down when it was made: a change here changes every study.
    assertArrayEquals(
        new int[] {3, 24, 26}, Split.of(alone(30), alike(30), 0.1, 0, 2021).validation());
  }
}
