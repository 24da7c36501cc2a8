package org.vaescape.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// An undirected weighted graph; every edge stands at both of its ends.
///
/// @param starts index of each node's first edge, and the number of ends of edges last
/// @param targets the other end of each edge, ascending within a node, never the node itself
/// @param weights of each edge
/// @param loops weight of each node's edge to itself, 0 for none
record Graph(int[] starts, int[] targets, double[] weights, double[] loops) {

  /// The graph of these edges.
  ///
  /// @param edges weights by the other end, for each node; each edge stands at both ends
  static Graph of(List<SortedMap<Integer, Double>> edges, double[] loops) {
    int[] starts = new int[loops.length + 1];
    for (int node = 0; node < loops.length; node++) {
      starts[node + 1] = starts[node] + edges.get(node).size();
    }
    int[] targets = new int[starts[loops.length]];
    double[] weights = new double[targets.length];
    int place = 0;
    for (SortedMap<Integer, Double> ofNode : edges) {
      for (Map.Entry<Integer, Double> edge : ofNode.entrySet()) {
        targets[place] = edge.getKey();
        weights[place++] = edge.getValue();
      }
    }
    return new Graph(starts, targets, weights, loops);
  }

  /// Joins every point with its nearest others by an edge of weight 1, whichever of the two finds
  /// the other near. Of others at equal distance those of smaller index are nearer.
  ///
  /// @param neighbours of each point; all others where there are fewer
  /// @param loop weight of an edge from every point to itself
  static Graph ofNeighbours(Points points, int neighbours, double loop) {
    int count = Math.min(neighbours, points.size() - 1);
    List<SortedMap<Integer, Double>> edges = without(points.size());
    for (int i = 0; i < points.size(); i++) {
      for (int j : nearest(points, i, count)) {
        edges.get(i).put(j, 1.0);
        edges.get(j).put(i, 1.0);
      }
    }
    double[] loops = new double[points.size()];
    Arrays.fill(loops, loop);
    return of(edges, loops);
  }

  private static int[] nearest(Points points, int query, int count) {
    Nearest nearest = new Nearest(count);
    for (int i = 0; i < points.size(); i++) {
      double distance = points.squaredDistance(query, points, i);
      // NaN is no distance, and a point is no neighbour of itself.
      if (i != query && !Double.isNaN(distance)) {
        nearest.see(i, distance);
      }
    }
    return nearest.indices();
  }

  /// The graph whose nodes are groups of this one's; edges within a group become its loop.
  ///
  /// @param groupOf each node, from 0
  Graph grouped(int[] groupOf, int groups) {
    double[] within = new double[groups];
    List<SortedMap<Integer, Double>> edges = without(groups);
    for (int node = 0; node < nodes(); node++) {
      within[groupOf[node]] += loops[node];
      for (int edge = starts[node]; edge < starts[node + 1]; edge++) {
        int other = groupOf[targets[edge]];
        if (other == groupOf[node]) {
          within[other] += weights[edge] / 2; // it stands at both ends
        } else {
          edges.get(groupOf[node]).merge(other, weights[edge], Double::sum);
        }
      }
    }
    return of(edges, within);
  }

  private static List<SortedMap<Integer, Double>> without(int nodes) {
    List<SortedMap<Integer, Double>> edges = new ArrayList<>();
    for (int node = 0; node < nodes; node++) {
      edges.add(new TreeMap<>());
    }
    return edges;
  }

  int nodes() {
    return loops.length;
  }

  /// For each node the sum of the weights of its edges; a loop has both ends there.
  double[] strengths() {
    double[] strengths = new double[nodes()];
    for (int node = 0; node < strengths.length; node++) {
      strengths[node] = 2 * loops[node];
      for (int edge = starts[node]; edge < starts[node + 1]; edge++) {
        strengths[node] += weights[edge];
      }
    }
    return strengths;
  }

  /// Newman's modularity of groups at resolution 1: the share of the weight within groups beyond
  /// what equal strengths would put there by chance; 0 without edges.
  double modularity(int[] groupOf) {
    double[] strengths = strengths();
    double all = Arrays.stream(strengths).sum(); // twice the weight of all edges
    double[] ofGroup = new double[nodes()];
    double within = 0;
    for (int node = 0; node < nodes(); node++) {
      ofGroup[groupOf[node]] += strengths[node];
      within += 2 * loops[node];
      for (int edge = starts[node]; edge < starts[node + 1]; edge++) {
        within += groupOf[targets[edge]] == groupOf[node] ? weights[edge] : 0;
      }
    }
    if (all == 0) {
      return 0;
    }
    double chance = Arrays.stream(ofGroup).map(sum -> sum / all * (sum / all)).sum();
    return within / all - chance;
  }
}
