package org.vaescape.train;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.vaescape.data.Part;
import org.vaescape.data.PreparedData;
import org.vaescape.data.Scaling;

/// Data to measure speed on: samples on a plane of a few dimensions in gene space with noise,
/// squeezed into (0, 1). Equal sizes give equal numbers.
final class MadeData {
  private static final long SEED = 1;
  private static final int FACTORS = 4;

  /// As few as do: they are looked at once an epoch, which no time counts.
  private static final int VALIDATION = 16;

  private MadeData() {}

  static PreparedData of(int samples, int genes) {
    SplittableRandom random = new SplittableRandom(SEED);
    float[] loadings = new float[FACTORS * genes];
    for (int i = 0; i < loadings.length; i++) {
      loadings[i] = (float) random.nextDouble(-1, 1);
    }
    float[] ones = new float[genes];
    Arrays.fill(ones, 1);
    return new PreparedData(
        IntStream.range(0, genes).mapToObj(gene -> "g" + gene).toList(),
        part("t", samples, genes, loadings, random),
        part("v", VALIDATION, genes, loadings, random),
        part("x", 0, genes, loadings, random),
        new Scaling("none", new float[genes], ones),
        0,
        "0".repeat(64),
        List.of());
  }

  private static Part part(
      String prefix, int samples, int genes, float[] loadings, SplittableRandom random) {
    float[] values = new float[Math.multiplyExact(samples, genes)];
    float[] factors = new float[FACTORS];
    for (int sample = 0; sample < samples; sample++) {
      for (int factor = 0; factor < FACTORS; factor++) {
        factors[factor] = (float) random.nextDouble(-2, 2);
      }
      for (int gene = 0; gene < genes; gene++) {
        float sum = random.nextFloat() - 0.5f;
        for (int factor = 0; factor < FACTORS; factor++) {
          sum += factors[factor] * loadings[factor * genes + gene];
        }
        values[sample * genes + gene] = 0.5f + 0.5f * sum / (1 + Math.abs(sum));
      }
    }
    List<String> names = IntStream.range(0, samples).mapToObj(row -> prefix + row).toList();
    return new Part(names, names, List.of(), genes, values);
  }
}
