package org.vaescape.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.vaescape.Covers;
import org.vaescape.Golden;

@Covers(value = GoldenPoints.FILE, except = GoldenPoints.UNCHECKED)
class ClustersTest {
  private static final JsonNode FILE = Golden.read(GoldenPoints.FILE);

  @Test
  void movesCentresAsScikitLearnDoes() {
    Points points = GoldenPoints.all(FILE);
    int[] rows = Golden.array(FILE, "kmeans/initial_centre_rows").ints();
    double[] centres =
        Arrays.stream(rows)
            .mapToObj(row -> Golden.array(FILE, "x").slice(row).doubles())
            .flatMapToDouble(Arrays::stream)
            .toArray();
    KMeans found = KMeans.from(points, centres);
    assertArrayEquals(Golden.array(FILE, "kmeans/assignments").ints(), found.assignments());
    Golden.assertClose(
        Golden.array(FILE, "kmeans/centres").doubles(), found.centres(), 1e-6, 0, "centres");
    Golden.assertClose(Golden.number(FILE, "kmeans/inertia"), found.inertia(), 1e-6, 0, "inertia");
    assertEquals(
        Golden.number(FILE, "kmeans/silhouette"),
        Silhouette.mean(labelled(points, found.assignments())),
        1e-6);
    assertTrue(KMeans.fit(points, 4).inertia() <= found.inertia() + 1e-9, "better starts");
  }

  private static Points labelled(Points points, int[] clusters) {
    List<String> labels = Arrays.stream(clusters).mapToObj(Integer::toString).toList();
    return new Points(points.values(), points.dimensions(), labels, points.patients());
  }

  @Test
  void agreesWithScikitLearnOnAgreement() {
    List<String> labels = GoldenPoints.all(FILE).labels();
    JsonNode expected = Golden.at(FILE, "agreement_labels_vs_kmeans");
    Agreement agreement = Agreement.of(labels, Golden.array(FILE, "kmeans/assignments").ints());
    assertEquals(Golden.number(expected, "ari"), agreement.randIndex(), 1e-9);
    assertEquals(
        Golden.number(expected, "mutual_information_nats"), agreement.mutualInformation(), 1e-9);
    assertEquals(
        Golden.number(expected, "nmi_arithmetic"), agreement.normalizedInformation(), 1e-9);
    assertEquals(
        Golden.number(expected, "nmi_geometric"),
        agreement.mutualInformation() / Math.sqrt(agreement.entropy() * agreement.otherEntropy()),
        1e-9);
    assertEquals(
        Golden.number(expected, "homogeneity"),
        agreement.mutualInformation() / agreement.entropy(),
        1e-9);
    assertEquals(
        Golden.number(expected, "completeness"),
        agreement.mutualInformation() / agreement.otherEntropy(),
        1e-9);
    JsonNode random = Golden.at(FILE, "agreement_labels_vs_random");
    Agreement byChance = Agreement.of(labels, Golden.array(random, "assignments").ints());
    assertEquals(Golden.number(random, "ari"), byChance.randIndex(), 1e-9);
    assertEquals(Golden.number(random, "nmi_arithmetic"), byChance.normalizedInformation(), 1e-9);
  }

  @Test
  void leavesOutSamplesWithoutALabel() {
    Agreement all = Agreement.of(List.of("a", "a", "b", "b"), new int[] {0, 0, 1, 0});
    Agreement some = Agreement.of(List.of("a", "", "a", "b", "b"), new int[] {0, 1, 0, 1, 0});
    assertEquals(all, some);
    assertTrue(Double.isNaN(Agreement.of(List.of("a", ""), new int[] {0, 1}).randIndex()));
    assertEquals(1, Agreement.of(List.of("x", "y"), new int[] {1, 0}).randIndex());
  }

  @Test
  void findsPlantedClustersHoweverFarApartThatIs() {
    for (double scale : new double[] {1e-6, 1, 1e6}) {
      Points unscaled = PlantedPoints.of(90, 10, 3, 1);
      float[] values = unscaled.values().clone();
      for (int i = 0; i < values.length; i++) {
        values[i] *= (float) scale;
      }
      Points points = new Points(values, 10, unscaled.labels(), unscaled.patients());
      for (int[] groups :
          List.of(
              KMeans.fit(points, 3).assignments(),
              Leiden.groups(Graph.ofNeighbours(points, 15, 0)))) {
        assertEquals(1, Agreement.of(points.labels(), groups).randIndex(), 1e-12);
      }
    }
  }

  @Test
  void groupsPointsThatAreAllInOnePlace() {
    Points points =
        new Points(new float[8], 2, List.of("a", "b", "a", "b"), List.of("p", "q", "r", "s"));
    assertEquals(0, KMeans.fit(points, 2).inertia());
    assertEquals(4, Leiden.groups(Graph.ofNeighbours(points, 15, 0)).length);
  }
}
