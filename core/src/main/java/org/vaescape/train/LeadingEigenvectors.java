package org.vaescape.train;

import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.vaescape.engine.DType;
import org.vaescape.engine.Scope;
import org.vaescape.engine.Tensor;

/// Eigenvectors of the largest eigenvalues of a symmetric matrix that is known by its products
/// alone: block Lanczos with a full orthogonalisation from a start at random (Golub and Underwood
/// 1977; Musco and Musco 2015), restarted from its best vectors (Wu and Simon 2000) when the space
/// is as wide as memory allows.
///
/// Each product widens the space that vectors are looked for in, so that few are needed: a subspace
/// iteration, which forgets all products but the last, needs the square of their number.
///
/// @param matrix what the matrix makes of columns: (n, width) to (n, width)
/// @param rank of the matrix at most; so wide a space holds every eigenvector
/// @param widest space that is kept, in columns; at least [#LEFT_FOR_ONE] times those asked for and
///   two products
record LeadingEigenvectors(UnaryOperator<Tensor> matrix, int rank, int widest) {

  /// Columns of the space that are left after a restart, for each eigenvector asked for: with fewer
  /// much is lost that the products found.
  static final int LEFT_FOR_ONE = 2;

  /// Reached only by spectra without any decay, where every subspace of this size is as good.
  private static final int MOST_PRODUCTS = 200;

  /// Widens the space until the estimates of the largest eigenvalues, which never fall, are good
  /// enough.
  ///
  /// @param start (n, width): the columns of the first product; later ones are as many
  /// @param count of eigenvectors
  /// @param enough of all estimates after a product, ascending, at least as many as asked for
  /// @return (n, count) orthonormal, ascending by eigenvalue; whoever holds it closes it
  Tensor find(Tensor start, int count, Predicate<double[]> enough) {
    int width = Math.toIntExact(start.size(1));
    int most = Math.min(rank, widest);
    try (Scope _ = Scope.withoutGradients()) {
      Tensor basis = Tensor.zeros(DType.FLOAT64, start.size(0), most); // orthonormal columns
      Tensor seen = Tensor.zeros(DType.FLOAT64, most, most); // basis' matrix basis
      basis.columns(0, width).copyInPlace(start.orthonormal());
      int from = 0; // columns before it have been multiplied
      int to = width;
      for (int product = 1; ; product++) {
        try (Scope scope = Scope.withoutGradients()) {
          Tensor space = basis.columns(0, to);
          Tensor image = matrix.apply(basis.columns(from, to)); // (n, to - from)
          Tensor shares = space.transpose().matmul(image); // (to, to - from)
          seen.rows(0, to).columns(from, to).copyInPlace(shares);
          seen.rows(from, to).columns(0, to).copyInPlace(shares.transpose());
          Tensor known = seen.rows(0, to).columns(0, to);
          if (to >= count
              && (enough.test(known.eigenvalues().doubles())
                  || to == rank
                  || product == MOST_PRODUCTS)) {
            return scope.release(space.matmul(known.eigen().vectors().columns(to - count, to)));
          }
          Tensor fresh = image.minus(space.matmul(shares)).orthonormal();
          // Once leaves what rounding leaves, which is all there is where nothing new was found.
          fresh = fresh.minus(space.matmul(space.transpose().matmul(fresh))).orthonormal();
          // A product that were cut to what fits would end the space of powers of the matrix; it
          // is cut only where the space is then the whole.
          if (most < rank && to + width > most) {
            to = restart(space, seen, known.eigen(), LEFT_FOR_ONE * count);
          }
          from = to;
          to = Math.min(most, from + width);
          basis.columns(from, to).copyInPlace(fresh.columns(0, to - from));
        }
      }
    }
  }

  /// Leaves the best vectors alone in the space.
  ///
  /// @return how many
  private static int restart(Tensor space, Tensor seen, Tensor.Eigen known, int left) {
    long all = space.size(1);
    Tensor best = space.matmul(known.vectors().columns(all - left, all));
    space.columns(0, left).copyInPlace(best);
    Tensor values = known.values().rows(all - left, all);
    seen.rows(0, left).columns(0, left).copyInPlace(values.diagonalMatrix());
    return left;
  }
}
