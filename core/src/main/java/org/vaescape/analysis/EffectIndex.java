package org.vaescape.analysis;

/// Where the effects of inputs stand in an array: each input alone, then the pairs (0, 1), (0, 2),
/// ..., (1, 2), ..., then the totals, then the Shapley effects, and all inputs together at the end.
record EffectIndex(int inputs) {
  int first(int input) {
    return input;
  }

  /// Two different inputs, in any order.
  int pair(int one, int other) {
    int low = Math.min(one, other);
    int high = Math.max(one, other);
    // Pairs that begin with an earlier input stand before it.
    return inputs + low * (2 * inputs - low - 1) / 2 + high - low - 1;
  }

  int total(int input) {
    return inputs + pairs() + input;
  }

  int shapley(int input) {
    return 2 * inputs + pairs() + input;
  }

  int all() {
    return 3 * inputs + pairs();
  }

  int pairs() {
    return inputs * (inputs - 1) / 2;
  }

  int size() {
    return all() + 1;
  }
}
