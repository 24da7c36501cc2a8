package org.vaescape.analysis;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/// What simulated noise does to each component.
final class SimulatedNoise {
  private final RepeatedGrid design;
  private final int simulations;
  private final ContrastSets sets;
  private final List<Contrasts> measured;

  /// For each set of factors, then for all others together: products with the measured contrasts
  /// and with themselves.
  private final List<Quadratics> effects = new ArrayList<>();

  /// Estimated shift of repeats, for true shifts of variance x^2.
  private final Quadratics block;

  private final double[] noise;

  /// What splits that move levels apart add to main effects in each simulation.
  private final Map<Integer, double[]> biases = new HashMap<>();

  /// @param known whether the noise is as estimated in all studies; otherwise it is drawn too
  SimulatedNoise(RepeatedGrid design, NoiseModel model, boolean known, int simulations, long seed) {
    this.design = design;
    this.simulations = simulations;
    double[] means = design.grid().cellMeans().values();
    this.sets =
        new ContrastSets(
            design.factors(),
            repeated() ? VarianceComponents.ORDER : VarianceComponents.ORDER_OF_ONE_RUN);
    this.measured = sets.ofSome(means);
    this.block = Quadratics.none(simulations);
    this.noise = new double[simulations];
    for (int effect = 0; effect <= measured.size(); effect++) {
      effects.add(Quadratics.none(simulations));
    }
    int[] groups = design.groupOfCells();
    SplittableRandom random = new SplittableRandom(seed);
    SplittableRandom others = new SplittableRandom(~seed);
    for (int i = 0; i < simulations; i++) {
      double[] values = model.draw(known, random, others);
      if (!repeated()) {
        noise[i] = ofInteractions(values);
        project(i, means, values);
        continue;
      }
      RepeatNoise found = RepeatNoise.of(values, design, groups);
      noise[i] = found.pooled();
      project(i, means, values);
      if (design.crossed()) {
        shift(i, values, found.block(), random);
      }
      for (NoiseModel.Apart one : model.apart()) {
        double square = one.by().meanSquare(values);
        biases.computeIfAbsent(one.by().axis(), _ -> new double[simulations])[i] =
            new NoiseModel.Apart(one.by(), square).bias(noise[i]);
      }
    }
  }

  private boolean repeated() {
    return design.repeats() > 1;
  }

  /// As [VarianceComponents#ofOneRun] estimates it.
  private double ofInteractions(double[] values) {
    return VarianceComponents.ofOneRun(new BalancedGrid(design.factors(), 1, values))
        .orElseThrow()
        .noise();
  }

  private void project(int simulation, double[] means, double[] values) {
    double[] cells = ContrastSets.means(values, design.repeats(), 1);
    double[] centred = Contrasts.centred(means);
    double[] centredNoise = Contrasts.centred(cells);
    double square = Contrasts.meanProduct(centred, centred);
    double product = Contrasts.meanProduct(centred, centredNoise);
    double own = Contrasts.meanProduct(centredNoise, centredNoise);
    double perDegree = noise[simulation] / values.length;
    int degreesLeft = cells.length - 1;
    List<Contrasts> simulated = sets.ofSome(cells);
    for (int effect = 0; effect < measured.size(); effect++) {
      Contrasts ofNoise = simulated.get(effect);
      int degrees = ofNoise.degreesOfFreedom(design.factors());
      double a = measured.get(effect).meanSquare();
      double b = measured.get(effect).meanProduct(ofNoise);
      double c = ofNoise.meanSquare();
      set(effects.get(effect), simulation, a, b, c - degrees * perDegree);
      square -= a;
      product -= b;
      own -= c;
      degreesLeft -= degrees;
    }
    boolean higher = repeated() && degreesLeft > 0;
    set(
        effects.getLast(),
        simulation,
        higher ? Math.max(square, 0) : 0,
        higher ? product : 0,
        higher ? own - degreesLeft * perDegree : 0);
  }

  /// The variance of shifts x e + n, e standard normal and n the mean noise of each repeat.
  private void shift(int simulation, double[] values, double ofNoise, SplittableRandom random) {
    int repeats = design.repeats();
    double[] drawn = new double[repeats];
    double[] noiseMeans = new double[repeats];
    double mean = 0;
    for (int r = 0; r < repeats; r++) {
      drawn[r] = random.nextGaussian();
      mean += drawn[r] / repeats;
    }
    for (int first = 0; first < values.length; first += repeats) {
      for (int r = 0; r < repeats; r++) {
        noiseMeans[r] += values[first + r] * repeats / values.length;
      }
    }
    double a = 0;
    double b = 0;
    for (int r = 0; r < repeats; r++) {
      a += (drawn[r] - mean) * (drawn[r] - mean) / (repeats - 1);
      b += (drawn[r] - mean) * noiseMeans[r] / (repeats - 1);
    }
    set(block, simulation, a, b, ofNoise);
  }

  private static void set(Quadratics one, int simulation, double a, double b, double c) {
    one.square()[simulation] = a;
    one.linear()[simulation] = b;
    one.constant()[simulation] = c;
  }

  RepeatedGrid design() {
    return design;
  }

  int simulations() {
    return simulations;
  }

  /// Of each set of factors, then of all others together.
  List<Quadratics> effects() {
    return effects;
  }

  Quadratics block() {
    return block;
  }

  /// Estimated variance of a run within its cell.
  double[] noise() {
    return noise;
  }

  /// What splits that move levels apart add to the main effect of a factor, if they do.
  Optional<double[]> bias(int effect) {
    return Optional.ofNullable(biases.get(effect));
  }
}
