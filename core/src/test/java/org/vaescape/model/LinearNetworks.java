package org.vaescape.model;

import java.util.List;
import java.util.Map;
import org.vaescape.engine.Device;
import org.vaescape.engine.Precision;
import org.vaescape.engine.Tensor;

/// Networks without hidden layers whose output is a linear function of the code.
public final class LinearNetworks {
  private static final LayerStyle STYLE =
      new LayerStyle(Tensor::relu, Normalization.NONE, 0, output -> output, false, false);

  private LinearNetworks() {}

  /// Networks in 64 bits.
  ///
  /// @param values of parameters, row by row; what is not named is 0
  public static Networks of(
      VaeModel model,
      ReconstructionTerm term,
      int genes,
      int latent,
      Map<String, double[]> values) {
    NetworkShape shape = new NetworkShape(genes, List.of(), latent, STYLE);
    return new Networks(
        shape,
        NetworkParts.of(model, term, shape),
        (name, _, count) -> values.getOrDefault(name, new double[count]),
        Precision.FP64,
        Device.CPU);
  }
}
