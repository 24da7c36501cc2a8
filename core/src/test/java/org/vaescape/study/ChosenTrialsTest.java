package org.vaescape.study;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.vaescape.study.Study.KeepWeights;

/// What is chosen as trials come is what one would choose of all of them.
class ChosenTrialsTest {
  private static final List<String> VERDICTS = List.of("learned", "learned", "collapsed", "");
  private static final List<Double> ERRORS = List.of(.1, .2, .2, .3, Double.NaN);

  @ParameterizedTest
  @EnumSource
  void atEveryMomentAsIfAllHadComeAtOnce(KeepWeights policy) {
    SplittableRandom random = new SplittableRandom(7);
    for (int round = 0; round < 50; round++) {
      ChosenTrials chosen = new ChosenTrials(policy);
      List<FinishedTrial> come = new ArrayList<>();
      Set<String> before = Set.of();
      for (int number : shuffled(20, random)) {
        FinishedTrial trial = trial(number, random);
        come.add(trial);
        boolean dropped = chosen.add(trial);
        Set<String> expected = expected(policy, come);
        assertEquals(expected, chosen.ids());
        assertEquals(expected.contains(trial.id()), chosen.contains(trial));
        assertEquals(!expected.containsAll(before), dropped);
        before = expected;
      }
    }
  }

  private static Set<String> expected(KeepWeights policy, List<FinishedTrial> trials) {
    return switch (policy) {
      case NONE -> Set.of();
      case ALL -> ids(trials.stream().filter(trial -> !trial.verdict().isEmpty()).toList());
      case BEST -> {
        Set<String> best = new HashSet<>();
        for (String model : List.of("vae", "iwae", "infovae")) {
          Optional<FinishedTrial> first =
              trials.stream()
                  .filter(trial -> model.equals(trial.settings().get("model")))
                  .filter(trial -> trial.verdict().equals("learned"))
                  .filter(trial -> !Double.isNaN(trial.metric("val_mse")))
                  .min(
                      Comparator.comparingDouble((FinishedTrial trial) -> trial.metric("val_mse"))
                          .thenComparing(FinishedTrial::id));
          first.ifPresent(trial -> best.add(trial.id()));
        }
        yield best;
      }
    };
  }

  private static Set<String> ids(List<FinishedTrial> trials) {
    return trials.stream().map(FinishedTrial::id).collect(Collectors.toSet());
  }

  private static List<Integer> shuffled(int count, SplittableRandom random) {
    List<Integer> numbers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      numbers.add(random.nextInt(i + 1), i);
    }
    return numbers;
  }

  private static FinishedTrial trial(int number, SplittableRandom random) {
    SequencedMap<String, String> settings = new LinkedHashMap<>();
    settings.put("model", List.of("vae", "iwae", "infovae").get(random.nextInt(3)));
    SequencedMap<String, Double> metrics = new LinkedHashMap<>();
    metrics.put("val_mse", ERRORS.get(random.nextInt(ERRORS.size())));
    return new FinishedTrial(
        "%016x".formatted(number),
        settings,
        0,
        Status.CONVERGED,
        VERDICTS.get(random.nextInt(VERDICTS.size())),
        1,
        metrics,
        List.of(),
        List.of(),
        1,
        1,
        "plain",
        "fp32",
        "c0ffee",
        "",
        new LinkedHashMap<>());
  }
}
