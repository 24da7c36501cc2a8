package org.vaescape.analysis;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

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
  private final SimulatedShares shares;

  private ShareIntervals(
      VarianceComponents estimates, SimulatedShares shares, SimulatedShares ofKnownNoise) {
    int places = estimates.effects().size();
    this.effects = IntStream.range(0, places).mapToObj(shares::effect).toList();
    this.higher = estimates.higher().map(_ -> shares.effect(places));
    this.block = shares.block();
    this.noise = ofKnownNoise.noise();
    this.shares = shares;
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
    return of(design, estimates, NoiseModel.of(design), simulations, seed);
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
            of(design, estimates, NoiseModel.ofOneRun(design, estimates), simulations, seed));
  }

  private static ShareIntervals of(
      RepeatedGrid design,
      VarianceComponents estimates,
      NoiseModel model,
      int simulations,
      long seed) {
    return new ShareIntervals(
        estimates,
        new SimulatedShares(
            new SimulatedNoise(design, model, false, simulations, seed), estimates, model),
        new SimulatedShares(
            new SimulatedNoise(design, model, true, simulations, seed), estimates, model));
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
  ///
  /// Its noise is drawn as well, as far as few repeats leave its size open: with noise as
  /// estimated, of two equal effects one would be named in 12 % of studies in place of 5 % where 4
  /// degrees of freedom tell it.
  public double probabilityLarger(int effect, int other) {
    return shares.probabilityLarger(effect, other);
  }

  /// One component as a function of its size x: in simulation i it is estimated as a x^2 + 2 b x +
  /// c, and the total as A x^2 + 2 B x + C.
  ///
  /// @param estimate of the share, not cut
  /// @param size as estimated, at least 0
  /// @param unit true variance of size 1
  /// @param rest true variance of all other components
  record Part(
      double estimate,
      double size,
      double unit,
      double rest,
      Quadratics variance,
      Quadratics total) {

    int simulations() {
      return variance.square().length;
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
}
