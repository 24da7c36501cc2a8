package org.vaescape.analysis;

import java.util.ArrayList;
import java.util.List;
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

  SimulatedNoise(RepeatedGrid design, VarianceComponents estimates, int simulations, long seed) {
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
    List<Double> variances = repeated() ? estimates.noiseOfGroups() : List.of(estimates.noise());
    double[] deviations =
        variances.stream().mapToDouble(variance -> Math.sqrt(Math.max(variance, 0))).toArray();
    SplittableRandom random = new SplittableRandom(seed);
    double[] values = new double[design.cells() * design.repeats()];
    for (int i = 0; i < simulations; i++) {
      for (int cell = 0, j = 0; cell < groups.length; cell++) {
        double deviation = deviations[groups[cell]];
        for (int r = 0; r < design.repeats(); r++) {
          values[j++] = deviation * random.nextGaussian();
        }
      }
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

  ShareIntervals intervals(VarianceComponents estimates) {
    double[] variances = new double[effects.size()];
    for (int effect = 0; effect < measured.size(); effect++) {
      variances[effect] = estimates.effects().get(effect).variance();
    }
    variances[measured.size()] =
        estimates.higher().map(VarianceComponents.Component::variance).orElse(0.0);
    double[] sizes = new double[variances.length];
    Quadratics total = Quadratics.none(simulations);
    double truth = Math.max(estimates.block(), 0) + estimates.noise();
    for (int effect = 0; effect < sizes.length; effect++) {
      double square = effects.get(effect).square()[0];
      sizes[effect] = square > 0 ? Math.sqrt(Math.max(variances[effect], 0) / square) : 0;
      truth += Math.max(variances[effect], 0);
      total.addAt(effects.get(effect), sizes[effect]);
    }
    double blockSize = Math.sqrt(Math.max(estimates.block(), 0));
    total.addAt(block, blockSize);
    for (int i = 0; i < simulations; i++) {
      total.constant()[i] += noise[i];
    }
    List<ShareIntervals.Part> parts = new ArrayList<>();
    for (int effect = 0; effect < sizes.length; effect++) {
      double square = effects.get(effect).square()[0];
      parts.add(
          part(
              variances[effect] / estimates.total(),
              sizes[effect],
              square,
              truth - Math.max(variances[effect], 0),
              effects.get(effect),
              total));
    }
    Optional<ShareIntervals.Part> ofBlock =
        design.crossed()
            ? Optional.of(
                part(
                    estimates.block() / estimates.total(),
                    blockSize,
                    1,
                    truth - Math.max(estimates.block(), 0),
                    block,
                    total))
            : Optional.empty();
    return new ShareIntervals(
        parts.subList(0, measured.size()),
        estimates.higher().map(_ -> parts.getLast()),
        ofBlock,
        ofNoise(estimates, sizes, blockSize, truth));
  }

  /// A component whose share of the total changes with its size, while all others stay.
  private static ShareIntervals.Part part(
      double estimate, double size, double unit, double rest, Quadratics own, Quadratics total) {
    Quadratics whole = own.copy();
    for (int i = 0; i < whole.constant().length; i++) {
      whole.constant()[i] += total.constant()[i] - own.at(i, size);
    }
    return new ShareIntervals.Part(estimate, size, unit, rest, own, whole);
  }

  /// Noise of x times its estimated deviation, which every other estimate contains too.
  private ShareIntervals.Part ofNoise(
      VarianceComponents estimates, double[] sizes, double blockSize, double truth) {
    Quadratics own = Quadratics.none(simulations);
    Quadratics whole = Quadratics.none(simulations);
    for (int i = 0; i < simulations; i++) {
      own.square()[i] = noise[i];
      whole.square()[i] = noise[i] + block.constant()[i];
      whole.linear()[i] = blockSize * block.linear()[i];
      whole.constant()[i] = blockSize * blockSize * block.square()[i];
      for (int effect = 0; effect < sizes.length; effect++) {
        Quadratics one = effects.get(effect);
        whole.square()[i] += one.constant()[i];
        whole.linear()[i] += sizes[effect] * one.linear()[i];
        whole.constant()[i] += sizes[effect] * sizes[effect] * one.square()[i];
      }
    }
    return new ShareIntervals.Part(
        estimates.noise() / estimates.total(),
        1,
        estimates.noise(),
        truth - estimates.noise(),
        own,
        whole);
  }
}
