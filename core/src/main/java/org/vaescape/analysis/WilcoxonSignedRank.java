package org.vaescape.analysis;

import java.util.Arrays;

/// Wilcoxon's signed rank test whether differences of pairs lie evenly about 0.
///
/// Differences of 0 are dropped, and equal sizes share the mean of their ranks (Wilcoxon 1945,
/// Biometrics Bulletin 1:80). Equal means equal to the last bit: differences of rounded numbers are
/// to be rounded again. Where no difference is left nothing differs: every p is 1.
///
/// @param ranks of the sizes of the differences that are not 0
/// @param plus sum of the ranks of those above 0
/// @param minus sum of the ranks of those below 0
public record WilcoxonSignedRank(double[] ranks, double plus, double minus) {
  public WilcoxonSignedRank {
    ranks = ranks.clone();
  }

  /// A copy, as the constructor's was copied.
  @Override
  public double[] ranks() {
    return ranks.clone();
  }

  /// The test of differences.
  ///
  /// @param differences one for each pair, at least one, finite
  public static WilcoxonSignedRank of(double[] differences) {
    Demand.that(differences.length > 0, "Wilcoxon's test takes at least 1 difference but got none");
    Demand.finite(differences, "differences of Wilcoxon's test");
    double[] left = Arrays.stream(differences).filter(difference -> difference != 0).toArray();
    double[] ranks = Ranks.of(Arrays.stream(left).map(Math::abs).toArray());
    double plus = 0;
    double minus = 0;
    for (int i = 0; i < left.length; i++) {
      plus += left[i] > 0 ? ranks[i] : 0;
      minus += left[i] < 0 ? ranks[i] : 0;
    }
    return new WilcoxonSignedRank(ranks, plus, minus);
  }

  /// Number of differences that are not 0.
  public int count() {
    return ranks.length;
  }

  /// (plus - minus) / (plus + minus), from -1 to 1; `NaN` where no difference is left.
  public double rankBiserial() {
    return (plus - minus) / (plus + minus);
  }

  /// Probability on both sides over all ways to give the ranks a sign, ties as they are.
  ///
  /// Time grows with the cube of the count.
  public double exactP() {
    // Shared ranks end in .5 at worst: twice the ranks are whole numbers.
    int total = (int) Math.round(2 * (plus + minus));
    double[] probability = new double[total + 1];
    probability[0] = 1;
    int reached = 0;
    for (double rank : ranks) {
      int twice = (int) Math.round(2 * rank);
      reached += twice;
      for (int sum = reached; sum >= 0; sum--) {
        double taken = sum >= twice ? probability[sum - twice] : 0;
        probability[sum] = (probability[sum] + taken) / 2;
      }
    }
    double tail = 0;
    for (int sum = 0; sum <= Math.round(2 * Math.min(plus, minus)); sum++) {
      tail += probability[sum];
    }
    return Math.min(1, 2 * tail);
  }

  /// Probability on both sides by the normal distribution, its variance corrected for ties: fair
  /// from about 10 differences on.
  ///
  /// @param continuity moves the sum by 1/2 towards its mean, as it moves in steps
  public double asymptoticP(boolean continuity) {
    double n = ranks.length;
    double variance = n * (n + 1) * (2 * n + 1) / 24 - Ranks.tieTerm(ranks) / 48;
    double distance = Math.abs(plus - n * (n + 1) / 4);
    double moved = continuity ? Math.max(0, distance - 0.5) : distance;
    return ranks.length == 0 ? 1 : Tails.normalBothSides(moved / Math.sqrt(variance));
  }
}
