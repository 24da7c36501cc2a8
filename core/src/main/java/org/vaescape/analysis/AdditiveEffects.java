package org.vaescape.analysis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;

/// Main effects by least squares on the observations that there are, wherever they lie: for each
/// factor what it explains beyond all others, of the sum of squares about the mean (sums of squares
/// of type II of the model without interactions).
///
/// In a balanced grid these are the shares of [VarianceDecomposition]. Nothing is taken off for
/// noise. They do not sum to 1 where factors go together.
///
/// @param shares by factor, 0 to 1
/// @param rest what no sum of main effects explains: interactions and noise
public record AdditiveEffects(List<Double> shares, double rest) {
  /// Part of a column's length below which it is a sum of columns before it.
  private static final double DEPENDENT = 1e-9;

  public AdditiveEffects {
    shares = List.copyOf(shares);
  }

  /// The effects on these values.
  ///
  /// @param levels place of the level of every factor: observations x factors
  /// @param y finite, not all equal
  public static AdditiveEffects of(List<Factor> factors, int[][] levels, double[] y) {
    Demand.that(
        levels.length == y.length, levels.length + " settings do not fit " + y.length + " values");
    Demand.finite(y, "values");
    Demand.that(Arrays.stream(y).distinct().count() > 1, "values must not all be equal");
    double total = unexplained(factors, levels, y, place -> false);
    double rest = unexplained(factors, levels, y, place -> true);
    List<Double> shares = new ArrayList<>();
    for (int factor = 0; factor < factors.size(); factor++) {
      int own = factor;
      double others = unexplained(factors, levels, y, place -> place != own);
      shares.add(Math.clamp((others - rest) / total, 0.0, 1.0));
    }
    return new AdditiveEffects(shares, rest / total);
  }

  /// Sum of squares that the mean and some factors leave: by the modified Gram-Schmidt process.
  private static double unexplained(
      List<Factor> factors, int[][] levels, double[] y, IntPredicate chosen) {
    List<double[]> columns = new ArrayList<>();
    double[] ones = new double[y.length];
    Arrays.fill(ones, 1);
    columns.add(ones);
    for (int factor = 0; factor < factors.size(); factor++) {
      // What is at none of these levels is at the last one.
      for (int level = 0;
          chosen.test(factor) && level + 1 < factors.get(factor).levels();
          level++) {
        double[] column = new double[y.length];
        for (int i = 0; i < y.length; i++) {
          column[i] = levels[i][factor] == level ? 1 : 0;
        }
        columns.add(column);
      }
    }
    List<double[]> basis = new ArrayList<>();
    for (double[] column : columns) {
      double before = dot(column, column);
      basis.forEach(one -> takeOff(one, column));
      double length = Math.sqrt(dot(column, column));
      if (length > DEPENDENT * Math.sqrt(before)) {
        for (int i = 0; i < column.length; i++) {
          column[i] /= length;
        }
        basis.add(column);
      }
    }
    double[] left = y.clone();
    basis.forEach(one -> takeOff(one, left));
    return dot(left, left);
  }

  private static void takeOff(double[] direction, double[] from) {
    double along = dot(direction, from);
    for (int i = 0; i < from.length; i++) {
      from[i] -= along * direction[i];
    }
  }

  private static double dot(double[] one, double[] other) {
    double sum = 0;
    for (int i = 0; i < one.length; i++) {
      sum += one[i] * other[i];
    }
    return sum;
  }
}
