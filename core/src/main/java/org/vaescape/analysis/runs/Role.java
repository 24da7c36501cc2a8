package org.vaescape.analysis.runs;

import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What a hyper-parameter is, whatever a table calls it: statistics ask for it by role, and speak
/// of it by its own name.
public enum Role {
  OPTIMIZER("optimizer", "optimiser", "optim", "opt", "optimizername", "optimizertype"),
  LEARNING_RATE(
      "learning-rate",
      "lr",
      "baselr",
      "initlr",
      "lrinit",
      "initiallr",
      "baselearningrate",
      "initiallearningrate",
      "learningrateinit"),
  LATENT(
      "latent",
      "latentdim",
      "latentdims",
      "latentsize",
      "latentdimension",
      "latentdimensions",
      "nlatent",
      "zdim"),
  MODEL("model", "modelname", "modeltype");

  /// What W&B, Optuna, Ray Tune, MLflow and Hydra write before the names of hyper-parameters.
  private static final Set<String> PREFIXES =
      Set.of(
          "config",
          "params",
          "param",
          "hparams",
          "hyperparameters",
          "args",
          "train",
          "training",
          "optimizer",
          "optim",
          "model");

  private final String text;

  @SuppressWarnings("ImmutableEnumChecker") // Set.copyOf
  private final Set<String> names;

  Role(String text, String... others) {
    this.text = text;
    Set<String> all = new HashSet<>(Set.of(others));
    all.add(text.replace("-", ""));
    this.names = Set.copyOf(all);
  }

  /// The name that studies have for it.
  public String text() {
    return text;
  }

  /// Whether a name is one of it: `params_learning_rate`, `config/lr`, `Learning Rate`.
  public boolean is(String name) {
    String[] words = name.toLowerCase(Locale.ROOT).split("[^a-z0-9]+", -1);
    for (int first = 0; first < words.length; first++) {
      if (names.contains(String.join("", Arrays.copyOfRange(words, first, words.length)))) {
        return true;
      }
      if (!words[first].isEmpty() && !PREFIXES.contains(words[first])) {
        return false;
      }
    }
    return false;
  }

  /// Of several names the one that studies have, else the first that is one of it.
  public Optional<String> among(Collection<String> all) {
    return all.contains(text) ? Optional.of(text) : all.stream().filter(this::is).findFirst();
  }

  /// The value of a setting; empty where it has none.
  public String in(Map<String, String> settings) {
    String own = settings.get(text);
    return own != null ? own : among(settings.keySet()).map(settings::get).orElse("");
  }
}
