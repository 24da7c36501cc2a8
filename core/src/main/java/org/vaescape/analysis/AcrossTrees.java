package org.vaescape.analysis;

/// Sums over trees, at many places, of two factors and of their product, which tell the mean
/// product of the factors of two different trees.
///
/// That is what the product would be in a forest without end: products within a tree carry its own
/// luck.
final class AcrossTrees {
  private final int size;
  private final double[] ones;
  private final double[] others;
  private final double[] products;
  private final int[] trees; // at each place

  /// @param size number of products at each place
  AcrossTrees(int places, int size) {
    this.size = size;
    this.ones = new double[places * size];
    this.others = new double[places * size];
    this.products = new double[places * size];
    this.trees = new int[places];
  }

  void add(int place, double[] one, double[] other) {
    int at = place * size;
    for (int i = 0; i < size; i++) {
      ones[at + i] += one[i];
      others[at + i] += other[i];
      products[at + i] += one[i] * other[i];
    }
    trees[place]++;
  }

  int trees(int place) {
    return trees[place];
  }

  /// Mean of the first factor over trees.
  double one(int place, int i) {
    return ones[place * size + i] / trees[place];
  }

  /// Mean over pairs of trees; there must be two.
  double product(int place, int i) {
    int at = place * size + i;
    return (ones[at] * others[at] - products[at]) / ((double) trees[place] * (trees[place] - 1));
  }
}
