package org.vaescape.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.vaescape.engine.DType;
import org.vaescape.engine.Scope;
import org.vaescape.engine.Tensor;

/// Where samples lie in the plane of the first two principal components of their latent codes: a
/// picture of the latent space that depends on no further setting and no draw.
///
/// @param points in the order of the samples; all on the first axis where codes are one number
/// @param first share of the codes' variance along the first axis
/// @param second the same of the second
public record LatentPlane(List<Point> points, double first, double second) {
  public LatentPlane {
    points = List.copyOf(points);
  }

  /// A sample, from the mean of all.
  public record Point(float x, float y) {}

  /// Of equal codes no more than this share of their mean square is left beside their mean.
  private static final double ROUNDING = 1e-20;

  /// Empty if a code is not finite, or all samples have the same.
  static Optional<LatentPlane> of(Codes codes) {
    try (Scope _ = Scope.withoutGradients()) {
      int width = codes.width();
      Tensor rows =
          Tensor.of(DType.FLOAT32, codes.values(), codes.samples(), width).as(DType.FLOAT64);
      Tensor centred = rows.minus(rows.mean(0));
      Tensor covariance = centred.transpose().matmul(centred).times(1.0 / codes.samples());
      double total = covariance.diagonal().sum().item();
      double squares = rows.square().sum().item() / codes.samples();
      if (!Double.isFinite(total) || total <= ROUNDING * squares) {
        return Optional.empty();
      }
      Tensor.Eigen eigen = covariance.eigen();
      float[] x = along(centred, eigen, width - 1);
      float[] y = width == 1 ? new float[x.length] : along(centred, eigen, width - 2);
      List<Point> points = new ArrayList<>();
      for (int i = 0; i < x.length; i++) {
        points.add(new Point(x[i], y[i]));
      }
      double[] values = eigen.values().doubles();
      double second = width == 1 ? 0 : values[width - 2] / total;
      return Optional.of(new LatentPlane(points, values[width - 1] / total, second));
    }
  }

  /// Either direction of an axis is as good; the one whose farthest sample is on the positive side
  /// is the same on every machine.
  private static float[] along(Tensor centred, Tensor.Eigen eigen, int axis) {
    float[] places =
        centred.matmul(eigen.vectors().columns(axis, axis + 1)).as(DType.FLOAT32).floats();
    float farthest = 0;
    for (float place : places) {
      farthest = Math.abs(place) > Math.abs(farthest) ? place : farthest;
    }
    if (farthest < 0) {
      for (int i = 0; i < places.length; i++) {
        places[i] = -places[i];
      }
    }
    return places;
  }
}
