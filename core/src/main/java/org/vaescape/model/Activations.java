package org.vaescape.model;

import java.util.List;
import org.vaescape.engine.Tensor;
import org.vaescape.search.Catalogue;
import org.vaescape.search.Member;

/// Every activation of hidden layers that a study can name, with PyTorch's constants. A new one is
/// a line here.
public final class Activations {
  public static final Catalogue<Activation> CATALOGUE =
      new Catalogue<>(
          "activation",
          List.of(
              member("relu", "max(0, x)", "Nair and Hinton 2010, ICML", Tensor::relu),
              member(
                  "leaky-relu",
                  "x above 0, 0.01 x below",
                  "Maas, Hannun and Ng 2013, ICML workshop on deep learning for audio",
                  x -> x.leakyRelu(0.01)),
              member(
                  "elu",
                  "x above 0, exp(x) - 1 below",
                  "Clevert, Unterthiner and Hochreiter 2016, arXiv:1511.07289",
                  Tensor::elu),
              member(
                  "gelu",
                  "x Phi(x) with the normal distribution function Phi, not its tanh approximation",
                  "Hendrycks and Gimpel 2016, arXiv:1606.08415",
                  new Gelu()),
              member(
                  "silu",
                  "x sigmoid(x), also called swish",
                  "Elfwing, Uchibe and Doya 2018, arXiv:1702.03118",
                  Tensor::silu),
              member(
                  "tanh",
                  "hyperbolic tangent",
                  "LeCun, Bottou, Orr and Mueller 1998, Efficient BackProp",
                  Tensor::tanh)));

  private Activations() {}

  private static Member<Activation> member(
      String name, String summary, String source, Activation activation) {
    return new Member<>(name, summary, source, List.of(), _ -> activation);
  }

  /// Made of several operations, whose results the way back needs.
  private record Gelu() implements Activation {
    @Override
    public Tensor apply(Tensor x) {
      return x.gelu();
    }

    @Override
    public int ownTensors() {
      return 4;
    }
  }
}
