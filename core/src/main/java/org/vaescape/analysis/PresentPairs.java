package org.vaescape.analysis;

import java.util.Arrays;

/// The runs that have both of two outcomes, in their order.
///
/// @param x none `NaN`
/// @param y none `NaN`, as many
/// @param places of these runs among those given
record PresentPairs(double[] x, double[] y, int[] places) {
  /// Drops the runs of which either outcome is `NaN`.
  static PresentPairs of(double[] x, double[] y) {
    Demand.that(
        x.length == y.length,
        "two outcomes of the same runs must be as many but are " + x.length + " and " + y.length);
    double[] ofX = new double[x.length];
    double[] ofY = new double[x.length];
    int[] places = new int[x.length];
    int count = 0;
    for (int i = 0; i < x.length; i++) {
      if (!Double.isNaN(x[i]) && !Double.isNaN(y[i])) {
        ofX[count] = x[i];
        ofY[count] = y[i];
        places[count++] = i;
      }
    }
    return new PresentPairs(
        Arrays.copyOf(ofX, count), Arrays.copyOf(ofY, count), Arrays.copyOf(places, count));
  }

  int count() {
    return places.length;
  }
}
