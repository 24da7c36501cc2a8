package org.vaescape.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.vaescape.Covers;
import org.vaescape.Golden;

/// Against scikit-learn and leidenalg.
@Covers("analysis/labels")
class LabelOutcomesGoldenTest {
  private final JsonNode file = Golden.read("analysis/labels");

  private Points points() {
    Golden.Array x = Golden.array(file, "x");
    List<String> labels =
        Arrays.stream(Golden.array(file, "labels").ints()).mapToObj(Integer::toString).toList();
    return new Points(x.floats(), x.shape()[1], labels, labels);
  }

  @Test
  void fitsLogisticRegressionAsScikitLearnDoes() {
    int[] train = Golden.array(file, "train_rows").ints();
    LogisticRegression model = LogisticRegression.fit(points(), train, 1e-8);
    JsonNode expected = Golden.at(file, "logistic");
    Golden.assertClose(
        Golden.array(expected, "weights").doubles(), model.weights(), 1e-4, 1e-5, "weights");
    Golden.assertClose(
        Golden.array(expected, "intercepts").doubles(),
        model.intercepts(),
        1e-4,
        1e-5,
        "intercepts");
    int[] test = Golden.array(file, "test_rows").ints();
    List<String> told =
        LogisticRegression.fit(points(), train).predict(points(), test); // as trials have it
    assertEquals(
        Arrays.stream(Golden.array(expected, "predictions").ints())
            .mapToObj(Integer::toString)
            .toList(),
        told);
    assertEquals(
        Golden.number(expected, "balanced_accuracy"),
        NearestNeighbours.balancedAccuracy(
            Arrays.stream(test).mapToObj(points().labels()::get).toList(), told),
        1e-9);
  }

  @Test
  void joinsNeighboursAndMeasuresGroupsAsIgraphDoes() {
    Points points = points();
    int[] labels = Golden.array(file, "labels").ints();
    Graph graph = Graph.ofNeighbours(points, 15, 0);
    int[] degrees =
        IntStream.range(0, graph.nodes())
            .map(node -> graph.starts()[node + 1] - graph.starts()[node])
            .toArray();
    assertArrayEquals(Golden.array(file, "graph/degrees").ints(), degrees);
    assertEquals(Golden.number(file, "graph/modularity_of_labels"), graph.modularity(labels), 1e-9);
    Graph withSelf = Graph.ofNeighbours(points, 14, 1);
    assertEquals(
        Golden.number(file, "graph_with_self/edges"),
        withSelf.targets().length / 2.0 + points.size());
    assertEquals(
        Golden.number(file, "graph_with_self/modularity_of_labels"),
        withSelf.modularity(labels),
        1e-9);
  }

  @Test
  void findsGroupsAsGoodAsTheBestOfAHundredRunsOfLeidenalg() {
    Points points = points();
    Graph graph = Graph.ofNeighbours(points, 15, 0);
    int[] groups = Leiden.groups(graph);
    double best = Golden.number(file, "graph/best_modularity");
    assertTrue(graph.modularity(groups) > best - 1e-3, "but reached " + graph.modularity(groups));
    Agreement agreement = Agreement.of(points.labels(), groups);
    assertEquals(Golden.number(file, "graph/ari_of_best"), agreement.randIndex(), 0.02);
    assertEquals(Golden.number(file, "graph/nmi_of_best"), agreement.normalizedInformation(), 0.02);
    Graph withSelf = Graph.ofNeighbours(points, 14, 1);
    double bestWithSelf = Golden.number(file, "graph_with_self/best_modularity");
    assertTrue(withSelf.modularity(Leiden.groups(withSelf)) > bestWithSelf - 1e-3);
  }

  @Test
  void findsTheGroupsOfTheKarateClub() {
    int[] ends = Golden.array(file, "karate/edges").ints();
    List<SortedMap<Integer, Double>> edges = new ArrayList<>();
    IntStream.range(0, 34).forEach(_ -> edges.add(new TreeMap<>()));
    for (int i = 0; i < ends.length; i += 2) {
      edges.get(ends[i]).put(ends[i + 1], 1.0);
      edges.get(ends[i + 1]).put(ends[i], 1.0);
    }
    Graph graph = Graph.of(edges, new double[34]);
    int[] groups = Leiden.groups(graph);
    assertEquals(Golden.number(file, "karate/best_modularity"), graph.modularity(groups), 1e-9);
    List<String> expected =
        Arrays.stream(Golden.array(file, "karate/best_groups").ints())
            .mapToObj(Integer::toString)
            .toList();
    assertEquals(1, Agreement.of(expected, groups).randIndex(), 1e-12);
  }

  @Test
  void agreesOnTheGroupsOfLeidenalg() {
    int[] best = Golden.array(file, "graph/best_groups").ints();
    Agreement agreement = Agreement.of(points().labels(), best);
    assertEquals(Golden.number(file, "graph/ari_of_best"), agreement.randIndex(), 1e-9);
    assertEquals(Golden.number(file, "graph/nmi_of_best"), agreement.normalizedInformation(), 1e-9);
    assertEquals(
        Golden.number(file, "graph/best_modularity"),
        Graph.ofNeighbours(points(), 15, 0).modularity(best),
        1e-9);
  }
}
