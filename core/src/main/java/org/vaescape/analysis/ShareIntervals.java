package org.vaescape.analysis;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/// Intervals for the shares of [VarianceComponents], by inverting a test at every possible size of
/// a component.
///
/// A bound is the size at which an estimate as extreme as the one at hand has probability (1 -
/// confidence) / 2 among studies simulated with that size, all else being as estimated: normal
/// noise with the variance of each group, normal shifts of repeats. In a simulated study a
/// component of x times its measured contrasts c has mean square x^2 c.c + 2 x c.n + n.n, with the
/// contrasts n of the noise, so one set of simulated noise serves all sizes. For one component and
/// equal noise this is the exact interval by the noncentral F distribution (Venables 1975, Journal
/// of the Royal Statistical Society B 37:406); what it covers otherwise is in docs/method.md.
///
/// Unlike intervals from quantiles of resampled shares, it holds next to 0 and with two repeats.
public final class ShareIntervals {
  /// Simulated studies where nothing else is asked for.
  public static final int SIMULATIONS = 1000;

  /// Halvings of a step: below 1e-9 of it.
  private static final int HALVINGS = 30;

  /// Doublings of a size before it counts as infinite: the share is 1 to six digits by then.
  private static final int DOUBLINGS = 20;

  private final List<Part> effects;
  private final Optional<Part> higher;
  private final Optional<Part> block;
  private final Part noise;

  private ShareIntervals(
      List<Part> effects, Optional<Part> higher, Optional<Part> block, Part noise) {
    this.effects = effects;
    this.higher = higher;
    this.block = block;
    this.noise = noise;
  }

  /// Simulates studies like the one at hand.
  ///
  /// @param design of at least 2 repeats, its values not all equal
  /// @param simulations at least 100
  public static ShareIntervals of(RepeatedGrid design, int simulations, long seed) {
    Demand.that(
        design.repeats() >= 2, "intervals take at least 2 repeats but got " + design.repeats());
    Demand.that(
        simulations >= 100, "intervals take at least 100 simulations but got " + simulations);
    VarianceComponents estimates = VarianceComponents.of(design);
    Demand.that(estimates.total() > 0, "values that are all equal have no shares");
    return new SimulatedNoise(design, estimates, simulations, seed).intervals(estimates);
  }

  /// The same of one run a cell, whose noise is taken to be that of every simulated study: normal,
  /// equal in all cells, and estimated from interactions of three factors and more, which are
  /// nothing but noise there.
  ///
  /// @param simulations at least 100
  /// @return empty where [VarianceComponents#ofOneRun] is, or all values are equal
  public static Optional<ShareIntervals> ofOneRun(BalancedGrid grid, int simulations, long seed) {
    Demand.that(
        simulations >= 100, "intervals take at least 100 simulations but got " + simulations);
    RepeatedGrid design = new RepeatedGrid(grid, false, Optional.empty());
    return VarianceComponents.ofOneRun(grid)
        .filter(estimates -> estimates.total() > 0)
        .map(estimates ->
            new SimulatedNoise(design, estimates, simulations, seed).intervals(estimates));
  }

  /// Of the share of an effect.
  ///
  /// @param effect place in [VarianceComponents#effects]
  public Interval effect(int effect, double confidence) {
    return effects.get(effect).interval(confidence);
  }

  /// Of the share of the interactions that are given together.
  public Optional<Interval> higher(double confidence) {
    return higher.map(part -> part.interval(confidence));
  }

  /// Of the share of the blocks; empty where repeats share nothing.
  public Optional<Interval> block(double confidence) {
    return block.map(part -> part.interval(confidence));
  }

  /// Of the share of noise.
  public Interval noise(double confidence) {
    return noise.interval(confidence);
  }

  /// Share of simulated studies, of components as estimated, in which one effect is larger than
  /// another.
  public double probabilityLarger(int effect, int other) {
    Part one = effects.get(effect);
    Part two = effects.get(other);
    double larger = 0;
    for (int i = 0; i < one.simulations(); i++) {
      double difference = one.variance(i, one.size) - two.variance(i, two.size);
      larger += difference > 0 ? 1 : difference == 0 ? 0.5 : 0;
    }
    return larger / one.simulations();
  }

