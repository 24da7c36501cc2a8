package org.vaescape.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.vaescape.Covers;
import org.vaescape.Golden;
import org.vaescape.data.DataSettings.Fit;
import org.vaescape.data.DataSettings.Scale;
import org.vaescape.data.DataSettings.Variability;

/// Statistics, rankings, selection and scaling as numpy and scikit-learn have them.
@Covers("data/prepare")
class PrepareGoldenTest {
  /// The file prints 9 digits.
  private static final double DOUBLE = 1e-8;

  /// The matrix holds its values in single precision.
  private static final double SINGLE = 1e-6;

  private final JsonNode golden = Golden.read("data/prepare");
  private final Golden.Array x = Golden.array(golden, "x");
  private final int samples = x.shape()[0];
  private final int genes = x.shape()[1];
  private final Split split =
      new Split(
          Golden.array(golden, "train_index").ints(),
          Golden.array(golden, "rest_index").ints(),
          new int[0]);
  private final int[] allSamples = IntStream.range(0, samples).toArray();

  private double[] gene(int gene, int[] of) {
    return IntStream.of(of).mapToDouble(s -> x.data()[s * genes + gene]).toArray();
  }

  private Matrix matrix() {
    float[][] byGene = new float[genes][samples];
    for (int g = 0; g < genes; g++) {
      for (int s = 0; s < samples; s++) {
        byGene[g][s] = (float) x.data()[s * genes + g];
      }
    }
    List<String> names = IntStream.range(0, samples).mapToObj(i -> "s" + i).toList();
    return Matrix.of("golden", names, names(Golden.at(golden, "genes")), byGene, List.of());
  }

  private static List<String> names(JsonNode array) {
    List<String> names = new ArrayList<>();
    array.forEach(name -> names.add(name.textValue()));
    return names;
  }

  private static String nameOf(Variability by) {
    return switch (by) {
      case MEAN_ABSOLUTE_DEVIATION -> "mean_abs_dev";
      case MEDIAN_ABSOLUTE_DEVIATION -> "median_abs_dev";
      case VARIANCE -> "variance_ddof1";
    };
  }

  @ParameterizedTest
  @EnumSource
  void measuresVariabilityInAllAndInTrainingSamples(Variability by) {
    checkStatistics(by, Golden.at(golden, "statistics_all_rows"), allSamples);
    checkStatistics(by, Golden.at(golden, "statistics_train_rows"), split.training());
  }

  private void checkStatistics(Variability by, JsonNode expected, int[] of) {
    double[] measured = new double[genes];
    double[] median = new double[genes];
    double[] mean = new double[genes];
    double[] variance = new double[genes];
    for (int g = 0; g < genes; g++) {
      measured[g] = Statistics.variability(by, gene(g, of));
      median[g] = Statistics.median(gene(g, of));
      mean[g] = Statistics.mean(gene(g, of));
      variance[g] = Statistics.squares(gene(g, of)) / of.length;
    }
    JsonNode statistics = Golden.at(expected, "statistics");
    String name = nameOf(by);
    Golden.assertClose(Golden.array(statistics, name).data(), measured, DOUBLE, 1e-12, name);
    Golden.assertClose(Golden.array(statistics, "median").data(), median, DOUBLE, 0, "median");
    Golden.assertClose(Golden.array(statistics, "mean").data(), mean, DOUBLE, 0, "mean");
    Golden.assertClose(
        Golden.array(statistics, "variance_ddof0").data(), variance, DOUBLE, 1e-12, "variance");

    double[] rounded =
        IntStream.range(0, genes).mapToDouble(g -> GeneSelection.rounded(measured[g])).toArray();
    int[] order =
        IntStream.range(0, genes)
            .boxed()
            .sorted(Comparator.comparingDouble((Integer g) -> -rounded[g]))
            .mapToInt(g -> g)
            .toArray();
    JsonNode ranking = Golden.at(expected, "rankings_descending_ties_by_column/" + name);
    assertArrayEquals(Golden.array(ranking, "order").ints(), order, name);

    int[] top = Golden.array(ranking, "top").ints();
    GeneSelection selection = GeneSelection.of(matrix(), settings(by, top.length, Fit.TRAIN), of);
    assertArrayEquals(IntStream.of(top).sorted().toArray(), selection.genes(), name);
    List<String> named = names(Golden.at(ranking, "top_names"));
    List<String> inOrder = new ArrayList<>();
    for (int g : top) {
      inOrder.add(matrix().genes().get(g));
    }
    assertEquals(named, inOrder);
  }

