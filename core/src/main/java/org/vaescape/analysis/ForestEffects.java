package org.vaescape.analysis;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import org.vaescape.search.SobolSequence;

/// What share of the variance of outcomes each input makes up, alone, in pairs, with all its
/// interactions, and as its Shapley effect, with intervals, from runs at any settings.
///
/// All settings of the axes count equally. Runs should be spread over them as a random or even
/// search spreads them, or a grid with gaps: where they crowd around the best, interactions that
/// lie elsewhere are missed, and intervals do not tell. Shares are of the variance of single
/// outcomes: effects, noise and what the forest has not learnt sum to 1, so that where it explains
/// nothing nothing has a share. [ForestShares] says how they are estimated,
/// [ShareEstimate#interval] what intervals cover; how that was measured is in docs/method.md.
///
/// The order of runs makes no difference, and equal seeds give equal bits.
///
/// @param inputs number of inputs
/// @param estimates by place: each input alone, the pairs (0, 1), (0, 2), ..., (1, 2), ..., the
///   totals, the Shapley effects, and all inputs together
/// @param noise share of the variance between runs of equal settings; empty where no setting has a
///   second run
public record ForestEffects(int inputs, List<ShareEstimate> estimates, OptionalDouble noise) {
  /// Fewer settings leave halves that a forest learns nothing from.
  public static final int LEAST_SETTINGS = 20;

  /// [SobolSequence] has coordinates for pairs of as many.
  public static final int MOST_INPUTS = SobolSequence.MOST_DIMENSIONS / 2;

  /// Trees x settings: more settings are more looks at every effect, and need fewer trees for each.
  private static final int TREES_BY_SETTINGS = 1 << 18;

  public ForestEffects {
    estimates = List.copyOf(estimates);
  }

  /// Runs that have all their inputs.
  public static ForestEffects of(Evaluations runs, long seed) {
    return of(ConditionalRuns.complete(runs), seed);
  }

  /// Runs in which inputs may be absent.
  ///
  /// @param runs of up to [#MOST_INPUTS] inputs, at [#LEAST_SETTINGS] different settings or more
  public static ForestEffects of(ConditionalRuns runs, long seed) {
    return of(runs, Effort.FULL, seed);
  }

  static ForestEffects of(ConditionalRuns runs, Effort effort, long seed) {
    int inputs = runs.runs().inputs();
    Demand.that(
        inputs <= MOST_INPUTS, "effects are of up to " + MOST_INPUTS + " inputs but got " + inputs);
    DistinctSettings settings = new DistinctSettings(runs);
    int count = settings.count();
    Demand.that(
        count >= LEAST_SETTINGS,
        "effects take at least " + LEAST_SETTINGS + " different settings but got " + count);
    SplittableRandom random = new SplittableRandom(seed);
    PointPairs points = PointPairs.of(settings.axes(), effort.points, random.nextLong());
    int trees = Math.clamp(TREES_BY_SETTINGS / count, effort.leastTrees, effort.mostTrees);
    int[] every = PointPairs.permutation(count, random);
    ForestSums sums = ForestSums.of(settings, every, trees, points, random.nextLong());
    ForestShares whole = sums.shares(effort.points);
    ForestShares coarse = sums.shares(effort.pointsOfHalves);
    Halvings halvings =
        Halvings.of(settings, trees / 2, points.first(effort.pointsOfHalves), random);
    List<ShareEstimate> estimates = new ArrayList<>();
    for (int effect = 0; effect < whole.estimates().length; effect++) {
      estimates.add(
          new ShareEstimate(
              whole.estimates()[effect],
              whole.errors()[effect],
              coarse.share(effect) - halvings.means()[effect],
              halvings.spreads()[effect],
              Halvings.PAIRS));
    }
    return new ForestEffects(inputs, estimates, noise(settings, whole));
  }

  /// Of an input alone.
  public ShareEstimate first(int input) {
    return estimates.get(new EffectIndex(inputs).first(input));
  }

  /// Of two inputs beyond what each does alone; their order does not matter.
  public ShareEstimate pair(int one, int other) {
    Demand.that(one != other, "input " + one + " has no interaction with itself");
    return estimates.get(new EffectIndex(inputs).pair(one, other));
  }

  /// Of an input with all its interactions: 1 less what all others explain without it.
  public ShareEstimate total(int input) {
    return estimates.get(new EffectIndex(inputs).total(input));
  }

  /// Of an input, with each of its interactions divided evenly among their inputs. Those of all
  /// inputs sum to what is explained, and what the scaling of [ForestShares] adds.
  public ShareEstimate shapley(int input) {
    return estimates.get(new EffectIndex(inputs).shapley(input));
  }

  /// What all inputs explain of outcomes that the trees have not seen, R2 out of bag. The rest is
  /// noise, and what the forest has not learnt.
  public ShareEstimate explained() {
    return estimates.getLast();
  }

  private static OptionalDouble noise(DistinctSettings settings, ForestShares whole) {
    return Double.isNaN(settings.noise())
        ? OptionalDouble.empty()
        : OptionalDouble.of(settings.noise() / whole.variance());
  }

  /// How much is computed.
  ///
  /// @param points pairs of settings that a surface is averaged over, a power of 2
  /// @param pointsOfHalves the same for halves, and for the whole where it is compared to them, so
  ///   that both are off alike
  /// @param leastTrees of the whole; halves get half as many
  record Effort(int points, int pointsOfHalves, int leastTrees, int mostTrees) {
    /// 4096 pairs get the shares of known functions right to 0.005, of single inputs as of pairs,
    /// totals and Shapley effects. 16 trees leave but one in 150 settings without two trees that
    /// have not seen it.
    static final Effort FULL = new Effort(4096, 1024, 32, 64);
  }
}
