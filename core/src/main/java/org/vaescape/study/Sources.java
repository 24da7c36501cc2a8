package org.vaescape.study;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.vaescape.model.Activations;
import org.vaescape.model.Initializers;
import org.vaescape.model.Models;
import org.vaescape.model.Normalizations;
import org.vaescape.model.Outputs;
import org.vaescape.model.Reconstructions;
import org.vaescape.search.Catalogue;
import org.vaescape.train.Optimizers;
import org.vaescape.train.Schedulers;
import org.vaescape.train.WarmUps;

/// Papers that define what cells name.
public final class Sources {
  /// By the key of a cell that names a member.
  private static final Map<String, Catalogue<?>> CATALOGUES =
      Map.of(
          "model", Models.CATALOGUE,
          "optimizer", Optimizers.CATALOGUE,
          "initializer", Initializers.CATALOGUE,
          "scheduler", Schedulers.CATALOGUE,
          "activation", Activations.CATALOGUE,
          "normalization", Normalizations.CATALOGUE,
          "output", Outputs.CATALOGUE,
          "reconstruction", Reconstructions.CATALOGUE,
          "kl-warm-up", WarmUps.CATALOGUE);

  private Sources() {}

  /// `Kingma and Welling 2014, arXiv:1312.6114` of model `vae`; empty of what is no member.
  public static Optional<String> of(String key, String value) {
    return Optional.ofNullable(CATALOGUES.get(key)).stream()
        .flatMap(catalogue -> catalogue.members().stream())
        .filter(member -> member.name().equals(value))
        .findFirst()
        .map(member -> member.source());
  }

  /// All of them.
  public static List<String> all() {
    return CATALOGUES.values().stream()
        .flatMap(catalogue -> catalogue.members().stream())
        .map(member -> member.source())
        .distinct()
        .sorted()
        .toList();
  }
}
