package org.vaescape.model;

import java.util.List;
import java.util.Optional;
import org.vaescape.engine.ElementError;
import org.vaescape.engine.Tensor;
import org.vaescape.search.Member;

/// (y - x)^2, the error of the study.
public record SquaredError() implements ReconstructionTerm {
  static final Member<ReconstructionTerm> MEMBER =
      new Member<>(
          "mse",
          "squared error",
          "Gaussian of variance 1/2, up to a constant",
          List.of(),
          _ -> new SquaredError());

  @Override
  public Tensor errors(Decoding decoding, Tensor x) {
    try (Tensor output = decoding.output()) {
      return output.squaredError(x);
    }
  }

  @Override
  public Optional<ElementError> elementError() {
    return Optional.of(new ElementError.Squared(1, 0));
  }

  @Override
  public double squaredErrorFactor() {
    return 1;
  }

  @Override
  public int outputTensors() {
    return 3;
  }
}
