package org.vaescape.model;

import java.util.List;
import java.util.Optional;
import org.vaescape.engine.ElementError;
import org.vaescape.engine.OutputFunction;
import org.vaescape.engine.Tensor;

/// How far a reconstruction is from the data, gene by gene: a negative log-likelihood, or another
/// error. Members are in [Reconstructions].
public interface ReconstructionTerm {

  /// The error of each element.
  ///
  /// @param decoding what the decoder says, (rows, genes) or (batch, samples, genes)
  /// @param x the data, of a shape that broadcasts to it
  Tensor errors(Decoding decoding, Tensor x);

  /// What is expected of each element, in the data's own scale: what outcomes are measured on.
  default Tensor mean(Decoding decoding, Tensor x) {
    return decoding.output();
  }

  /// What takes the numbers of the output layer to [#mean], as [org.vaescape.engine.WideOutput]
  /// computes it; empty if it does not.
  default Optional<OutputFunction> meanFunction(Output output) {
    return usesOutput() ? output.function() : Optional.empty();
  }

  /// [#errors] as [org.vaescape.engine.WideOutput] computes them, of the output or, where
  /// [#usesOutput] is false, of what comes before its activation; empty if it does not.
  default Optional<ElementError> elementError() {
    return Optional.empty();
  }

  /// The name of one of [#extras] with a number v for each gene that is the logarithm of its
  /// variance: [#elementError] is then that of output and data in units of exp(v / 2), and v / 2 is
  /// to be added to it. Empty if there is none.
  default Optional<String> logVariance() {
    return Optional.empty();
  }

  /// Whether it looks at the decoder through the study's [Output]; a term that needs an activation
  /// of its own does not.
  default boolean usesOutput() {
    return true;
  }

  /// What the encoder sees of the data.
  default Tensor input(Tensor x) {
    return x;
  }

  /// Parameters of its own.
  ///
  /// @param decoded size of what the output layer sees
  default List<Extra> extras(NetworkShape shape, int decoded) {
    return List.of();
  }

  /// What it is times the squared error, for small errors; NaN where it is not.
  double squaredErrorFactor();

  /// How many tensors of the decoder's output size (batch x samples x genes) a training step holds
  /// at once, the way back included: the output, what the way back keeps, and its gradients. What
  /// normalisation and activation keep beside it is not counted here.
  int outputTensors();

  /// What values of the data it can be a likelihood of.
  default Support support() {
    return Support.REALS;
  }

  /// Values that data may have.
  enum Support {
    REALS,
    UNIT_INTERVAL,
    COUNTS
  }
}