  /// One component as a function of its size x: in simulation i it is estimated as a x^2 + 2 b x +
  /// c, and the total as A x^2 + 2 B x + C.
  ///
  /// @param estimate of the share, not cut
  /// @param size as estimated, at least 0
  /// @param unit true variance of size 1
  /// @param rest true variance of all other components
  private record Part(
      double estimate,
      double size,
      double unit,
      double rest,
      Quadratics variance,
      Quadratics total) {

    int simulations() {
      return variance.square.length;
    }

    double variance(int simulation, double x) {
      return variance.at(simulation, x);
    }

    Interval interval(double confidence) {
      Demand.between0And1(confidence, "confidence");
      double tail = (1 - confidence) / 2;
      double low = share(bound(estimate, 1 - tail));
      // Below 0 an estimate says no more than at 0: the bound stays above it.
      double high = share(bound(Math.max(estimate, 0), tail));
      return new Interval(low, Math.max(low, high));
    }

    /// The size at which this quantile of simulated shares is the estimate.
    private double bound(double estimate, double level) {
      if (unit == 0 || !quantileIsBelow(estimate, 0, level)) {
        return 0;
      }
      double high = Math.max(size, Math.sqrt(rest / unit) / 1000);
      for (int i = 0; quantileIsBelow(estimate, high, level); i++) {
        if (i == DOUBLINGS) {
          return Double.POSITIVE_INFINITY;
        }
        high *= 2;
      }
      double low = 0;
      for (int i = 0; i < HALVINGS; i++) {
        double middle = (low + high) / 2;
        if (quantileIsBelow(estimate, middle, level)) {
          low = middle;
        } else {
          high = middle;
        }
      }
      return high;
    }

    /// Whether this quantile of the shares that are simulated at a size lies below the estimate.
    private boolean quantileIsBelow(double estimate, double x, double level) {
      int simulations = simulations();
      int place = (int) Math.round(level * (simulations - 1)); // of the quantile, from 0
      int below = 0;
      for (int i = 0; i < simulations; i++) {
        below += ratio(variance.at(i, x), total.at(i, x)) < estimate ? 1 : 0;
        if (below > place || i - below >= simulations - place - 1) {
          break; // whatever the others are
        }
      }
      return below > place;
    }

    private double share(double x) {
      return Double.isInfinite(x) ? 1 : ratio(x * x * unit, x * x * unit + rest);
    }

    /// What is the only component there is has all of the variance, however small.
    private static double ratio(double variance, double total) {
      return total == 0 ? 1 : variance / total;
    }
  }

  /// a x^2 + 2 b x + c, one for each simulation.
  private record Quadratics(double[] square, double[] linear, double[] constant) {
    static Quadratics none(int simulations) {
      return new Quadratics(
          new double[simulations], new double[simulations], new double[simulations]);
    }

    double at(int simulation, double x) {
      return (square[simulation] * x + 2 * linear[simulation]) * x + constant[simulation];
    }

    /// Adds others at a fixed size, which makes them constants.
    void addAt(Quadratics others, double x) {
      for (int i = 0; i < constant.length; i++) {
        constant[i] += others.at(i, x);
      }
    }

    Quadratics copy() {
      return new Quadratics(square.clone(), linear.clone(), constant.clone());
    }
  }

  /// What simulated noise does to each component.
  private static final class SimulatedNoise {
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
      one.square[simulation] = a;
      one.linear[simulation] = b;
      one.constant[simulation] = c;
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
        double square = effects.get(effect).square[0];
        sizes[effect] = square > 0 ? Math.sqrt(Math.max(variances[effect], 0) / square) : 0;
        truth += Math.max(variances[effect], 0);
        total.addAt(effects.get(effect), sizes[effect]);
      }
      double blockSize = Math.sqrt(Math.max(estimates.block(), 0));
      total.addAt(block, blockSize);
      for (int i = 0; i < simulations; i++) {
        total.constant[i] += noise[i];
      }
      List<Part> parts = new ArrayList<>();
      for (int effect = 0; effect < sizes.length; effect++) {
        double square = effects.get(effect).square[0];
        parts.add(
            part(
                variances[effect] / estimates.total(),
                sizes[effect],
                square,
                truth - Math.max(variances[effect], 0),
                effects.get(effect),
                total));
      }
      Optional<Part> ofBlock =
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
    private static Part part(
        double estimate, double size, double unit, double rest, Quadratics own, Quadratics total) {
      Quadratics whole = own.copy();
      for (int i = 0; i < whole.constant.length; i++) {
        whole.constant[i] += total.constant[i] - own.at(i, size);
      }
      return new Part(estimate, size, unit, rest, own, whole);
    }

    /// Noise of x times its estimated deviation, which every other estimate contains too.
    private Part ofNoise(
        VarianceComponents estimates, double[] sizes, double blockSize, double truth) {
      Quadratics own = Quadratics.none(simulations);
      Quadratics whole = Quadratics.none(simulations);
      for (int i = 0; i < simulations; i++) {
        own.square[i] = noise[i];
        whole.square[i] = noise[i] + block.constant[i];
        whole.linear[i] = blockSize * block.linear[i];
        whole.constant[i] = blockSize * blockSize * block.square[i];
        for (int effect = 0; effect < sizes.length; effect++) {
          Quadratics one = effects.get(effect);
          whole.square[i] += one.constant[i];
          whole.linear[i] += sizes[effect] * one.linear[i];
          whole.constant[i] += sizes[effect] * sizes[effect] * one.square[i];
        }
      }
      return new Part(
          estimates.noise() / estimates.total(),
          1,
          estimates.noise(),
          truth - estimates.noise(),
          own,
          whole);
    }
  }
}
