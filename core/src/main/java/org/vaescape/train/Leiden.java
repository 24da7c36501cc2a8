package org.vaescape.train;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.SplittableRandom;

/// Groups of densely joined nodes, by the Leiden algorithm (Traag, Waltman and van Eck 2019,
/// doi:10.1038/s41598-019-41695-z) with modularity at resolution 1, until a round changes nothing.
///
/// Every group is connected. The order of nodes comes from fixed seeds and a node joins the group
/// that gains most, so that equal graphs give equal groups; the original also takes lesser gains at
/// random.
final class Leiden {
  private static final long SEED = 42;

  /// Orders of nodes that are tried, of which the one with the highest modularity is kept: one
  /// alone ends a percent below the best now and then.
  private static final int STARTS = 4;

  /// Gains of modularity below this are rounding.
  private static final double ROUNDING = 1e-12;

  private final SplittableRandom random;

  private Leiden(long seed) {
    random = new SplittableRandom(seed);
  }

  /// The group of each node, numbered from 0 in the order of their first nodes.
  static int[] groups(Graph graph) {
    int[] best = new int[graph.nodes()];
    double highest = Double.NEGATIVE_INFINITY;
    for (int start = 0; start < STARTS; start++) {
      int[] groups = new Leiden(SEED + start).run(graph);
      double modularity = graph.modularity(groups);
      if (modularity > highest + ROUNDING) {
        highest = modularity;
        best = groups;
      }
    }
    return best;
  }

  private int[] run(Graph graph) {
    int[] groups = new int[graph.nodes()];
    Arrays.setAll(groups, node -> node);
    double modularity = graph.modularity(groups);
    while (true) {
      int[] better = round(graph, groups);
      double reached = graph.modularity(better);
      if (!(reached > modularity + ROUNDING)) {
        return groups;
      }
      groups = better;
      modularity = reached;
    }
  }

  /// Moves nodes, then groups of nodes, and so on until there is nothing left to join.
  private int[] round(Graph graph, int[] start) {
    int[] nodeOf = new int[graph.nodes()]; // in the graph of this level
    Arrays.setAll(nodeOf, node -> node);
    Graph level = graph;
    int[] groups = numbered(start);
    while (true) {
      groups = numbered(moved(level, groups));
      int[] parts = numbered(refined(level, groups));
      int count = Arrays.stream(parts).max().orElse(-1) + 1;
      if (count == level.nodes()) {
        int[] found = groups;
        return numbered(Arrays.stream(nodeOf).map(node -> found[node]).toArray());
      }
      int[] groupsOfParts = new int[count];
      for (int node = 0; node < parts.length; node++) {
        groupsOfParts[parts[node]] = groups[node];
      }
      nodeOf = Arrays.stream(nodeOf).map(node -> parts[node]).toArray();
      level = level.grouped(parts, count);
      groups = groupsOfParts;
    }
  }

  /// Fast local moving: a node that moved makes its neighbours outside the new group look again.
  private int[] moved(Graph graph, int[] start) {
    LeidenGroups groups = new LeidenGroups(graph, start);
    Deque<Integer> queue = new ArrayDeque<>();
    boolean[] waiting = new boolean[graph.nodes()];
    for (int node : shuffled(graph.nodes())) {
      queue.addLast(node);
      waiting[node] = true;
    }
    while (!queue.isEmpty()) {
      int node = queue.removeFirst();
      waiting[node] = false;
      if (groups.moveToBest(node)) {
        for (int edge = graph.starts()[node]; edge < graph.starts()[node + 1]; edge++) {
          int other = graph.targets()[edge];
          if (groups.groupOf()[other] != groups.groupOf()[node] && !waiting[other]) {
            queue.addLast(other);
            waiting[other] = true;
          }
        }
      }
    }
    return groups.groupOf();
  }

  /// Parts of each group that hang together: nodes on their own join a part of their group where
  /// that gains most. Node and part must both be well joined with the rest of the group.
  private int[] refined(Graph graph, int[] groups) {
    int[] alone = new int[graph.nodes()];
    Arrays.setAll(alone, node -> node);
    LeidenGroups parts = new LeidenGroups(graph, alone);
    parts.keepWithin(groups);
    for (int node : shuffled(graph.nodes())) {
      parts.joinWithin(node, groups);
    }
    return parts.groupOf();
  }

  private int[] shuffled(int count) {
    int[] order = new int[count];
    for (int i = 0; i < count; i++) {
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }

  /// Numbers anew, in the order of first nodes.
  private static int[] numbered(int[] groups) {
    int[] number = new int[groups.length];
    Arrays.fill(number, -1);
    int next = 0;
    int[] numbered = new int[groups.length];
    for (int node = 0; node < groups.length; node++) {
      if (number[groups[node]] < 0) {
        number[groups[node]] = next++;
      }
      numbered[node] = number[groups[node]];
    }
    return numbered;
  }
}
