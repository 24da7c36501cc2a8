package org.vaescape.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.vaescape.Covers;
import org.vaescape.Golden;

@Covers(value = GoldenPoints.FILE, except = GoldenPoints.UNCHECKED)
class SilhouetteTest {
  @Test
  void isWhatScikitLearnGivesForTheLabels() {
    JsonNode file = Golden.read(GoldenPoints.FILE);
    Golden.assertClose(
        Golden.number(file, "silhouette_labels/mean"),
        Silhouette.mean(GoldenPoints.all(file)),
        1e-6,
        0,
        "silhouette of the labels");
    Golden.assertClose(
        Golden.array(file, "silhouette_labels/per_row").doubles(),
        Silhouette.ofLabelled(GoldenPoints.all(file)),
        1e-6,
        1e-7,
        "silhouette of each sample");
  }

  @Test
  void isWhatScikitLearnGivesForClusters() {
    JsonNode file = Golden.read(GoldenPoints.FILE);
    Points points = GoldenPoints.all(file);
    List<String> clusters =
        Arrays.stream(Golden.array(file, "kmeans/assignments").ints())
            .mapToObj(Integer::toString)
            .toList();
    Golden.assertClose(
        Golden.number(file, "kmeans/silhouette"),
        Silhouette.mean(new Points(points.values(), points.dimensions(), clusters, clusters)),
        1e-6,
        0,
        "silhouette of the clusters");
  }

  @Test
  void countsAPointAloneInItsClassAsZero() {
    // b alone: 0. Both a: within 1; to b 10 and 9.
    Points points = line(List.of("a", "a", "b"), 0, 1, 10);
    assertEquals((9.0 / 10 + 8.0 / 9 + 0) / 3, Silhouette.mean(points), 1e-12);
  }

  @Test
  void leavesOutPointsWithoutALabel() {
    Points points = line(List.of("a", "", "a", "b", ""), 0, 5, 1, 10, -3);
    assertEquals((9.0 / 10 + 8.0 / 9 + 0) / 3, Silhouette.mean(points), 1e-12);
  }

  @Test
  void isZeroWhereAllPointsAreInOnePlace() {
    assertEquals(0, Silhouette.mean(line(List.of("a", "a", "b", "b"), 2, 2, 2, 2)));
  }

  @Test
  void isNotANumberForOneClass() {
    assertTrue(Double.isNaN(Silhouette.mean(line(List.of("a", "a", ""), 0, 1, 2))));
  }

  private static Points line(List<String> labels, float... values) {
    return new Points(values, 1, labels, labels);
  }
}
