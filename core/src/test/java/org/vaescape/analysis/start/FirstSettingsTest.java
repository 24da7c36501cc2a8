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

  private static Claim start(FirstSettings first) {
    return first.claims().stream()
        .filter(claim -> claim.id().startsWith("start/"))
        .findFirst()
        .orElseThrow();
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

  /// The bowl is so deep that every choice is the best of its repeats.
  @Test
  void whatIsComparedWithItselfSupportsNothing() {
    for (int repeats : new int[] {2, 5}) {
      SplittableRandom random = new SplittableRandom(7);
      FirstSettings found =
          first(
              Runs.grid(
                  SPACE,
                  repeats,
                  (cell, _) ->
                      bowl(cell, -2)
                          * (cell.getOrDefault("optimizer", "").equals("adam") ? 1 : 1.5)
                          * Math.exp(0.001 * random.nextGaussian())));
      assertEquals(1, found.start().alike());
      assertEquals(0, found.start().difference());
      assertTrue(found.start().probability().isEmpty());
      Claim claim = start(found);
      assertEquals(Claim.Verdict.UNDECIDED, claim.verdict());
      assertEquals(StartSetting.ITSELF, claim.reason());
      String setting = "learning-rate 0.01, latent 20, optimizer adam";
      assertEquals("latent 20, learning-rate 0.01, optimizer adam", claim.answer());
      assertTrue(
          claim.words().startsWith("all runs: no setting but " + setting + " is within seed noise"),
          claim.words());
    }
  }

  /// Among equals the best neighbours are seldom those of the lowest.
  @Test
  void aStartThatIsNotAlwaysTheBestIsHeldAgainstIt() {
    FirstSettings found = first(random(5, 0.01, 1));
    assertTrue(found.start().interval().isPresent());
    assertTrue(!found.start().alwaysBest());
    assertEquals(Claim.Verdict.SUPPORTED, start(found).verdict());
  }

  /// Repeats of a setting lie at -a, 0 and a, of every other rate the other way round, so that none
  /// shifts the settings of an optimizer.
  private static double spread(SequencedMap<String, String> cell, int repeat, double a) {
    return a * (repeat - 1) * (rate(cell) % 2 == 0 ? 1 : -1);
  }

  private static int rate(SequencedMap<String, String> cell) {
    return SPACE
        .getOrDefault("learning-rate", List.of())
        .indexOf(cell.getOrDefault("learning-rate", ""));
  }

  /// @param adam log losses by rate
  /// @param rmsprop likewise
  private static FirstSettings twoOptimizers(
      double[] adam, double ofAdam, double[] rmsprop, double ofRmsprop, int repeats) {
    SequencedMap<String, List<String>> space =
        Runs.space(
            Map.entry("learning-rate", SPACE.getOrDefault("learning-rate", List.of())),
            Map.entry("optimizer", List.of("adam", "rmsprop")));
    return first(
        Runs.grid(
            space,
            repeats,
            (cell, repeat) -> {
              boolean first = cell.getOrDefault("optimizer", "").equals("adam");
              return Math.exp(
                  (first ? adam : rmsprop)[rate(cell)]
                      + spread(cell, repeat, first ? ofAdam : ofRmsprop));
            }));
  }

  /// With a the deviation of 4 settings is a sqrt(4/3), less what a repeat shifts; between two
  /// optimizers 1 - 1/4 of either variance counts.
  @Test
  void whatALevelLosesHasTheNoiseOfBothOptimizers() {
    double[] bowl = {1, 0, 1, 4};
    FirstSettings found =
        twoOptimizers(bowl, 0.001, Arrays.stream(bowl).map(x -> x + 0.1).toArray(), 0.1, 3);
    StartSetting.Swing rate = found.start().swing("learning-rate").orElseThrow();
    assertEquals(4, rate.difference(), 1e-9);
    assertEquals(0.001 * Math.sqrt(8.0 / 9), rate.standardError().orElseThrow(), 1e-12);
    StartSetting.Swing optimizer = found.start().swing("optimizer").orElseThrow();
    assertEquals(0.1, optimizer.difference(), 1e-9);
    double error = Math.sqrt((1e-6 + 0.01) / 3);
    assertEquals(error, optimizer.standardError().orElseThrow(), 1e-12);
    assertEquals(0.1 + 2 * error, optimizer.most(), 1e-9);
    FirstSettings once = twoOptimizers(bowl, 0.001, bowl, 0.001, 1);
    assertTrue(once.start().swing("optimizer").orElseThrow().standardError().isEmpty());
    assertEquals(Double.POSITIVE_INFINITY, once.start().swing("optimizer").orElseThrow().most());
  }

  /// rmsprop does better by 1 % at the rate of the start, well within noise.
  @Test
  void noLevelLosesLessThanNothing() {
    FirstSettings found =
        twoOptimizers(
            new double[] {0.05, 0, 0.02, 1}, 0.05, new double[] {1, -0.01, 1, 1}, 0.05, 3);
    StartSetting.Swing optimizer = found.start().swing("optimizer").orElseThrow();
    assertEquals(-0.01, optimizer.difference(), 1e-9);
    assertEquals(0, optimizer.loss());
    String sentence = start(found).sentence();
    assertTrue(sentence.contains("optimizer 0 % (rmsprop)"), sentence);
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
