package org.vaescape.analysis;

import java.util.Arrays;
import java.util.SplittableRandom;

/// What the trees of a forest say of effects all over the axes, and, each of settings that it was
/// not grown on, at those.
///
/// Each tree is grown on as many settings as there are, drawn with replacement, each with all its
/// repeats: so trees have not seen any run of a setting that is out of their bag.
///
/// @param chosen the settings that took part
/// @param everywhere at each pair of points, local effects and their factors
/// @param outOfBag at each setting, local effects and the tree's value
record ForestSums(
    DistinctSettings settings, int[] chosen, AcrossTrees everywhere, AcrossTrees outOfBag) {
  static ForestSums of(
      DistinctSettings settings, int[] chosen, int trees, PointPairs points, long seed) {
    EffectIndex index = new EffectIndex(settings.axes().size());
    AcrossTrees everywhere = new AcrossTrees(points.count(), index.size());
    AcrossTrees outOfBag = new AcrossTrees(settings.count(), index.size());
    LocalEffects effects = new LocalEffects(index);
    double[] value = new double[index.size()];
    double[] pair = new double[2 * index.inputs()];
    SplittableRandom random = new SplittableRandom(seed);
    for (int t = 0; t < trees; t++) {
      SplittableRandom chance = random.split();
      int[] drawn = new int[settings.count()];
      for (int i = 0; i < chosen.length; i++) {
        drawn[chosen[chance.nextInt(chosen.length)]]++;
      }
      MixedFunction tree = new FlatTree(settings.grow(drawn, chance));
      for (int i = 0; i < points.count(); i++) {
        effects.at(tree, points.pairs()[i], points.orders()[i], true);
        everywhere.add(i, effects.local, effects.factor);
      }
      for (int setting : chosen) {
        if (drawn[setting] == 0) {
          settings.pair(setting, pair, chance);
          effects.at(tree, pair, PointPairs.permutation(index.inputs(), chance), false);
          Arrays.fill(value, effects.local[index.all()]);
          outOfBag.add(setting, effects.local, value);
        }
      }
    }
    return new ForestSums(settings, chosen, everywhere, outOfBag);
  }

  /// @param points how many of the pairs of points count, from the first
  ForestShares shares(int points) {
    return new ForestMoments(this, points).shares();
  }
}
