package org.vaescape.model;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.vaescape.engine.OutputFunction;
import org.vaescape.engine.Tensor;
import org.vaescape.search.Catalogue;
import org.vaescape.search.Member;

/// Every output of the decoder that a study can name. A new one is a line here.
public final class Outputs {
  static final Output SIGMOID = new Named(1, OutputFunction.SIGMOID, Tensor::sigmoid);

  public static final Catalogue<Output> CATALOGUE =
      new Catalogue<>(
          "output",
          List.of(
              member(
                  "sigmoid",
                  "in (0, 1), for data scaled by min-max",
                  "Way and Greene 2018, doi:10.1142/9789813235533_0008",
                  SIGMOID),
              member(
                  "linear",
                  "any number, for z-scores and data that are not scaled",
                  "Eltager et al. 2023, doi:10.1371/journal.pone.0292126",
                  new Named(0, OutputFunction.IDENTITY, Tensor::alias)),
              member(
                  "softplus",
                  "log(1 + exp(x)), above 0, for data that are never negative",
                  "Dugas et al. 2001, NIPS 13",
                  new Named(2, OutputFunction.SOFTPLUS, Tensor::softplus))));

  private Outputs() {}

  private record Named(int keeps, OutputFunction inBlocks, UnaryOperator<Tensor> ofTensor)
      implements Output {
    @Override
    public Tensor apply(Tensor x) {
      return ofTensor.apply(x);
    }

    @Override
    public Optional<OutputFunction> function() {
      return Optional.of(inBlocks);
    }
  }

  private static Member<Output> member(String name, String summary, String source, Output output) {
    return new Member<>(name, summary, source, List.of(), _ -> output);
  }
}
