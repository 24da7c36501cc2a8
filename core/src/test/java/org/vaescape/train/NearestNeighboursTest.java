package org.vaescape.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vaescape.Covers;
import org.vaescape.Golden;

@Covers(value = GoldenPoints.FILE, except = GoldenPoints.UNCHECKED)
class NearestNeighboursTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 5, 7})
  void predictsWhatScikitLearnPredicts(int neighbours) {
    JsonNode file = Golden.read(GoldenPoints.FILE);
    Points training = GoldenPoints.rows(file, "train_rows");
    Points queries = GoldenPoints.rows(file, "test_rows");
    JsonNode expected = Golden.at(file, "knn/" + neighbours);
    NearestNeighbours classifier = new NearestNeighbours(training, neighbours, false);

    List<String> predictions = classifier.predict(queries);
    assertEquals(
        Arrays.stream(Golden.array(expected, "predictions").ints())
            .mapToObj(Integer::toString)
            .toList(),
        predictions);
    Golden.assertClose(
        Golden.number(expected, "balanced_accuracy"),
        NearestNeighbours.balancedAccuracy(queries.labels(), predictions),
        1e-12,
        0,
        "balanced accuracy");
    Golden.Array positions = Golden.array(expected, "neighbour_positions_in_train");
    for (int query = 0; query < queries.size(); query++) {
      assertArrayEquals(positions.slice(query).ints(), classifier.nearest(queries, query));
    }
  }

  @Test
  void breaksTiesInTheVoteByTheSmallestLabel() {
    Points training = line(List.of("b", "a", "c"), 1, 2, 3);
    assertEquals(
        List.of("a"), new NearestNeighbours(training, 3, false).predict(line(List.of(""), 0)));
  }

  @Test
  void takesTheSmallerIndexOfNeighboursAtEqualDistance() {
    Points training = line(List.of("right", "left", "left"), 1, -1, -1);
    Points origin = line(List.of(""), 0);
    assertEquals(List.of("right"), new NearestNeighbours(training, 1, false).predict(origin));
    assertArrayEquals(
        new int[] {0, 1}, new NearestNeighbours(training, 2, false).nearest(origin, 0));
  }

  @Test
  void leavesOutNeighboursOfTheQuerysOwnPatient() {
    Points training =
        new Points(new float[] {0, 0.1f, 9}, 1, List.of("a", "a", "b"), List.of("p", "p", "q"));
    Points query = new Points(new float[] {0}, 1, List.of("b"), List.of("p"));
    assertEquals(List.of("a"), new NearestNeighbours(training, 1, false).predict(query));
    assertEquals(List.of("b"), new NearestNeighbours(training, 1, true).predict(query));
    assertEquals(List.of("b"), new NearestNeighbours(training, 3, true).predict(query));
  }

  @Test
  void asksNoTrainingPointWithoutALabel() {
    Points training = line(List.of("", "far"), 0, 100);
    assertEquals(
        List.of("far"), new NearestNeighbours(training, 2, false).predict(line(List.of("x"), 0)));
    assertEquals(
        List.of(""),
        new NearestNeighbours(line(List.of(""), 0), 1, false).predict(line(List.of("x"), 0)));
  }

  @Test
  void givesEachClassTheSameWeightInBalancedAccuracy() {
    List<String> labels = List.of("a", "a", "a", "a", "b", "b", "", "c");
    List<String> predictions = List.of("a", "a", "a", "b", "b", "a", "a", "a");
    assertEquals(
        (0.75 + 0.5 + 0) / 3, NearestNeighbours.balancedAccuracy(labels, predictions), 1e-15);
    assertEquals(
        Double.NaN, NearestNeighbours.balancedAccuracy(List.of("", ""), List.of("a", "b")));
  }

  @Test
  void findsTheSameNeighboursAsSortingAllDistances() {
    // 23 dimensions: not a multiple of the four sums that a distance is made of.
    Points training = PlantedPoints.of(300, 23, 5, 1);
    Points queries = PlantedPoints.of(20, 23, 5, 2);
    NearestNeighbours classifier = new NearestNeighbours(training, 9, false);
    for (int query = 0; query < queries.size(); query++) {
      int q = query;
      assertArrayEquals(
          IntStream.range(0, training.size())
              .boxed()
              .sorted(Comparator.comparingDouble(i -> plainDistance(queries, q, training, i)))
              .limit(9)
              .mapToInt(Integer::intValue)
              .toArray(),
          classifier.nearest(queries, query));
    }
  }

  @Test
  void refusesQueriesOfAnotherSpace() {
    NearestNeighbours classifier = new NearestNeighbours(PlantedPoints.of(3, 2, 2, 1), 1, false);
    assertThrows(
        IllegalArgumentException.class, () -> classifier.predict(PlantedPoints.of(3, 4, 2, 1)));
  }

  private static double plainDistance(Points a, int i, Points b, int j) {
    double sum = 0;
    for (int d = 0; d < a.dimensions(); d++) {
      sum +=
          Math.pow(
              (double) a.values()[i * a.dimensions() + d] - b.values()[j * b.dimensions() + d], 2);
    }
    return sum;
  }

  private static Points line(List<String> labels, float... values) {
    return new Points(
        values, 1, labels, IntStream.range(0, values.length).mapToObj(i -> "patient" + i).toList());
  }
}
