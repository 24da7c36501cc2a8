package org.vaescape.analysis;

import java.util.List;

/// Settings that were tried, and what came out.
///
/// @param axes the inputs, at least one
/// @param x settings, runs x inputs, row by row, each on its axis; never written to
/// @param y outcome of each run, finite; never written to
public record Evaluations(List<Axis> axes, double[] x, double[] y) {
  public Evaluations {
    axes = List.copyOf(axes);
    if (axes.isEmpty() || y.length == 0 || x.length != (long) y.length * axes.size()) {
      throw new IllegalArgumentException(
          "%s settings do not fit %s runs of %s inputs".formatted(x.length, y.length, axes.size()));
    }
    for (int i = 0; i < x.length; i++) {
      Axis axis = axes.get(i % axes.size());
      if (!axis.contains(x[i])) {
        throw new IllegalArgumentException(
            "input %s of run %s must lie on %s but was %s"
                .formatted(i % axes.size(), i / axes.size(), axis, x[i]));
      }
    }
    for (int run = 0; run < y.length; run++) {
      if (!Double.isFinite(y[run])) {
        throw new IllegalArgumentException(
            "the outcome of run " + run + " must be a finite number but was " + y[run]);
      }
    }
  }

  int runs() {
    return y.length;
  }

  int inputs() {
    return axes.size();
  }

  double x(int run, int input) {
    return x[run * axes.size() + input];
  }
}
