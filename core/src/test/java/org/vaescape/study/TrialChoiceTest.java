package org.vaescape.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class TrialChoiceTest {
  /// 60 of one model, 3 of another, 2 that diverged.
  private static List<FinishedTrial> trials() {
    List<FinishedTrial> trials = new ArrayList<>();
    for (int i = 0; i < 65; i++) {
      trials.add(trial("%03d".formatted(i), i < 62 ? "vae" : "iwae", i < 2));
    }
    return trials;
  }

  private static FinishedTrial trial(String id, String model, boolean diverged) {
    SequencedMap<String, String> settings = new LinkedHashMap<>();
    settings.put("model", model);
    return new FinishedTrial(
        id,
        settings,
        0,
        diverged ? Status.DIVERGED : Status.CONVERGED,
        "",
        1,
        new LinkedHashMap<>(),
        List.of(),
        List.of(),
        1,
        1,
        "plain",
        "fp32",
        "",
        "",
        new LinkedHashMap<>());
  }

  @Test
  void isTheSameInAnyOrderAndAnotherForAnotherSeed() {
    List<FinishedTrial> chosen = TrialChoice.of(trials(), 5, 1);
    assertEquals(chosen, TrialChoice.of(trials().reversed(), 5, 1));
    Set<Set<String>> all =
        LongStream.range(0, 20)
            .mapToObj(seed -> ids(TrialChoice.of(trials(), 5, seed)))
            .collect(Collectors.toSet());
    assertTrue(all.size() > 15, all.size() + " choices of 20 seeds");
  }

  private static Set<String> ids(List<FinishedTrial> trials) {
    return trials.stream().map(FinishedTrial::id).collect(Collectors.toSet());
  }

  @Test
  void hasEachModelAndEndingBeforeASecondOfAny() {
    for (long seed = 0; seed < 20; seed++) {
      Map<String, Integer> counts = new HashMap<>();
      TrialChoice.of(trials(), 6, seed)
          .forEach(trial ->
              counts.merge(trial.settings().get("model") + trial.status(), 1, Integer::sum));
      assertEquals(
          Map.of("vaeCONVERGED", 2, "vaeDIVERGED", 2, "iwaeCONVERGED", 2), counts, "seed " + seed);
    }
  }

  @Test
  void takesEveryTrialOnceWhereAllAreAskedFor() {
    assertEquals(ids(trials()), ids(TrialChoice.of(trials(), Integer.MAX_VALUE, 3)));
    assertEquals(65, TrialChoice.of(trials(), 65, 3).size());
    assertEquals(List.of(), TrialChoice.of(trials(), 0, 3));
  }
}
