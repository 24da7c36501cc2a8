package org.vaescape.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.vaescape.Covers;
import org.vaescape.Golden;
import org.vaescape.engine.DType;
import org.vaescape.engine.Scope;
import org.vaescape.engine.Tensor;

/// That each number of the file is what a test starts from, or is checked by one, or is named here
/// with the reason why no outcome is it; and the errors of a reconstruction.
@Covers(value = GoldenPoints.FILE, except = GoldenPoints.UNCHECKED)
class RepresentationGoldenTest {
  private static final Set<String> GIVEN =
      Set.of(
          "x",
          "labels",
          "train_rows",
          "test_rows",
          "kmeans/initial_centre_rows",
          "agreement_labels_vs_random/assignments",
          "latent/mu",
          "latent/logvar",
          "reconstruction/xhat");

  /// The test that compares it with our code; `N` stands for any number.
  private static final Map<Class<?>, List<String>> CHECKED =
      Map.of(
          PcaTest.class,
          List.of(
              "pca/N/train_mse",
              "pca/N/test_mse",
              "pca/N/explained_variance_ratio",
              "pca/N/explained_variance_ddof1",
              "pca/N/components_up_to_sign"),
          BaselinesTest.class,
          List.of(
              "reconstruction/baseline_mse_column_mean_of_train_on_test",
              "reconstruction/r2_uniform_average",
              "reconstruction/r2_variance_weighted"),
          NearestNeighboursTest.class,
          List.of(
              "knn/N/predictions", "knn/N/neighbour_positions_in_train", "knn/N/balanced_accuracy"),
          SilhouetteTest.class,
          List.of("silhouette_labels/mean", "silhouette_labels/per_row", "kmeans/silhouette"),
          ClustersTest.class,
          List.of(
              "kmeans/assignments",
              "kmeans/inertia",
              "kmeans/centres",
              "agreement_labels_vs_kmeans/ari",
              "agreement_labels_vs_kmeans/nmi_arithmetic",
              "agreement_labels_vs_kmeans/nmi_geometric",
              "agreement_labels_vs_kmeans/homogeneity",
              "agreement_labels_vs_kmeans/completeness",
              "agreement_labels_vs_kmeans/mutual_information_nats",
              "agreement_labels_vs_random/ari",
              "agreement_labels_vs_random/nmi_arithmetic"),
          LatentUnitsTest.class,
          List.of(
              "latent/variance_of_mean_ddof0",
              "latent/variance_of_mean_ddof1",
              "latent/threshold",
              "latent/active_units_ddof0",
              "latent/active_units_ddof1",
              "latent/mean_kl_per_dimension",
              "latent/kl_total"),
          GeneCorrelationsTest.class,
          List.of("reconstruction/pearson_per_gene"),
          RepresentationGoldenTest.class,
          List.of("reconstruction/mse", "reconstruction/mse_per_gene", "reconstruction/rmse"));

  private static final String ORACLE = "what the oracle says of itself";
  private static final String BALANCED =
      "the outcome is the balanced accuracy, since cancer types are of unequal size; the predictions"
          + " that this follows from are checked";
  private static final String TWO_INDICES =
      "labels and clusters are compared by the adjusted Rand index and the mutual information over the"
          + " mean entropy";
  private static final String NO_LABELS =
      "clusters are outcomes by how they agree with labels; how tight they are is told by the"
          + " silhouette";
  private static final String DEPENDENCE =
      "no outcome asks how units depend on each other; of all models alike it is the KL by unit that"
          + " is asked for, and beta-tcvae reports an estimate of its own term";

