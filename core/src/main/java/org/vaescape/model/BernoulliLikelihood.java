package org.vaescape.model;

import java.util.List;
import java.util.Optional;
import org.vaescape.engine.ElementError;
import org.vaescape.engine.OutputFunction;
import org.vaescape.engine.Tensor;
import org.vaescape.search.Member;

/// The binary cross-entropy in nats of data in [0, 1], which are read as probabilities:
///
/// ```
/// -x log y - (1 - x) log(1 - y) = softplus(l) - x l,   y = sigmoid(l)
/// ```
public record BernoulliLikelihood() implements ReconstructionTerm {
  static final Member<ReconstructionTerm> MEMBER =
      new Member<>(
          "bce",
          "binary cross-entropy, for data in [0, 1]; the output is a sigmoid, whatever is asked for",
          "Kingma and Welling 2014, arXiv:1312.6114, appendix C.1",
          List.of(),
          _ -> new BernoulliLikelihood());

  @Override
  public Tensor errors(Decoding decoding, Tensor x) {
    try (Tensor logits = decoding.linear();
        Tensor products = logits.times(x);
        Tensor bent = logits.softplus()) {
      return bent.minus(products);
    }
  }

  @Override
  public Tensor mean(Decoding decoding, Tensor x) {
    try (Tensor logits = decoding.linear()) {
      return logits.sigmoid();
    }
  }

  @Override
  public Optional<OutputFunction> meanFunction(Output output) {
    return Optional.of(OutputFunction.SIGMOID);
  }

  @Override
  public boolean usesOutput() {
    return false;
  }

  @Override
  public Optional<ElementError> elementError() {
    return Optional.of(new ElementError.Bernoulli());
  }

  @Override
  public double squaredErrorFactor() {
    return Double.NaN;
  }

  @Override
  public int outputTensors() {
    return 4;
  }

  @Override
  public Support support() {
    return Support.UNIT_INTERVAL;
  }
}
