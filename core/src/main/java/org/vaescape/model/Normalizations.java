package org.vaescape.model;

import java.util.List;
import org.vaescape.search.Catalogue;
import org.vaescape.search.Member;

/// Every normalisation of hidden layers that a study can name, with PyTorch's constants.
public final class Normalizations {
  public static final Catalogue<Normalization> CATALOGUE =
      new Catalogue<>(
          "normalization",
          List.of(
              member(
                  "batch",
                  "each unit over the batch, by running statistics outside training; train.norm-momentum and norm-epsilon set its constants",
                  "Ioffe and Szegedy 2015, arXiv:1502.03167",
                  Normalization.BATCH),
              member(
                  "layer",
                  "each sample over the units of the layer; epsilon 1e-5",
                  "Ba, Kiros and Hinton 2016, arXiv:1607.06450",
                  Normalization.LAYER),
              member(
                  "none",
                  "nothing",
                  "Kingma and Welling 2014, arXiv:1312.6114",
                  Normalization.NONE)));

  private Normalizations() {}

  private static Member<Normalization> member(
      String name, String summary, String source, Normalization normalization) {
    return new Member<>(name, summary, source, List.of(), _ -> normalization);
  }
}