  /// Why no outcome of a trial is this.
  private static final Map<String, String> NOT_OURS =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("pca/N/own_numpy_test_mse_abs_deviation", ORACLE),
              Map.entry("kmeans/own_lloyd_same_assignments", ORACLE),
              Map.entry("knn/rule", ORACLE),
              Map.entry("knn/N/accuracy", BALANCED),
              Map.entry("knn/N/macro_f1", BALANCED),
              Map.entry("kmeans/calinski_harabasz", NO_LABELS),
              Map.entry("kmeans/davies_bouldin", NO_LABELS),
              Map.entry("agreement_labels_vs_kmeans/ami_arithmetic", TWO_INDICES),
              Map.entry(
                  "agreement_labels_vs_kmeans/contingency", "what the indices are computed from"),
              Map.entry("latent/gaussian_tc_of_means", DEPENDENCE),
              Map.entry("latent/gaussian_tc_of_aggregate_ddof0", DEPENDENCE),
              Map.entry("latent/gaussian_tc_of_aggregate_ddof1", DEPENDENCE),
              Map.entry("latent/correlation_matrix_of_means", DEPENDENCE),
              Map.entry("latent/mean_abs_offdiagonal_correlation", DEPENDENCE),
              Map.entry(
                  "reconstruction/mae",
                  "the error that all models share is the squared one, whatever they train with")));

  private final JsonNode file = Golden.read(GoldenPoints.FILE);

  @Test
  void everyNumberIsGivenOrCheckedOrNotOurs() {
    Set<String> checked = new TreeSet<>();
    CHECKED.values().forEach(checked::addAll);
    TreeSet<String> named = new TreeSet<>(checked);
    assertTrue(named.stream().noneMatch(GIVEN::contains), "given and checked");
    assertTrue(named.stream().noneMatch(NOT_OURS::containsKey), "checked and not ours");
    named.addAll(GIVEN);
    named.addAll(NOT_OURS.keySet());
    Set<String> members = new TreeSet<>();
    members(file, "").forEach(members::add);
    assertEquals(String.join("\n", members), String.join("\n", named));
    CHECKED
        .keySet()
        .forEach(test ->
            assertTrue(
                Arrays.asList(test.getAnnotation(Covers.class).value())
                    .contains(GoldenPoints.FILE)));
    System.out.printf(
        "golden: of %d members of %s %d are given, %d checked and %d no outcomes%n",
        members.size(), GoldenPoints.FILE, GIVEN.size(), checked.size(), NOT_OURS.size());
  }

  /// Paths of numbers, arrays and texts.
  private static Stream<String> members(JsonNode node, String path) {
    if (!node.isObject() || node.has("shape")) {
      return Stream.of(path);
    }
    return node.properties().stream()
        .flatMap(member -> {
          String name = member.getKey().matches("\\d+") ? "N" : member.getKey();
          return members(member.getValue(), path.isEmpty() ? name : path + "/" + name);
        });
  }

  @Test
  void takesTheErrorsOfEachGeneOverSamplesThatComeInBatches() {
    JsonNode expected = Golden.at(file, "reconstruction");
    Golden.Array x = Golden.array(file, "x");
    Golden.Array decoded = Golden.array(expected, "xhat");
    int samples = x.shape()[0];
    for (int rows : List.of(samples, 10)) {
      int genes = x.shape()[1];
      ReconstructionErrors.Gathering errors = new ReconstructionErrors.Gathering(samples, genes);
      try (Scope _ = Scope.withoutGradients()) {
        Tensor all = Tensor.of(DType.FLOAT32, x.floats(), samples, genes);
        Tensor reconstruction = Tensor.of(DType.FLOAT32, decoded.floats(), samples, genes);
        for (int from = 0; from < samples; from += rows) {
          int to = Math.min(samples, from + rows);
          Tensor squares = reconstruction.rows(from, to).squaredError(all.rows(from, to));
          errors.addMean(squares.sum(0).doubles());
        }
      }
      double[] byGene = errors.errors().mean();
      Golden.assertClose(
          Golden.array(expected, "mse_per_gene").doubles(), byGene, 1e-5, 0, "MSE of each gene");
      double mse = Arrays.stream(byGene).average().orElseThrow();
      Golden.assertClose(Golden.number(expected, "mse"), mse, 1e-6, 0, "MSE");
      Golden.assertClose(Golden.number(expected, "rmse"), Math.sqrt(mse), 1e-6, 0, "its root");
    }
  }
}
