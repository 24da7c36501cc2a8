package org.vaescape.train;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/// Finds the minimum of a smooth convex function by limited-memory BFGS (Nocedal 1980) with
/// backtracking. Equal arguments give equal bits.
final class Lbfgs {
  /// Pairs of steps and changes of the gradient that are remembered.
  private static final int MEMORY = 10;

  /// Armijo's share of the descent that the gradient promises.
  private static final double ENOUGH = 1e-4;

  /// Halvings of a step before it is given up: what is left to gain is rounding.
  private static final int MOST_HALVINGS = 40;

  private Lbfgs() {}

  /// A function with its gradient.
  interface Function {
    /// The value at `x`; fills `gradient`.
    double at(double[] x, double[] gradient);
  }

  private record Pair(double[] step, double[] change, double product) {}

  /// Where no element of the gradient is larger than `tolerance`, or as near as `mostSteps` and
  /// rounding allow.
  static double[] minimum(Function function, double[] start, double tolerance, int mostSteps) {
    double[] x = start.clone();
    double[] gradient = new double[x.length];
    double value = function.at(x, gradient);
    Deque<Pair> pairs = new ArrayDeque<>();
    for (int step = 0; step < mostSteps && largest(gradient) > tolerance; step++) {
      double[] direction = direction(gradient, pairs);
      double slope = dot(direction, gradient);
      double length = pairs.isEmpty() ? 1 / Math.sqrt(dot(gradient, gradient)) : 1;
      double[] next = new double[x.length];
      double[] nextGradient = new double[x.length];
      double nextValue = Double.NaN;
      int halvings = 0;
      do {
        for (int i = 0; i < x.length; i++) {
          next[i] = x[i] + length * direction[i];
        }
        nextValue = function.at(next, nextGradient);
        length /= 2;
      } while (!(nextValue <= value + ENOUGH * 2 * length * slope) && ++halvings < MOST_HALVINGS);
      if (halvings == MOST_HALVINGS) {
        return x;
      }
      remember(pairs, difference(next, x), difference(nextGradient, gradient));
      x = next;
      gradient = nextGradient;
      value = nextValue;
    }
    return x;
  }

  private static void remember(Deque<Pair> pairs, double[] step, double[] change) {
    double product = dot(step, change);
    // Flat to rounding: such a pair would turn the next direction anywhere.
    if (product > 1e-12 * dot(change, change)) {
      pairs.addLast(new Pair(step, change, product));
      if (pairs.size() > MEMORY) {
        pairs.removeFirst();
      }
    }
  }

  /// Minus the gradient, through the inverse curvature that the pairs tell (two-loop recursion).
  private static double[] direction(double[] gradient, Deque<Pair> pairs) {
    double[] q = gradient.clone();
    double[] shares = new double[pairs.size()];
    int place = shares.length;
    for (Iterator<Pair> newest = pairs.descendingIterator(); newest.hasNext(); ) {
      Pair pair = newest.next();
      shares[--place] = dot(pair.step, q) / pair.product;
      add(q, -shares[place], pair.change);
    }
    if (!pairs.isEmpty()) {
      Pair last = pairs.getLast();
      double scale = last.product / dot(last.change, last.change);
      for (int i = 0; i < q.length; i++) {
        q[i] *= scale;
      }
    }
    for (Pair pair : pairs) {
      add(q, shares[place++] - dot(pair.change, q) / pair.product, pair.step);
    }
    for (int i = 0; i < q.length; i++) {
      q[i] = -q[i];
    }
    return q;
  }

  private static void add(double[] to, double factor, double[] values) {
    for (int i = 0; i < to.length; i++) {
      to[i] += factor * values[i];
    }
  }

  private static double[] difference(double[] a, double[] b) {
    double[] difference = a.clone();
    add(difference, -1, b);
    return difference;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  private static double largest(double[] values) {
    double largest = 0;
    for (double value : values) {
      largest = Math.max(largest, Math.abs(value));
    }
    return largest;
  }
}
