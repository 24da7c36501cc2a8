package org.vaescape.model;

import java.util.List;
import org.vaescape.engine.DType;
import org.vaescape.engine.DistanceKernel;
import org.vaescape.engine.PairSums;
import org.vaescape.engine.Tensor;
import org.vaescape.search.HyperParameter;
import org.vaescape.search.Range;
import org.vaescape.search.Settings;

/// Squared maximum mean discrepancy of two samples of one size (Gretton et al. 2012, JMLR 13, lemma
/// 6), estimated without bias.
///
/// ```
/// (S(a, a) + S(b, b) - 2 S(a, b)) / (n (n - 1)),   S(a, b) = sum over i != j of k(a_i, b_j)
/// ```
///
/// All squared distances of a pair of samples are one matrix product, so that nothing larger than n
/// x n is ever held; on the fused path not even that.
///
/// @param scale variance of a latent unit that the kernel's width is set for
/// @param likePytorchVae the study's code base: with the Gaussian kernel it averages squared
///   distances over units, keeps the pairs of a point with itself, and divides twice by the number
///   of pairs; with the other kernel it does as above
public record MaximumMeanDiscrepancy(Kernel kernel, double scale, boolean likePytorchVae) {

  public MaximumMeanDiscrepancy {
    likePytorchVae = likePytorchVae && kernel == Kernel.GAUSSIAN;
  }

  static final HyperParameter KERNEL =
      new HyperParameter.Choice("kernel", "imq", List.of("imq", "rbf"), "kernel of the MMD");
  static final HyperParameter LATENT_VARIANCE =
      new HyperParameter.Real(
          "latent-var",
          2,
          Range.POSITIVE,
          "scale of the kernel, whose width C is 2 x latent units x it; 2 is the code base's,"
              + " Tolstikhin et al. 2018 take the prior's variance, 1");

  /// The estimate that a model's settings ask for: [#KERNEL], [#LATENT_VARIANCE] and
  /// [Compatibility#SETTING].
  static MaximumMeanDiscrepancy of(Settings settings) {
    return new MaximumMeanDiscrepancy(
        settings.choice(KERNEL.name()).equals("imq")
            ? Kernel.INVERSE_MULTIQUADRATIC
            : Kernel.GAUSSIAN,
        settings.real(LATENT_VARIANCE.name()),
        Compatibility.isPytorchVae(settings));
  }

  /// A function of the squared distance and a width C = 2 x latent units x scale.
  public enum Kernel {
    /// C / (C + distance^2).
    INVERSE_MULTIQUADRATIC {
      @Override
      Tensor of(Tensor squaredDistances, double width) {
        try (Tensor denominators = squaredDistances.plus(1e-7 + width);
            Tensor reciprocals = denominators.reciprocal()) {
          return reciprocals.times(width);
        }
      }

      @Override
      DistanceKernel inBlocks(double width) {
        return new DistanceKernel.InverseMultiquadratic(width, 1e-7 + width);
      }
    },
    /// exp(-distance^2 / C).
    GAUSSIAN {
      @Override
      Tensor of(Tensor squaredDistances, double width) {
        try (Tensor exponents = squaredDistances.times(-1 / width)) {
          return exponents.exp();
        }
      }

      @Override
      DistanceKernel inBlocks(double width) {
        return new DistanceKernel.Gaussian(width);
      }
    };

    abstract Tensor of(Tensor squaredDistances, double width);

    abstract DistanceKernel inBlocks(double width);

    /// How many matrices of n x n the way back keeps of it: squared distances before both clamps
    /// and the kernel, of the inverse multiquadric also its reciprocal.
    int matrices() {
      return this == GAUSSIAN ? 3 : 4;
    }
  }

  /// The estimate, on the path that the networks take.
  ///
  /// @param prior (n, latent), which is not recorded
  /// @param codes (n, latent)
  Tensor between(Tensor prior, Tensor codes, Networks networks) {
    return networks
        .pairSums()
        .map(pairs -> between(prior, codes, pairs))
        .orElseGet(() -> between(prior, codes));
  }

  /// The estimate, a scalar; it can be negative, and is 0 for samples of one point, which have no
  /// pairs.
  ///
  /// @param a (n, latent)
  /// @param b (n, latent)
  public Tensor between(Tensor a, Tensor b) {
    long n = a.size(0);
    if (n < 2) {
      return a.sum().times(0);
    }
    Tensor cross = kernelSum(a, b).times(-2);
    return kernelSum(a).plus(kernelSum(b)).plus(cross).times(1.0 / (n * (n - 1)));
  }

