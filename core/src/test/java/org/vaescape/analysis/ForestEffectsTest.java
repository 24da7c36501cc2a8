package org.vaescape.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ForestEffectsTest {
  private static final double CONFIDENCE = 0.95;

  /// Enough where bits are compared.
  private static final ForestEffects.Effort SMALL = new ForestEffects.Effort(256, 64, 32, 32);

  /// Enough where shares are clear.
  private static final ForestEffects.Effort MIDDLE = new ForestEffects.Effort(1024, 256, 32, 32);

  private static final Axis UNIT = new Axis.Real(0, 1);

  private static final Evaluations NOISY = KnownEffects.additive().runs(200, 2, 0.15, 4);

  private static final ForestEffects OF_NOISY = ForestEffects.of(NOISY, 1);

  static List<KnownEffects> functions() {
    return List.of(KnownEffects.ishigami(), KnownEffects.gFunction(0, 1, 4.5, 9));
  }

  /// Main effects have small errors by 400 runs; totals lack what is not yet learnt, which the
  /// intervals have to make up for.
  @ParameterizedTest
  @MethodSource("functions")
  void comesCloseToTheClosedFormsOfFunctionsWithoutNoise(KnownEffects known) {
    ForestEffects effects = ForestEffects.of(known.runs(400, 1, 0, 2), 3);
    EffectIndex index = new EffectIndex(effects.inputs());
    for (int input = 0; input < effects.inputs(); input++) {
      close(known.share(index.first(input)), effects.first(input), 0.05, "alone " + input);
      close(known.share(index.total(input)), effects.total(input), 0.09, "total " + input);
      close(known.share(index.shapley(input)), effects.shapley(input), 0.06, "Shapley " + input);
    }
    close(known.share(index.pair(0, 2)), effects.pair(2, 0), 0.06, "pair");
  }

  private static void close(double share, ShareEstimate found, double delta, String what) {
    assertEquals(share, found.estimate(), delta, what);
    assertTrue(found.interval(CONFIDENCE).contains(share), what + " " + found);
  }

  @Test
  void findsPlantedSharesAndNoise() {
    double[] planted = {0.4, 0.35, 0.15, 0.1, 0};
    for (int input = 0; input < 5; input++) {
      double share = 0.85 * planted[input];
      close(share, OF_NOISY.first(input), 0.08, "alone " + input);
      close(share, OF_NOISY.total(input), 0.08, "total " + input);
      close(share, OF_NOISY.shapley(input), 0.08, "Shapley " + input);
    }
    assertTrue(OF_NOISY.total(4).interval(CONFIDENCE).high() < 0.07);
    assertTrue(OF_NOISY.pair(0, 1).interval(CONFIDENCE).high() < 0.05);
    assertEquals(0.15, OF_NOISY.noise().getAsDouble(), 0.03);
    assertEquals(0.85, OF_NOISY.explained().estimate(), 0.15);
    // The surface alone has interactions that are none.
    double surface = FunctionalAnova.of(RandomForest.fit(NOISY, 1)).interaction(0, 1).mean();
    assertTrue(surface > 0.02, "surface " + surface);
  }

  @Test
  void callsNothingAnEffectWhereThereIsOnlyNoise() {
    KnownEffects known = KnownEffects.additive();
    Evaluations runs = known.runs(100, 3, 0.9999, 6);
    ForestEffects effects = ForestEffects.of(ConditionalRuns.complete(runs), MIDDLE, 2);
    assertEquals(1, effects.noise().getAsDouble(), 0.15);
    assertEquals(0, effects.explained().share(), 0.02);
    for (ShareEstimate estimate : effects.estimates()) {
      assertEquals(0, estimate.interval(CONFIDENCE).low(), 0);
      assertEquals(0, estimate.share(), 0.04);
    }
    assertTrue(FunctionalAnova.of(RandomForest.fit(runs, 2)).main(4).mean() > 0.1);
  }

  /// Were runs resampled, a repeat of a setting in the bag would tell what it is out of the bag.
  @Test
  void repeatsThatTellNothingNewChangeNothing() {
    Evaluations once = KnownEffects.additive().runs(60, 1, 0.15, 4);
    List<Integer> twice = new ArrayList<>();
    for (int run = 0; run < once.runs(); run++) {
      twice.add(run);
      twice.add(run);
    }
    ForestEffects ofOnce = small(once);
    ForestEffects ofTwice = small(chosen(once, twice));
    assertEquals(ofOnce.estimates(), ofTwice.estimates());
    assertTrue(ofOnce.noise().isEmpty());
    assertEquals(0, ofTwice.noise().getAsDouble());
  }

  @Test
  void theOrderOfRunsMakesNoDifferenceAndTheSeedASmallOne() {
    List<Integer> backwards = new ArrayList<>();
    for (int run = NOISY.runs() - 1; run >= 0; run--) {
      backwards.add(run);
    }
    assertEquals(small(NOISY), small(chosen(NOISY, backwards)));
    ForestEffects other = ForestEffects.of(ConditionalRuns.complete(NOISY), MIDDLE, 2);
    assertNotEquals(OF_NOISY, other);
    assertEquals(OF_NOISY.first(0).estimate(), other.first(0).estimate(), 0.03);
  }

  @Test
  void unitsOfTheOutcomeMakeNoDifference() {
    double[] y = NOISY.y().clone();
    for (int run = 0; run < y.length; run++) {
      y[run] *= 8; // exactly; other factors decide between equal splits by their rounding
    }
    Evaluations scaled = new Evaluations(NOISY.axes(), NOISY.x(), y);
    assertEquals(small(NOISY), small(scaled));
  }

  @Test
  void aConstantOutcomeHasNoSharesAndEveryInterval() {
    ForestEffects effects = small(FunctionalAnovaTest.drawn(List.of(UNIT, UNIT), 30, 3, _ -> 0.1));
    for (ShareEstimate estimate : effects.estimates()) {
      assertTrue(Double.isNaN(estimate.share()));
      assertEquals(new Interval(0, 1), estimate.interval(CONFIDENCE));
    }
  }

  @Test
  void anOutcomeThatIsConstantInHalvesHasIntervals() {
    List<Axis> axes = List.of(UNIT, UNIT);
    double[] x = FunctionalAnovaTest.drawn(axes, 30, 3, _ -> 0).x();
    double[] y = new double[30];
    y[7] = 1;
    ForestEffects effects = small(new Evaluations(axes, x, y));
    assertTrue(Double.isFinite(effects.first(0).estimate()));
    assertEquals(0, effects.first(0).interval(CONFIDENCE).low());
  }

  @Test
  void aSingleInputIsAlone() {
    ForestEffects effects =
        ForestEffects.of(FunctionalAnovaTest.drawn(List.of(UNIT), 100, 3, x -> x[0]), 3);
    assertEquals(1, effects.first(0).estimate(), 0.01);
    assertEquals(1, effects.total(0).estimate(), 0.01);
    assertEquals(1, effects.shapley(0).estimate(), 0.01);
  }

  /// Optimizers 1 and 2 have no momentum; with 0 it does nothing, and what the others bring is not
  /// due to its absence.
  @Test
  void anAbsentInputGetsNothingFromBeingAbsent() {
    SplittableRandom noise = new SplittableRandom(9);
    ConditionalRuns runs = momentum(200, 0, x -> (x[0] == 0 ? 0 : 3) + noise.nextGaussian());
    ForestEffects effects = ForestEffects.of(runs, MIDDLE, 1);
    assertEquals(0, effects.first(1).estimate(), 0.03);
    assertEquals(0, effects.total(1).estimate(), 0.04);
    assertEquals(0, effects.shapley(1).estimate(), 0.04);
    assertEquals(0, effects.total(1).interval(CONFIDENCE).low(), 0);
    assertTrue(effects.first(0).estimate() > 0.5);
    // With a value that stands for absence it tells the optimizers apart.
    FunctionalAnova plain = FunctionalAnova.of(RandomForest.fit(runs.runs(), 1));
    assertTrue(plain.main(1).mean() > 0.1, "plain " + plain.main(1));
    // Single trees follow noise, but nothing else.
    ConditionalRuns clear = momentum(200, 0, x -> x[0] == 0 ? 0 : 3);
    assertEquals(0, FunctionalAnova.of(clear, 1).main(1).mean(), 1e-28);
    assertTrue(FunctionalAnova.of(RandomForest.fit(clear.runs(), 1)).main(1).mean() > 0.1);
  }

  /// y = 2 m with optimizer 0, 1 and 1.5 with the others, + r: all terms are known.
  @Test
  void anInputCountsForTheSettingsThatHaveIt() {
    double[] levels = {0, 1, 1.5};
    ConditionalRuns runs =
        momentum(400, 0.7, x -> levels[(int) x[0]] + (x[0] == 0 ? 2 * x[1] : 0) + x[2]);
    ForestEffects effects = ForestEffects.of(runs, MIDDLE, 1);
    double alone = 4 / 9.0 / 12;
    double together = 4 / 3.0 / 12 - alone;
    double optimizer = (1 + 1 + 2.25) / 3 - Math.pow(3.5 / 3, 2); // means 1, 1, 1.5
    double rate = 1 / 12.0;
    double all = alone + together + optimizer + rate;
    close(alone / all, effects.first(1), 0.04, "momentum");
    close((alone + together) / all, effects.total(1), 0.07, "momentum in all");
    close((alone + together / 2) / all, effects.shapley(1), 0.05, "momentum's Shapley effect");
    close((optimizer + together) / all, effects.total(0), 0.07, "optimizer in all");
    close(rate / all, effects.total(2), 0.05, "learning rate");
  }

  @Test
  void whatStandsForAbsenceIsNotUsed() {
    assertEquals(
        ForestEffects.of(momentum(60, 0, x -> x[0] + x[2]), SMALL, 1),
        ForestEffects.of(momentum(60, 0.7, x -> x[0] + x[2]), SMALL, 1));
  }

  /// Optimizer, momentum of optimizer 0 alone, learning rate.
  ///
  /// @param filler what the table has for momentum where there is none
  private static ConditionalRuns momentum(
      int count, double filler, ToDoubleFunction<double[]> outcome) {
    List<Axis> axes = List.of(new Axis.Levels(3), UNIT, UNIT);
    boolean[] absent = new boolean[3 * count];
    Evaluations runs = FunctionalAnovaTest.drawn(axes, count, 5, outcome);
    double[] x = runs.x().clone();
    for (int run = 0; run < count; run++) {
      if (x[3 * run] != 0) {
        absent[3 * run + 1] = true;
        x[3 * run + 1] = filler;
      }
    }
    return new ConditionalRuns(new Evaluations(axes, x, runs.y()), absent);
  }

  @Test
  void refusesWhatItCannotTell() {
    Evaluations few = FunctionalAnovaTest.drawn(List.of(UNIT), 19, 1, x -> x[0]);
    assertTrue(refusal(() -> ForestEffects.of(few, 1)).contains("at least 20"));
    List<Axis> many = new ArrayList<>();
    for (int i = 0; i < 19; i++) {
      many.add(UNIT);
    }
    Evaluations wide = FunctionalAnovaTest.drawn(many, 30, 1, x -> x[0]);
    assertTrue(refusal(() -> ForestEffects.of(wide, 1)).contains("19"));
    assertTrue(refusal(() -> new ConditionalRuns(few, new boolean[3])).contains("3 marks"));
    assertTrue(refusal(() -> OF_NOISY.pair(1, 1)).contains("itself"));
    assertTrue(refusal(() -> OF_NOISY.first(0).interval(95)).contains("95"));
  }

  private static ForestEffects small(Evaluations runs) {
    return ForestEffects.of(ConditionalRuns.complete(runs), SMALL, 1);
  }

  private static String refusal(Runnable call) {
    return String.valueOf(assertThrows(IllegalArgumentException.class, call::run).getMessage());
  }

  private static Evaluations chosen(Evaluations runs, List<Integer> chosen) {
    int inputs = runs.inputs();
    double[] x = new double[chosen.size() * inputs];
    double[] y = new double[chosen.size()];
    for (int run = 0; run < y.length; run++) {
      System.arraycopy(runs.x(), chosen.get(run) * inputs, x, run * inputs, inputs);
      y[run] = runs.y()[chosen.get(run)];
    }
    return new Evaluations(runs.axes(), x, y);
  }
}
