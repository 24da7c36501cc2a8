package org.vaescape.model;

import java.util.List;
import org.vaescape.search.Catalogue;

/// Every model that a study can name. A new one is a file of its own and a line here.
public final class Models {
  public static final Catalogue<VaeModel> CATALOGUE =
      new Catalogue<>(
          "model",
          List.of(
              Vae.MEMBER,
              Iwae.MEMBER,
              InfoVae.MEMBER,
              LogCoshVae.MEMBER,
              BetaVae.MEMBER,
              CapacityVae.MEMBER,
              BetaTcVae.MEMBER,
              DipVae.MEMBER,
              Miwae.MEMBER,
              Ciwae.MEMBER,
              Piwae.MEMBER,
              WassersteinAutoencoder.MEMBER,
              SlicedWassersteinAutoencoder.MEMBER,
              RegularizedAutoencoder.MEMBER,
              Autoencoder.MEMBER,
              DenoisingAutoencoder.MEMBER,
              FactorVae.MEMBER,
              AdversarialAutoencoder.MEMBER,
              VampVae.MEMBER,
              CategoricalVae.MEMBER,
              JointVae.MEMBER,
              VectorQuantizedVae.MEMBER));

  private Models() {}
}