  /// The same of 32-bit numbers, without a matrix of n x n. The three sums are much larger than
  /// what is left of them, and are put together in 64 bits.
  ///
  /// @param a (n, latent), which is not recorded
  /// @param b (n, latent)
  Tensor between(Tensor a, Tensor b, PairSums pairs) {
    double n = a.size(0);
    if (n < 2) {
      return b.sum().times(0);
    }
    DistanceKernel distanceKernel = kernel.inBlocks(width(a));
    Tensor cross = inDouble(pairs.of(b, a, distanceKernel, likePytorchVae));
    Tensor sums =
        differentPairs(a, distanceKernel, pairs)
            .plus(differentPairs(b, distanceKernel, pairs))
            .plus(cross.times(-2));
    Tensor all = likePytorchVae ? sums.plus(2 * n).times(1 / (n * n)) : sums;
    return all.times(1 / (n * (n - 1))).as(a.type());
  }

  /// The sum over i != j of one sample. Each pair is in it twice, once for each of its points: its
  /// gradient is twice that of the sum over points while those that they are paired with stay.
  private static Tensor differentPairs(Tensor a, DistanceKernel kernel, PairSums pairs) {
    Tensor centered = centered(a);
    Tensor sum = inDouble(pairs.of(centered, centered.detach(), kernel, false));
    return sum.times(2).minus(sum.detach());
  }

  private static Tensor inDouble(Tensor ofRows) {
    return ofRows.as(DType.FLOAT64).sum();
  }

  /// How many numbers [#between] and its way back hold: matrices of n x n, which are a gradient and
  /// what each of three kernels keeps, and copies of both samples, centred and scaled, with their
  /// squares and gradients. In blocks there are no matrices, and fewer copies.
  ///
  /// @param n points of each sample, the rows of a batch
  long elements(long n, NetworkShape shape, GenePath.Kind path) {
    long latent = shape.latent();
    return switch (path) {
      case PLAIN -> n * n * (1 + 3L * kernel.matrices()) + 14 * n * latent;
      case FUSED -> PairSums.bufferedNumbers(n, latent) + 9 * n * latent;
    };
  }

  /// Moving all points by one vector does not change S(a, a). Around their mean the squared
  /// distances keep their digits when the points are far from the origin.
  private static Tensor centered(Tensor a) {
    return a.minus(a.detach().mean(0));
  }

  /// S(a, a).
  private Tensor kernelSum(Tensor a) {
    double points = a.size(0);
    Tensor centered = centered(a);
    return likePytorchVae
        ? differentPairs(centered, centered).plus(points).times(1 / (points * points))
        : differentPairs(centered, centered);
  }

  private Tensor kernelSum(Tensor a, Tensor b) {
    if (likePytorchVae) {
      try (Tensor values = kernels(a, b)) {
        return values.mean();
      }
    }
    return differentPairs(a, b);
  }

  /// The sum over i != j.
  private Tensor differentPairs(Tensor a, Tensor b) {
    try (Tensor values = kernels(a, b)) {
      return values.sum().minus(values.diagonal().sum());
    }
  }

  /// @return (n, n)
  private Tensor kernels(Tensor a, Tensor b) {
    try (Tensor squared = squaredDistances(a, b)) {
      return kernel.of(squared, width(a));
    }
  }

  /// Of the kernel, for squared distances that are not averaged over units.
  private double width(Tensor points) {
    double units = points.size(1);
    double width = 2 * units * scale;
    return likePytorchVae ? units * width : width;
  }

  /// |a_i - b_j|^2, infinite where a step towards it overflows: in a training run that is about to
  /// diverge, points are that far apart, and their kernel is 0 as it would be without rounding.
  ///
  /// Each step's matrix is closed early: what the way back needs of it stays with the gradients'
  /// graph.
  ///
  /// @return (n, n)
  private static Tensor squaredDistances(Tensor a, Tensor b) {
    try (Tensor lengths = a.square().sum(1).unsqueeze(1).plus(b.square().sum(1).unsqueeze(0));
        Tensor products = a.times(-2).matmul(b.transpose());
        Tensor squared = lengths.plus(products);
        Tensor known = squared.nonFiniteAs(Double.POSITIVE_INFINITY)) {
      return known.atLeast(0); // rounding can bring it below
    }
  }
}
