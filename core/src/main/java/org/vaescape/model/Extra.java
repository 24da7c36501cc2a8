package org.vaescape.model;

import java.util.List;
import java.util.OptionalDouble;

/// A parameter, or a layer of them, beside encoder and decoder. What is named `adversary.` belongs
/// to the opponent of an [Adversarial] model, which has a loss and steps of its own.
public sealed interface Extra {
  /// Beginning of the names of what belongs to an opponent.
  String ADVERSARY = "adversary.";

  String name();

  /// How many numbers it has.
  long size();

  /// A linear layer, with `name.weight` (outputs, inputs) and `name.bias`.
  record Linear(String name, int inputs, int outputs) implements Extra {
    @Override
    public long size() {
      return (long) outputs * inputs + outputs;
    }
  }

  /// Numbers that are trained.
  ///
  /// @param inputs what the initializer takes for its fan-in
  /// @param constant what all of them start as; drawn by the initializer where empty
  record Values(String name, List<Integer> shape, int inputs, OptionalDouble constant)
      implements Extra {
    public Values {
      shape = List.copyOf(shape);
    }

    @Override
    public long size() {
      return shape.stream().mapToLong(Integer::longValue).reduce(1, Math::multiplyExact);
    }
  }
}