  private static DataSettings settings(Variability by, int keep, Fit fit) {
    DataSettings d = DataSettings.defaults();
    return new DataSettings(
        d.orientation(),
        d.missing(),
        d.counts(),
        fit,
        by,
        keep,
        Scale.MIN_MAX,
        0.1,
        0,
        d.group(),
        d.stratify());
  }

  @Test
  void preparesWhatScikitLearnPrepares() {
    JsonNode expected = Golden.at(golden, "minmax_top_train_selected");
    int[] columns = Golden.array(expected, "columns").ints();
    PreparedData prepared =
        Preparation.prepare(
            matrix(),
            List.of(),
            settings(Variability.MEAN_ABSOLUTE_DEVIATION, columns.length, Fit.TRAIN),
            split,
            List.of());
    int[] position =
        IntStream.of(columns)
            .map(c -> indexIn(IntStream.of(columns).sorted().toArray(), c))
            .toArray();
    Golden.assertClose(
        Golden.array(expected, "scaled_train").data(),
        columns(prepared.training(), position),
        SINGLE,
        SINGLE,
        "training");
    Golden.assertClose(
        Golden.array(expected, "scaled_rest_clipped").data(),
        columns(prepared.validation(), position),
        SINGLE,
        SINGLE,
        "validation");
    assertEquals(
        Golden.number(expected, "values_clipped"),
        prepared.clippedShare() * prepared.validation().values().length,
        1e-9);
    Golden.assertClose(
        Golden.array(expected, "data_min").data(),
        IntStream.of(position).mapToDouble(p -> prepared.scaling().offset()[p]).toArray(),
        SINGLE,
        0,
        "min");
  }

  private static int indexIn(int[] sorted, int wanted) {
    return Arrays.binarySearch(sorted, wanted);
  }

  /// The genes of the part in another order.
  private static double[] columns(Part part, int[] order) {
    return IntStream.range(0, part.size() * order.length)
        .mapToDouble(i -> part.values()[i / order.length * part.genes() + order[i % order.length]])
        .toArray();
  }

  @Test
  void scalesGenesAskedForByNameEvenIfConstant() {
    for (String name : List.of("minmax_top_all_selected", "minmax_all_genes")) {
      JsonNode expected = Golden.at(golden, name);
      int[] columns = Golden.array(expected, "columns").ints();
      Scaler scaler = Scaler.fit(matrix(), columns, Scale.MIN_MAX, split.training());
      Scaler.Scaled rest = scaler.apply(matrix(), split.validation());
      Golden.assertClose(
          Golden.array(expected, "scaled_train").data(),
          scaler.apply(matrix(), split.training()).values(),
          SINGLE,
          SINGLE,
          name);
      Golden.assertClose(
          Golden.array(expected, "scaled_rest_clipped").data(),
          rest.values(),
          SINGLE,
          SINGLE,
          name);
      assertEquals(Golden.number(expected, "values_clipped"), (double) rest.clipped());
      Golden.assertClose(
          Golden.array(expected, "data_min").data(), scaler.offset(), SINGLE, 0, name);
      double[] max = Golden.array(expected, "data_max").data();
      double[] min = Golden.array(expected, "data_min").data();
      Golden.assertClose(
          IntStream.range(0, max.length)
              .mapToDouble(i -> max[i] == min[i] ? 1 : max[i] - min[i])
              .toArray(),
          scaler.scale(),
          SINGLE,
          0,
          name);
      double[] unclipped = Golden.array(expected, "scaled_rest_unclipped").data();
      double[] raw = new double[unclipped.length];
      for (int i = 0; i < raw.length; i++) {
        int column = i % columns.length;
        double value = x.data()[split.validation()[i / columns.length] * genes + columns[column]];
        raw[i] = (value - scaler.offset()[column]) / scaler.scale()[column];
      }
      Golden.assertClose(unclipped, raw, SINGLE, SINGLE, name);
    }
  }
}
