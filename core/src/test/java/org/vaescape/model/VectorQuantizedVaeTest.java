package org.vaescape.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.vaescape.engine.Precision;
import org.vaescape.engine.Scope;
import org.vaescape.engine.Tensor;

class VectorQuantizedVaeTest {
  private static final VectorQuantizedVae MODEL = new VectorQuantizedVae(7, 2, 0.25);

  @Test
  void givesEachVectorTheNearestOfTheCodebook() {
    try (Scope _ = Scope.withoutGradients()) {
      Networks networks = SmallNetworks.of(MODEL, SmallNetworks.SHAPE, Precision.FP64);
      Tensor x = SmallNetworks.batch(Precision.FP64, 40, 6);
      double[] h = networks.encode(x).mu().doubles();
      double[] given = MODEL.latent(x, networks).mean().doubles();
      double[] codebook = networks.extra(VectorQuantizedVae.CODEBOOK).doubles();
      for (int at = 0; at < h.length; at += 2) {
        int nearest = 0;
        for (int code = 1; code < 7; code++) {
          if (distance(h, at, codebook, 2 * code) < distance(h, at, codebook, 2 * nearest)) {
            nearest = code;
          }
        }
        assertArrayEquals(
            new double[] {codebook[2 * nearest], codebook[2 * nearest + 1]},
            new double[] {given[at], given[at + 1]});
      }
    }
  }

  private static double distance(double[] one, int at, double[] other, int there) {
    double first = one[at] - other[there];
    double second = one[at + 1] - other[there + 1];
    return first * first + second * second;
  }

  @Test
  void countsTheCodesInUse() {
    VectorQuantizedVae one = new VectorQuantizedVae(2, 2, 0.25);
    try (Scope _ = Scope.withoutGradients()) {
      // Two codes of zeros: the first of them is taken always.
      Networks networks =
          SmallNetworks.withZeros(one, SmallNetworks.SHAPE, Precision.FP64, "codebook");
      assertEquals(1, inUse(one, networks), 1e-12);
      networks = SmallNetworks.of(MODEL, SmallNetworks.SHAPE, Precision.FP64);
      double several = inUse(MODEL, networks);
      assertTrue(several > 1 && several <= 7, "codes in use " + several);
    }
  }

  private static double inUse(VectorQuantizedVae model, Networks networks) {
    Tensor x = SmallNetworks.batch(Precision.FP64, 40, 6);
    Terms terms = SmallNetworks.loss(model, x, networks, new SeededNoise(1, Precision.FP64), 0.05);
    return Objects.requireNonNull(terms.parts().get("codes_in_use")).item();
  }

  @Test
  void sumsOverTheNumbersOfARowUnderTheBound() {
    try (Scope _ = Scope.withoutGradients()) {
      Networks networks = SmallNetworks.of(MODEL, SmallNetworks.SHAPE, Precision.FP64);
      Tensor x = SmallNetworks.batch(Precision.FP64, 9, 6);
      Batch batch = new Batch(x, new SeededNoise(1, Precision.FP64), 0, true);
      double mean = quantization(batch, networks, false);
      double sum = quantization(batch, networks, true);
      assertEquals(sum, mean * 3 * 2, 1e-12); // three vectors of two numbers
    }
  }

  private static double quantization(Batch batch, Networks networks, boolean inNats) {
    Terms terms = MODEL.loss(batch, networks, new Objective(0, 0, inNats, 90));
    return Objects.requireNonNull(terms.parts().get("quantization")).item();
  }
}
