package org.vaescape.model;

import java.util.List;
import org.vaescape.search.HyperParameter;
import org.vaescape.search.Settings;

/// The setting that chooses between the textbook form of a loss and that of the study's code base
/// (AntixK/PyTorch-VAE), where the two differ.
final class Compatibility {
  private static final String PYTORCH_VAE = "pytorch-vae";

  static final HyperParameter SETTING =
      new HyperParameter.Choice(
          "compat",
          "none",
          List.of("none", PYTORCH_VAE),
          "form of the loss: none is the textbook's, pytorch-vae the code base's");

  private Compatibility() {}

  static boolean isPytorchVae(Settings settings) {
    return settings.choice(SETTING.name()).equals(PYTORCH_VAE);
  }
}
