package org.vaescape.analysis;

import java.util.Arrays;

/// Kruskal and Wallis' test whether independent groups come from one distribution.
///
/// Kruskal and Wallis 1952, Journal of the American Statistical Association 47:583; effect sizes by
/// Tomczak and Tomczak 2014, Trends in Sport Sciences 1:19. Where all numbers are equal nothing
/// differs: h is 0, and p is 1.
///
/// @param h corrected for ties
/// @param degreesOfFreedom k groups - 1
/// @param p of h by the chi-squared distribution: fair from about 5 numbers in each group on
/// @param epsilonSquared h / (n - 1), from 0 to 1
/// @param etaSquared (h - k + 1) / (n - k); below 0 where groups differ less than by chance
public record KruskalWallis(
    double h, int degreesOfFreedom, double p, double epsilonSquared, double etaSquared) {
  /// The test of groups of numbers.
  ///
  /// @param groups at least 2, none empty, and one of more than one number
  public static KruskalWallis of(double[]... groups) {
    Demand.that(
        groups.length >= 2,
        "the Kruskal-Wallis test takes at least 2 groups but got " + groups.length);
    for (double[] group : groups) {
      Demand.that(group.length > 0, "a group of the Kruskal-Wallis test is empty");
    }
    double[] all = Arrays.stream(groups).flatMapToDouble(Arrays::stream).toArray();
    Demand.finite(all, "numbers of the Kruskal-Wallis test");
    double n = all.length;
    int k = groups.length;
    Demand.that(n > k, "the Kruskal-Wallis test takes more numbers than the " + k + " groups");
    double[] ranks = Ranks.of(all);
    double between = 0;
    int place = 0;
    for (double[] group : groups) {
      double sum = 0;
      for (int i = 0; i < group.length; i++) {
        sum += ranks[place++];
      }
      double off = sum / group.length - (n + 1) / 2;
      between += group.length * off * off;
    }
    double untied = 1 - Ranks.tieTerm(all) / (n * n * n - n);
    double h = untied <= 0 ? 0 : 12 / (n * (n + 1)) * between / untied;
    return new KruskalWallis(
        h, k - 1, Tails.chiSquared(h, k - 1), h / (n - 1), (h - k + 1) / (n - k));
  }
}
