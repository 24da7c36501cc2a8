package org.vaescape.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.vaescape.EverySettingMatters;
import org.vaescape.SettingsContract;
import org.vaescape.search.HyperParameter;
import org.vaescape.search.Member;

/// What every KL warm-up of the catalogue must do; a new one is found by itself.
class WarmUpContractTest {
  static Stream<Member<WarmUp>> warmUps() {
    return WarmUps.CATALOGUE.members().stream();
  }

  private static List<Double> shares(WarmUp warmUp, int epochs, int maxEpochs) {
    return IntStream.range(0, epochs).mapToObj(epoch -> warmUp.share(epoch, maxEpochs)).toList();
  }

  @ParameterizedTest
  @MethodSource("warmUps")
  void isAShareInEveryEpochAndTheWholeInTheEnd(Member<WarmUp> member) {
    for (WarmUp warmUp : EverySettingMatters.variants(member)) {
      for (int maxEpochs : List.of(1, 2, 3, 7, 50, 1_000_000)) {
        List<Double> shares = shares(warmUp, 200, maxEpochs);
        assertTrue(
            shares.stream().allMatch(share -> share >= 0 && share <= 1),
            () -> "%s of %d epochs: %s".formatted(warmUp, maxEpochs, shares));
        assertEquals(shares, shares(warmUp, 200, maxEpochs));
        assertEquals(1, warmUp.share(maxEpochs + 1000, maxEpochs), "long after the last epoch");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("warmUps")
  void hasNoSettingThatDoesNothing(Member<WarmUp> member) {
    EverySettingMatters.check(
        member,
        Set.of(),
        HyperParameter::others,
        (one, other) -> shares(one, 60, 40).equals(shares(other, 60, 40)));
  }

  @ParameterizedTest
  @MethodSource("warmUps")
  void refusesSettingsThatAreUnknownOrOutOfRange(Member<WarmUp> member) {
    SettingsContract.refusesUnknown(member);
    SettingsContract.refusesOutOfRange(member);
  }
}
