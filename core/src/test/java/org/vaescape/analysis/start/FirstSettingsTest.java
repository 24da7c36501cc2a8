package org.vaescape.analysis.start;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.vaescape.analysis.claim.Claim;
import org.vaescape.analysis.noise.SeedTolerance;
import org.vaescape.analysis.runs.Landscape;
import org.vaescape.analysis.runs.Losses;
import org.vaescape.analysis.runs.Run;
import org.vaescape.analysis.runs.RunSet;
import org.vaescape.analysis.runs.Runs;
import org.vaescape.analysis.runs.Scale;
import org.vaescape.analysis.runs.StopPoint;
import org.vaescape.analysis.runs.TriedLosses;
import org.vaescape.study.Metric;

class FirstSettingsTest {
  private static final RunSet.Outcome MSE =
      new RunSet.Outcome(Runs.LOSS, Metric.Better.LOWER, true);
  private static final SequencedMap<String, List<String>> SPACE =
      Runs.space(
          Map.entry("learning-rate", List.of("0.0001", "0.001", "0.01", "0.1")),
          Map.entry("latent", List.of("10", "20", "50")),
          Map.entry("optimizer", List.of("adam", "rmsprop")));

  private static TriedLosses tried(List<Run> runs) {
    Landscape landscape = Runs.set(runs).landscapes().getFirst();
    return Losses.of(landscape, MSE).flatMap(TriedLosses::of).orElseThrow();
  }

  private static FirstChoice choice(TriedLosses tried) {
    double[] worst = IntStream.range(0, tried.repeats()).mapToDouble(tried::worst).toArray();
    return FirstChoice.of(tried, SeedTolerance.of(tried), worst, Scale.LOG);
  }

  private static FirstSettings first(List<Run> runs) {
    return FirstSettings.of(Runs.set(runs).landscapes().getFirst(), MSE).orElseThrow();
  }

  private static List<Run> random(int repeats, double noise, long seed) {
    SplittableRandom random = new SplittableRandom(1_000_003L * seed);
    return Runs.grid(SPACE, repeats, (_, _) -> Math.exp(noise * random.nextGaussian()));
  }

  /// Log loss of a setting moved along the levels of one variable, past an edge its own.
  private static double moved(
      List<Run> runs, SequencedMap<String, String> at, String name, int step, int repeat) {
    List<String> levels = SPACE.getOrDefault(name, List.of(""));
    int level = levels.indexOf(at.getOrDefault(name, "")) + step;
    boolean inside = level >= 0 && level < levels.size();
    return runs.stream()
        .filter(run -> run.repeat() == repeat)
        .filter(run ->
            SPACE.keySet().stream()
                .allMatch(key ->
                    run.setting(key)
                        .equals(inside && key.equals(name) ? levels.get(level) : at.get(key))))
        .mapToDouble(run -> Math.log(run.outcome(Runs.LOSS, StopPoint.STOP)))
        .findFirst()
        .orElseThrow();
  }

  /// Mean over repeats and moves of the lowest of some settings.
  private static double ofBest(List<Run> runs, List<SequencedMap<String, String>> settings, int s) {
    double sum = 0;
    int count = 0;
    for (int r = 0; r < s; r++) {
      for (String move :
          List.of("-", "learning-rate -1", "learning-rate 1", "latent -1", "latent 1")) {
        String[] words = move.split(" ", -1);
        double lowest = Double.POSITIVE_INFINITY;
        for (SequencedMap<String, String> one : settings) {
          int step = words.length < 2 ? 0 : Integer.parseInt(words[1]);
          lowest = Math.min(lowest, moved(runs, one, words[0], step, r));
        }
        sum += lowest;
        count++;
      }
    }
    return sum / count;
  }

  @Test
  void choosesAsTheRuleIsWritten() {
    for (int seed = 0; seed < 10; seed++) {
      List<Run> runs = random(2, 0.3, seed);
      List<SequencedMap<String, String>> all = runs.stream().map(Run::settings).distinct().toList();
      FirstSettings found = first(runs);
      List<SequencedMap<String, String>> chosen = new ArrayList<>();
      chosen.add(found.start().settings());
      while (chosen.size() < 3) {
        chosen.add(
            all.stream()
                .filter(one -> !chosen.contains(one))
                .min(
                    Comparator.comparingDouble(one -> {
                      List<SequencedMap<String, String>> more = new ArrayList<>(chosen);
                      more.add(one);
                      return ofBest(runs, more, 2);
                    }))
                .orElseThrow());
      }
      assertEquals(chosen, found.trials().orElseThrow().settings());
      TriedLosses tried = tried(runs);
      int[] asGood = choice(tried).asGood(0, 1);
      assertEquals(found.start().alike(), asGood.length);
      SequencedMap<String, String> start =
          Arrays.stream(asGood)
              .mapToObj(tried::settings)
              .min(Comparator.comparingDouble(one -> ofBest(runs, List.of(one), 2)))
              .orElseThrow();
      assertEquals(start, found.start().settings());
    }
  }

