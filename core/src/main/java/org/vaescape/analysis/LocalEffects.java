package org.vaescape.analysis;

/// What inputs do at a setting x, against another setting z, from a function's values at mixtures
/// of both.
///
/// The mean of a local effect over z is the part of f(x) that the effect stands for: for an input
/// alone, two together and all inputs their terms of the functional ANOVA; for a total all terms
/// with the input; for a Shapley effect each of those divided by its number of inputs (Owen 2014,
/// 10.1137/130936233), by way of a random order (Song, Nelson and Staum 2016, 10.1137/15M1048070).
/// A variance is the mean of f times it. Products with a [#factor] have the same mean, and scatter
/// little where the effect is small: Owen 2013, 10.1145/2457459.2457460 (one and two inputs),
/// Jansen 1999, 10.1016/S0010-4655(98)00154-4 (total); a Shapley effect changes its sign when x and
/// z change places. The mean of f should be near 0.
final class LocalEffects {
  private final EffectIndex index;
  private final double[] single; // f with one input of x
  private final double[] others; // f with all but one input of x

  /// By [EffectIndex].
  final double[] local;

  /// By [EffectIndex].
  final double[] factor;

  LocalEffects(EffectIndex index) {
    this.index = index;
    this.single = new double[index.inputs()];
    this.others = new double[index.inputs()];
    this.local = new double[index.size()];
    this.factor = new double[index.size()];
  }

  /// Sets [#local], and [#factor] where it is asked for.
  ///
  /// @param pair x and z, as of [MixedFunction]
  /// @param order in which inputs of z are exchanged for those of x
  void at(MixedFunction f, double[] pair, int[] order, boolean factors) {
    int inputs = index.inputs();
    long every = (1L << inputs) - 1;
    double atX = f.at(pair, every);
    double atZ = f.at(pair, 0);
    for (int i = 0; i < inputs; i++) {
      single[i] = f.at(pair, 1L << i);
      others[i] = f.at(pair, every ^ 1L << i);
      local[i] = single[i] - atZ;
      local[index.total(i)] = atX - others[i];
      factor[i] = (atX - others[i]) / 2;
      factor[index.total(i)] = (atX - others[i]) / 2;
    }
    int place = inputs;
    for (int i = 0; i < inputs; i++) {
      for (int j = i + 1; j < inputs; j++) {
        long both = 1L << i | 1L << j;
        local[place] = f.at(pair, both) - single[i] - single[j] + atZ;
        if (factors) {
          factor[place] = (atX - others[i] - others[j] + f.at(pair, every ^ both)) / 4;
        }
        place++;
      }
    }
    shapley(f, pair, order, atX, atZ);
    local[index.all()] = atX;
    factor[index.all()] = atX;
  }

  /// An input that is exchanged after others does what it does alone, with each of those, and more.
  /// On average over orders it comes after each other one half the time: so only "more" is left to
  /// the order at hand.
  private void shapley(MixedFunction f, double[] pair, int[] order, double atX, double atZ) {
    double before = atZ;
    long exchanged = 0;
    for (int i = 0; i < order.length; i++) {
      long earlier = exchanged;
      int input = order[i];
      exchanged |= 1L << input;
      double after;
      if (i + 1 == order.length) {
        after = atX;
      } else if (i == 0) {
        after = single[input];
      } else if (i + 2 == order.length) {
        after = others[order[i + 1]];
      } else {
        after = f.at(pair, exchanged);
      }
      double effect = after - before;
      for (int other = 0; other < order.length; other++) {
        if (other != input) {
          double together = local[index.pair(input, other)];
          effect += (earlier >>> other & 1) != 0 ? -together / 2 : together / 2;
        }
      }
      local[index.shapley(input)] = effect;
      factor[index.shapley(input)] = (atX - atZ) / 2;
      before = after;
    }
  }
}
