package org.vaescape.model;

import java.util.List;
import org.vaescape.search.Catalogue;

/// Every reconstruction term that a study can name. A new one is a file of its own and a line here.
public final class Reconstructions {
  public static final Catalogue<ReconstructionTerm> CATALOGUE =
      new Catalogue<>(
          "reconstruction",
          List.of(
              SquaredError.MEMBER,
              GaussianLikelihood.MEMBER,
              BernoulliLikelihood.MEMBER,
              LaplaceLikelihood.MEMBER,
              LogCosh.MEMBER,
              NegativeBinomial.MEMBER,
              ZeroInflatedNegativeBinomial.MEMBER));

  private Reconstructions() {}
}
