package org.vaescape.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.vaescape.data.FollowUp;
import org.vaescape.data.Part;
import org.vaescape.data.PreparedData;
import org.vaescape.data.Scaling;

/// Small prepared data for tests of training.
public final class TestData {
  private TestData() {}

  static PreparedData prepared(float[] training, float[] validation, int genes, Scaling scaling) {
    return new PreparedData(
        IntStream.range(0, genes).mapToObj(gene -> "g" + gene).toList(),
        part("t", training, genes),
        part("v", validation, genes),
        part("x", new float[0], genes),
        scaling,
        0,
        "0".repeat(64),
        List.of());
  }

  /// The same with some samples put aside.
  public static PreparedData withTest(PreparedData data, Part test) {
    return new PreparedData(
        data.genes(),
        data.training(),
        data.validation(),
        test,
        data.scaling(),
        data.clippedShare(),
        data.hash(),
        data.notes());
  }

  /// The same with another validation part.
  static PreparedData withValidation(PreparedData data, Part validation) {
    return new PreparedData(
        data.genes(),
        data.training(),
        validation,
        data.test(),
        data.scaling(),
        data.clippedShare(),
        data.hash(),
        data.notes());
  }

  /// The same with classes by the first gene, batches by nothing, and survival that grows with the
  /// gene.
  static PreparedData annotated(PreparedData data) {
    return new PreparedData(
        data.genes(),
        annotated(data.training()),
        annotated(data.validation()),
        data.test(),
        data.scaling(),
        data.clippedShare(),
        data.hash(),
        data.notes());
  }

  private static Part annotated(Part part) {
    List<String> labels = new ArrayList<>();
    List<String> batches = new ArrayList<>();
    List<FollowUp> followUps = new ArrayList<>();
    for (int i = 0; i < part.size(); i++) {
      double value = part.values()[i * part.genes()];
      labels.add(value < 0.5 ? "low" : "high");
      batches.add("batch" + new SplittableRandom(i).nextInt(2));
      followUps.add(new FollowUp(100 * value, i % 4 != 0));
    }
    return new Part(
        part.samples(), part.patients(), labels, batches, followUps, part.genes(), part.values());
  }

  private static Part part(String prefix, float[] values, int genes) {
    List<String> names =
        IntStream.range(0, values.length / genes).mapToObj(row -> prefix + row).toList();
    return new Part(names, names, List.of(), genes, values);
  }

  /// Samples on a plane of `factors` dimensions in gene space, squeezed into (0, 1), with a little
  /// noise: something that an autoencoder can learn.
  static PreparedData lowRank(int training, int validation, int genes, int factors, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[][] loadings = new double[factors][genes];
    for (double[] row : loadings) {
      for (int gene = 0; gene < genes; gene++) {
        row[gene] = random.nextGaussian();
      }
    }
    float[] ones = new float[genes];
    Arrays.fill(ones, 1);
    return prepared(
        samples(training, loadings, random),
        samples(validation, loadings, random),
        genes,
        new Scaling("none", new float[genes], ones));
  }

  private static float[] samples(int count, double[][] loadings, SplittableRandom random) {
    int genes = loadings[0].length;
    float[] values = new float[count * genes];
    for (int sample = 0; sample < count; sample++) {
      double[] factors = random.doubles(loadings.length, -1.7, 1.7).toArray();
      for (int gene = 0; gene < genes; gene++) {
        double sum = 0.1 * random.nextGaussian();
        for (int factor = 0; factor < factors.length; factor++) {
          sum += factors[factor] * loadings[factor][gene];
        }
        values[sample * genes + gene] = (float) (1 / (1 + StrictMath.exp(-sum)));
      }
    }
    return values;
  }
}
