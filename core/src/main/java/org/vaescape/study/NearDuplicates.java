package org.vaescape.study;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.IntStream;
import org.vaescape.data.Part;
import org.vaescape.data.PreparedData;

/// Samples of two parts that are the same measurement, or as good as that.
final class NearDuplicates {
  /// Mean squared difference over the mean squared distance from the training mean: two unrelated
  /// samples have about 2, replicates of one library about 0.02.
  private static final double CLOSE = 0.01;

  /// Genes of the first look, spread over all; enough to rule out nearly every pair.
  private static final int FIRST_LOOK = 64;

  private static final int GENES_TOGETHER = 256;

  private NearDuplicates() {}

  /// @param validation name of the validation sample, or of the later one of a part
  /// @param training name of the first training sample that is like it, or of the earlier one
  record Pair(String validation, String training) {}

  /// One pair for each validation sample that has a near duplicate in training, in its order.
  static List<Pair> across(Part training, Part validation) {
    return pairs(training, validation, false);
  }

  /// One pair for each sample of a part that is nearly the same as an earlier one.
  static List<Pair> within(Part part) {
    return pairs(part, part, true);
  }

  /// `A as B`, one for each sample that is like an earlier one or, beyond its part, like any.
  static List<String> among(PreparedData data) {
    SequencedMap<String, String> twins = new LinkedHashMap<>();
    List<Part> parts = DataLint.parts(data).values().stream().map(DataFacts::logarithmic).toList();
    for (int i = 0; i < parts.size(); i++) {
      add(within(parts.get(i)), twins);
      for (int earlier = 0; earlier < i; earlier++) {
        add(across(parts.get(earlier), parts.get(i)), twins);
      }
    }
    return twins.entrySet().stream().map(t -> t.getKey() + " as " + t.getValue()).toList();
  }

  private static void add(List<Pair> pairs, Map<String, String> twins) {
    pairs.forEach(pair -> twins.putIfAbsent(pair.validation(), pair.training()));
  }

  /// @param earlier whether only samples that come earlier count
  private static List<Pair> pairs(Part training, Part validation, boolean earlier) {
    double[] spread = spread(training);
    int genes = training.genes();
    int[] look = new int[Math.min(FIRST_LOOK, genes)];
    double around = 0;
    double all = 0;
    for (int i = 0; i < look.length; i++) {
      look[i] = (int) ((long) i * genes / look.length);
      around += spread[look[i]];
    }
    for (double variance : spread) {
      all += variance;
    }
    // Four times the limit: the first look is a sample of the genes.
    double first = 4 * CLOSE * around;
    double last = CLOSE * all;
    float[] looked = columns(training, look);
    float[] held = columns(validation, look);
    return IntStream.range(0, validation.size())
        .parallel()
        .mapToObj(v ->
            IntStream.range(0, earlier ? v : training.size())
                .filter(t ->
                    distance(looked, t, held, v, look.length, first) <= first
                        && distance(training.values(), t, validation.values(), v, genes, last)
                            <= last)
                .mapToObj(t -> new Pair(validation.samples().get(v), training.samples().get(t)))
                .findFirst())
        .flatMap(Optional::stream)
        .toList();
  }

  /// Some columns, side by side so that looking at all rows is quick.
  private static float[] columns(Part part, int[] chosen) {
    float[] values = new float[part.size() * chosen.length];
    for (int sample = 0; sample < part.size(); sample++) {
      for (int c = 0; c < chosen.length; c++) {
        values[sample * chosen.length + c] = part.values()[sample * part.genes() + chosen[c]];
      }
    }
    return values;
  }

  /// Variance of each gene; summed in the order of the samples, whichever thread does it.
  private static double[] spread(Part part) {
    double[] variances = new double[part.genes()];
    IntStream.range(0, Math.ceilDiv(part.genes(), GENES_TOGETHER))
        .parallel()
        .forEach(block -> spread(part, block * GENES_TOGETHER, variances));
    return variances;
  }

  private static void spread(Part part, int from, double[] variances) {
    double[] sum = new double[Math.min(GENES_TOGETHER, part.genes() - from)];
    double[] squares = new double[sum.length];
    for (int sample = 0; sample < part.size(); sample++) {
      int at = sample * part.genes() + from;
      for (int gene = 0; gene < sum.length; gene++) {
        double value = part.values()[at + gene];
        sum[gene] += value;
        squares[gene] += value * value;
      }
    }
    for (int gene = 0; gene < sum.length; gene++) {
      double mean = sum[gene] / part.size();
      variances[from + gene] = Math.max(0, squares[gene] / part.size() - mean * mean);
    }
  }

  /// Squared distance of two rows of this width; not finished once it is beyond `limit`.
  private static double distance(
      float[] training, int t, float[] validation, int v, int width, double limit) {
    double sum = 0;
    for (int i = 0; i < width && sum <= limit; i++) {
      double difference = training[t * width + i] - validation[v * width + i];
      sum += difference * difference;
    }
    return sum;
  }
}
