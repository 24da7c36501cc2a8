package org.vaescape.train;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Groups of a graph's nodes while nodes move between them, with the sums that tell what a move
/// gains in modularity.
final class LeidenGroups {
  /// A node moves only for more than this; less is rounding.
  private static final double ROUNDING = 1e-9;

  private final Graph graph;
  private final int[] groupOf;
  private final double[] strengths;

  /// Twice the weight of all edges.
  private final double all;

  private final double[] strengthOf;
  private final int[] sizes;

  /// Weight between the node in question and each group; 0 but while it is looked at.
  private final double[] toGroup;

  /// The wider groups that [#joinWithin] keeps to: their strengths, by their numbers.
  private final double[] strengthOfWider;

  /// Weight between each group and the rest of its wider group.
  private final double[] toRest;

  LeidenGroups(Graph graph, int[] start) {
    this.graph = graph;
    groupOf = start.clone();
    strengths = graph.strengths();
    all = Arrays.stream(strengths).sum();
    strengthOf = new double[graph.nodes()];
    sizes = new int[graph.nodes()];
    toGroup = new double[graph.nodes()];
    strengthOfWider = new double[graph.nodes()];
    toRest = new double[graph.nodes()];
    for (int node = 0; node < groupOf.length; node++) {
      strengthOf[groupOf[node]] += strengths[node];
      sizes[groupOf[node]]++;
    }
  }

  int[] groupOf() {
    return groupOf;
  }

  /// Moves a node to the group that gains most, an empty one too; whether it moved.
  boolean moveToBest(int node) {
    int own = groupOf[node];
    addWeights(node, null);
    double most = gain(node, own);
    int best = own;
    for (int edge = graph.starts()[node]; edge < graph.starts()[node + 1]; edge++) {
      int group = groupOf[graph.targets()[edge]];
      double gain = gain(node, group);
      if (gain > most + ROUNDING) {
        most = gain;
        best = group;
      }
    }
    if (most < -ROUNDING) {
      best = emptyGroup();
    }
    clearWeights(node);
    move(node, best);
    return best != own;
  }

  /// Prepares [#joinWithin], while every node is alone.
  ///
  /// @param wider the group of each node that it must not leave
  void keepWithin(int[] wider) {
    for (int node = 0; node < groupOf.length; node++) {
      strengthOfWider[wider[node]] += strengths[node];
      for (int edge = graph.starts()[node]; edge < graph.starts()[node + 1]; edge++) {
        if (wider[graph.targets()[edge]] == wider[node]) {
          toRest[groupOf[node]] += graph.weights()[edge];
        }
      }
    }
  }

  /// Lets a node that is still alone join the part of its wider group that gains most, if node and
  /// part are both well joined with the rest of that group.
  void joinWithin(int node, int[] wider) {
    int own = groupOf[node];
    if (sizes[own] != 1 || !isWellJoined(own, wider[node])) {
      return;
    }
    addWeights(node, wider);
    double most = 0;
    int best = own;
    for (int edge = graph.starts()[node]; edge < graph.starts()[node + 1]; edge++) {
      int group = groupOf[graph.targets()[edge]];
      double gain = gain(node, group);
      if (wider[graph.targets()[edge]] == wider[node]
          && gain > most + ROUNDING
          && isWellJoined(group, wider[node])) {
        most = gain;
        best = group;
      }
    }
    if (best != own) {
      toRest[best] += toRest[own] - 2 * toGroup[best];
    }
    clearWeights(node);
    move(node, best);
  }

  private boolean isWellJoined(int group, int wider) {
    double others = strengthOfWider[wider] - strengthOf[group];
    return toRest[group] >= strengthOf[group] * others / all - ROUNDING;
  }

  /// What the node adds to a group that it is in, or would be in.
  private double gain(int node, int group) {
    double others = strengthOf[group] - (groupOf[node] == group ? strengths[node] : 0);
    return toGroup[group] - strengths[node] * others / all;
  }

  /// @param within groups outside which edges do not count, or null
  private void addWeights(int node, int @Nullable [] within) {
    for (int edge = graph.starts()[node]; edge < graph.starts()[node + 1]; edge++) {
      int other = graph.targets()[edge];
      if (within == null || within[other] == within[node]) {
        toGroup[groupOf[other]] += graph.weights()[edge];
      }
    }
  }

  private void clearWeights(int node) {
    for (int edge = graph.starts()[node]; edge < graph.starts()[node + 1]; edge++) {
      toGroup[groupOf[graph.targets()[edge]]] = 0;
    }
  }

  private int emptyGroup() {
    int group = 0;
    while (sizes[group] > 0) {
      group++;
    }
    return group;
  }

  private void move(int node, int group) {
    strengthOf[groupOf[node]] -= strengths[node];
    sizes[groupOf[node]]--;
    groupOf[node] = group;
    strengthOf[group] += strengths[node];
    sizes[group]++;
  }
}