  @Test
  void choosesOnRepeatsThatDoNotJudge() {
    // the size of noise alone is estimated on all repeats, so it is left out
    List<Run> runs = random(3, 0.3, 1);
    List<Run> other = new ArrayList<>();
    for (Run run : runs) {
      double loss = run.outcome(Runs.LOSS, StopPoint.STOP);
      other.add(Runs.run(run.settings(), run.repeat(), run.repeat() == 2 ? 1 / loss : loss));
    }
    SeedTolerance tolerance = SeedTolerance.of(tried(runs));
    double[] failed = {9, 9, 9};
    FirstChoice one = FirstChoice.of(tried(runs), tolerance, failed, Scale.LOG);
    FirstChoice two = FirstChoice.of(tried(other), tolerance, failed, Scale.LOG);
    assertArrayEquals(one.first(0, 1), two.first(0, 1));
    assertTrue(!Arrays.equals(one.first(1, 2), two.first(1, 2)), "the third repeat differs");
  }

  @Test
  void judgesWithoutTheLuckOfTheChoice() {
    double judged = 0;
    double lowest = 0;
    double three = 0;
    double random = 0;
    int studies = 200;
    for (int seed = 0; seed < studies; seed++) {
      List<Run> runs = random(2, 0.1, seed);
      FirstSettings found = first(runs);
      TriedLosses tried = tried(runs);
      judged += Math.log(found.start().outcome()) / studies;
      lowest += Math.log(tried.mean(tried.lowest(tried.all()))) / studies;
      three += Math.log(found.trials().orElseThrow().best()) / studies;
      random += Math.log(found.trials().orElseThrow().random()) / studies;
    }
    assertEquals(0, judged, 0.02);
    assertTrue(lowest < -0.1, "the lowest mean is low by luck: " + lowest);
    // the best of three standard normals is expected at -0.846
    assertEquals(-0.0846, three, 0.02);
    assertEquals(-0.0846, random, 0.02);
  }

  @Test
  void leavesRandomSettingsOpenWhereAllIsNoise() {
    int sure = 0;
    int studies = 200;
    for (int seed = 0; seed < studies; seed++) {
      double probability =
          first(random(3, 0.1, seed)).trials().orElseThrow().probability().orElseThrow();
      sure += probability >= Claim.SURE ? 1 : 0;
    }
    assertTrue(sure <= 0.1 * studies, sure + " of " + studies + " claim to beat chance");
  }

  @Test
  void coversForABestThatLiesElsewhere() {
    double hedged = 0;
    double lowest = 0;
    double hedgedHere = 0;
    int studies = 100;
    for (int seed = 0; seed < studies; seed++) {
      SplittableRandom random = new SplittableRandom(1_000_003L * seed);
      double here = -2.5 + 0.3 * random.nextGaussian();
      double there = here + 0.6 * random.nextGaussian();
      TriedLosses tried =
          tried(
              Runs.grid(
                  SPACE,
                  2,
                  (cell, _) -> bowl(cell, here) * Math.exp(0.02 * random.nextGaussian())));
      int[] chosen = choice(tried).first(0, 1);
      int[] best =
          IntStream.of(tried.all())
              .boxed()
              .sorted(Comparator.comparingDouble(tried::mean))
              .limit(3)
              .mapToInt(Integer::intValue)
              .toArray();
      hedged += regret(tried, chosen, there) / studies;
      lowest += regret(tried, best, there) / studies;
      hedgedHere += regret(tried, chosen, here) / studies;
    }
    assertTrue(
        hedged < 0.5 * lowest, hedged + " lost where the best moved, by the three best " + lowest);
    assertTrue(hedgedHere < 0.02, hedgedHere + " lost where it did not");
  }

  private static double bowl(SequencedMap<String, String> cell, double best) {
    double off = Math.log10(Double.parseDouble(cell.getOrDefault("learning-rate", ""))) - best;
    return Math.exp(off * off + (cell.getOrDefault("latent", "").equals("20") ? 0 : 0.02));
  }

  private static double regret(TriedLosses tried, int[] settings, double best) {
    double lowest =
        IntStream.of(tried.all())
            .mapToDouble(setting -> Math.log(bowl(tried.settings(setting), best)))
            .min()
            .orElseThrow();
    return IntStream.of(settings)
            .mapToDouble(setting -> Math.log(bowl(tried.settings(setting), best)))
            .min()
            .orElseThrow()
        - lowest;
  }

  @Test
  void saysNothingOfThreeWhereNoMoreWereTried() {
    List<Run> three =
        Runs.grid(
            Runs.space(Map.entry("latent", List.of("10", "20", "50"))), 2, (_, r) -> 1 + 0.1 * r);
    assertTrue(first(three).trials().isEmpty());
    List<Run> oneLearned =
        Runs.grid(
            SPACE,
            2,
            (cell, _) ->
                cell.getOrDefault("latent", "").equals("20")
                        && cell.getOrDefault("learning-rate", "").equals("0.01")
                        && cell.getOrDefault("optimizer", "").equals("adam")
                    ? 1
                    : Double.NaN);
    FirstSettings only = first(oneLearned);
    assertTrue(only.trials().isEmpty());
    assertEquals("0.01", only.start().settings().get("learning-rate"));
    assertEquals(4, only.start().brinks().size());
    List<Run> none = Runs.grid(SPACE, 2, (_, _) -> Double.NaN);
    assertTrue(FirstSettings.of(Runs.set(none).landscapes().getFirst(), MSE).isEmpty());
  }
}
