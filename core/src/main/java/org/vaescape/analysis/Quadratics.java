package org.vaescape.analysis;

/// a x^2 + 2 b x + c, one for each simulation.
record Quadratics(double[] square, double[] linear, double[] constant) {
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
