package org.vaescape.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// Every number that a trained network consists of, by name: weights, biases, and running mean and
/// variance of each normalisation. Names and shapes as PyTorch has them (`encoder.0.linear.weight`
/// is [out, in]).
///
/// @param arrays in the order of the network
public record Weights(SequencedMap<String, Array> arrays) {
  public Weights {
    arrays = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(arrays));
  }

  /// Numbers in a shape.
  ///
  /// @param shape length of each axis; empty for a single number
  /// @param values row by row, the last axis fastest; copied on the way in, never written to
  public record Array(List<Integer> shape, float[] values) {
    public Array {
      shape = List.copyOf(shape);
      values = values.clone();
      if (shape.stream().anyMatch(length -> length < 0) || size(shape) != values.length) {
        throw new IllegalArgumentException(
            "%d values do not fit shape %s".formatted(values.length, shape));
      }
    }
  }

  /// The array of this name.
  ///
  /// @throws IllegalArgumentException if there is none
  public Array array(String name) {
    Array array = arrays.get(name);
    if (array == null) {
      throw new IllegalArgumentException("no weights named " + name + " among " + arrays.keySet());
    }
    return array;
  }

  /// Number of values in a shape; stops counting at 2^40, more than any array holds.
  static long size(List<Integer> shape) {
    long size = 1;
    for (int length : shape) {
      size = Math.min(size * length, 1L << 40);
    }
    return size;
  }
}
