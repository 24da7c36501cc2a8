package org.vaescape.study;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Function;
import org.vaescape.data.DataSettings;
import org.vaescape.data.Orientation;
import org.vaescape.model.Activations;
import org.vaescape.model.BatchNormalization;
import org.vaescape.model.Initializers;
import org.vaescape.model.Models;
import org.vaescape.model.Normalizations;
import org.vaescape.model.Outputs;
import org.vaescape.model.Reconstructions;
import org.vaescape.search.Catalogue;
import org.vaescape.search.Cell;
import org.vaescape.search.HyperParameter;
import org.vaescape.search.HyperParameter.Choice;
import org.vaescape.search.HyperParameter.Count;
import org.vaescape.search.HyperParameter.Counts;
import org.vaescape.search.HyperParameter.Flag;
import org.vaescape.search.HyperParameter.Real;
import org.vaescape.search.HyperParameter.RealOrWord;
import org.vaescape.search.Member;
import org.vaescape.search.Range;
import org.vaescape.search.Searches;
import org.vaescape.train.Optimizers;
import org.vaescape.train.Schedulers;
import org.vaescape.train.StopRules;
import org.vaescape.train.Stopping.Restore;
import org.vaescape.train.WarmUps;

/// The keys of a study file with their defaults and rules.
final class StudyKeys {
  static final String BATCH_OVER_N = "batch/n";
  static final String NO_CLIP = "none";
  static final String ELBO = "elbo";
  static final List<String> OBJECTIVES = List.of("mean", ELBO);
  static final String WEIGHT_DECAY = "weight-decay";

  /// Of a key whose default depends on another key.
  static final String DEFAULT = "default";

  /// Keys that only `space` and `readings` take.
  static final SequencedMap<String, HyperParameter> NETWORK =
      byName(
          new Choice("model", "vae", Models.CATALOGUE.names(), "what is trained"),
          new Count("latent", 10, 1, "latent units"),
          new Real("learning-rate", 1e-3, Range.POSITIVE, "before the scheduler"),
          new Choice("optimizer", "adam", Optimizers.CATALOGUE.names(), "how steps are taken"),
          new Counts("hidden", List.of(256L), "sizes of the encoder's hidden layers"),
          new RealOrWord(
              "kl-weight",
              2.5e-4, // under batch/n small latents collapse, whatever the learning rate
              Range.NOT_NEGATIVE,
              List.of(BATCH_OVER_N),
              "weight of the KL term, in units of reconstruction per nat; 1 by default under elbo"));

  /// Keys of `train` that `space` and `readings` take too, except those with keys of their own.
  static final SequencedMap<String, HyperParameter> TRAINING =
      byName(
          new Count(
              "batch", 1000, 1, "samples in a step; batch normalisation has no variance of one"),
          new Flag("drop-last", false, "leave out a last batch that is not full"),
          new Count("max-epochs", 100, 1, "epochs at most until the stop"),
          new Choice(
              "restore",
              Restore.LAST.text(),
              Arrays.stream(Restore.values()).map(Restore::text).toList(),
              "the epoch whose weights are kept and measured"),
          new Count("horizon", 0, 0, "epochs at least; goes on after the stop is recorded"),
          new RealOrWord(
              WEIGHT_DECAY,
              DEFAULT,
              Range.NOT_NEGATIVE,
              List.of(DEFAULT),
              "of the optimizer in use; its own by default, 0.01 for adamw and 0 for the others"),
          new Choice("activation", "relu", Activations.CATALOGUE.names(), "of hidden layers"),
          new Choice(
              "normalization", "batch", Normalizations.CATALOGUE.names(), "of hidden layers"),
          new Real(
              "dropout", 0, Range.BELOW_ONE, "share of a hidden layer that training leaves out"),
          new Choice(
              "heads",
              "plain",
              List.of("plain", "normalized"),
              "normalized: BatchNorm and ReLU after mu and logvar"),
          new Choice("output", "sigmoid", Outputs.CATALOGUE.names(), "what the decoder does last"),
          new Choice("output-norm", "batch", List.of("batch", "none"), "before the output"),
          new Real(
              "norm-momentum",
              BatchNormalization.PYTORCH.momentum(),
              Range.UP_TO_ONE,
              "weight of a batch in the running statistics of every batch normalisation; Keras' 0.99 is 0.01 here"),
          new Real(
              "norm-epsilon",
              BatchNormalization.PYTORCH.epsilon(),
              Range.POSITIVE,
              "added to the variances of every batch normalisation; Keras has 0.001"),
          new Choice("initializer", "pytorch", Initializers.CATALOGUE.names(), "first weights"),
          new Choice(
              "initializer-layers",
              "all",
              List.of("all", "hidden"),
              "which start as the initializer says; the others as PyTorch has it"),
          new Choice(
              "objective",
              "mean",
              OBJECTIVES,
              "reconstruction as the mean over genes, or as their sum in nats"),
          new Real("free-bits", 0, Range.NOT_NEGATIVE, "nats of each unit that cost nothing"));

  /// A key that names a member of a catalogue: by a word, or by a key below it that stands beside
  /// the member's settings.
  ///
  /// @param word that key: `name`
  /// @param dimension the key of a cell that names the member
  record Named(String key, String word, String dimension, Catalogue<?> catalogue, String initial) {
    Named(String key, Catalogue<?> catalogue, String initial) {
      this(key, "name", key, catalogue, initial);
    }

    Choice choice() {
      return new Choice(word, initial, catalogue.names(), catalogue.kind());
    }
  }

  /// Such keys of `train`, which `space` and `readings` take too.
  static final List<Named> NAMED =
      List.of(
          new Named("scheduler", Schedulers.CATALOGUE, "exponential"),
          new Named("reconstruction", Reconstructions.CATALOGUE, "mse"),
          new Named("kl-warm-up", WarmUps.CATALOGUE, "none"),
          new Named("stop", "rule", "stop.rule", StopRules.CATALOGUE, "relative-change"));

  static Named named(String key) {
    return NAMED.stream()
        .filter(candidate -> candidate.key().equals(key))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no dimension is called " + key));
  }

  static final RealOrWord CLIP =
      new RealOrWord("clip", NO_CLIP, Range.POSITIVE, List.of(NO_CLIP), "norm of the gradient");

  /// Keys beside `stop` that decide how long is trained, and nothing about the steps.
  static final List<String> STOPPING = List.of("max-epochs", "restore", "horizon");

  static final Choice ORIENTATION = choice("orientation", Orientation.values(), Orientation::text);
  static final Choice MISSING =
      choice("missing", DataSettings.Missing.values(), DataSettings.Missing::text);
  static final Choice FIT =
      new Choice("fit", "train", List.of("all", "train"), "what selection and scaling see");
  static final Choice BY =
      choice("by", DataSettings.Variability.values(), DataSettings.Variability::text);
  static final Count KEEP = new Count("keep", 5000, 1, "most variable genes");
  static final Choice SCALE =
      choice("scale", DataSettings.Scale.values(), DataSettings.Scale::text);
  static final Real VALIDATION =
      new Real("validation", 0.1, new Range(0, false, 1, false), "share of the samples");
  static final Real TEST = new Real("test", 0, Range.BELOW_ONE, "share of the samples");
  static final Choice GROUP =
      new Choice("group", "patient", List.of("none", "patient"), "what stays on one side");
  static final Choice STRATIFY =
      choice("stratify", DataSettings.Stratify.values(), DataSettings.Stratify::text);

  static final Choice LATENT =
      new Choice("latent", "sampled", List.of("sampled", "mean"), "z of the validation");

  /// What a cell calls keys of `validation` and `data` that may be readings.
  static final String VALIDATION_LATENT = "validation.latent";

  static final String DATA_FIT = "data.fit";

  static final String ELTAGER = "eltager";
  static final Choice OUTCOMES_COMPAT =
      new Choice(
          "compat",
          "none",
          List.of("none", ELTAGER),
          "further outcomes, as the code of Eltager et al. 2023 has them");
  static final Choice VALIDATION_COMPAT =
      new Choice(
          "compat",
          "none",
          List.of("none", ELTAGER),
          "losses of validation as the code of Eltager et al. 2023 has them: batch/n of its own samples, a last batch kept, batches counted alike");
  static final Choice SEARCH =
      new Choice("search", "grid", Searches.CATALOGUE.names(), "how cells are chosen");
  static final Count COUNT = new Count("count", 1, 1, "repeats of each cell");
  static final Choice SPLIT =
      new Choice("split", "crossed", List.of("crossed", "fixed"), "a split for each repeat");
  static final Count SEED = new Count("seed", 2021, 0, "of everything random");
  static final List<HyperParameter> OWN_SEEDS =
      List.of(
          new Count(StudySeeds.SPLIT, 2021, 0, "which samples validate; by default the seed's"),
          new Count(StudySeeds.INITIALIZATION, 2021, 0, "first weights; by default the seed's"),
          new Count(StudySeeds.ORDER, 2021, 0, "order of samples; by default the seed's"),
          new Count(StudySeeds.NOISE, 2021, 0, "of steps and validation; by default the seed's"));
  static final Choice PRECISION =
      new Choice("precision", "auto", List.of("auto", "fp32", "bf16"), "arithmetic");
  static final Choice DEVICE =
      new Choice("device", "auto", List.of("auto", "cpu", "cuda"), "where tensors live");
  static final Count THREADS = new Count("threads", 1, 1, "threads of one trial");
  static final Choice WEIGHTS =
      new Choice("weights", "best", List.of("none", "best", "all"), "weights to keep");

  private StudyKeys() {}

  /// Dotted keys that somebody may look for in the wrong section.
  static List<String> elsewhere() {
    SequencedMap<String, String> keys = new LinkedHashMap<>();
    NETWORK.keySet().forEach(key -> keys.put("space." + key, key));
    TRAINING.keySet().forEach(key -> keys.put("train." + key, key));
    NAMED.forEach(named -> keys.put("train." + named.key(), named.key()));
    for (String key : List.of("clip", "time-limit")) {
      keys.put("train." + key, key);
    }
    for (String key :
        List.of(
            "matrix",
            "labels",
            "batch-column",
            "survival",
            "orientation",
            "missing",
            "fit",
            "scale")) {
      keys.put("data." + key, key);
    }
    keys.put("data.select.keep", "keep");
    keys.put("data.split.validation", "validation");
    keys.put("outcomes.compat", "compat");
    keys.put("keep.weights", "weights");
    return List.copyOf(keys.sequencedKeySet());
  }

  /// The first word is the default.
  private static <E> Choice choice(String name, E[] values, Function<E, String> text) {
    List<String> words = Arrays.stream(values).map(text).toList();
    return new Choice(name, words.getFirst(), words, "");
  }

  private static SequencedMap<String, HyperParameter> byName(HyperParameter... settings) {
    SequencedMap<String, HyperParameter> byName = new LinkedHashMap<>();
    for (HyperParameter setting : settings) {
      byName.put(setting.name(), setting);
    }
    return byName;
  }

  /// The setting that a key of a cell gives a value to.
  static HyperParameter setting(Cell cell, String key) {
    if (NETWORK.containsKey(key)) {
      return NETWORK.get(key);
    }
    if (TRAINING.containsKey(key)) {
      return TRAINING.get(key);
    }
    if (key.equals(CLIP.name())) {
      return CLIP;
    }
    for (Named named : NAMED) {
      if (key.equals(named.dimension())) {
        return named.choice();
      }
      if (key.startsWith(named.key() + ".")) {
        return named
            .catalogue()
            .member(cell.text(named.dimension()))
            .setting(key.substring(named.key().length() + 1));
      }
    }
    String owner = key.substring(0, key.indexOf('.'));
    Member<?> member =
        Models.CATALOGUE.names().contains(owner)
            ? Models.CATALOGUE.member(owner)
            : Optimizers.CATALOGUE.member(owner);
    return member.setting(key.substring(owner.length() + 1));
  }

  /// The default of every key of `train` that may be a dimension, by its name in a cell.
  static Map<String, Object> trainingDefaults() {
    Map<String, Object> defaults = new LinkedHashMap<>();
    TRAINING.values().forEach(setting -> defaults.put(setting.name(), setting.defaultValue()));
    NAMED.forEach(named -> defaults.put(named.dimension(), named.initial()));
    defaults.put(CLIP.name(), CLIP.defaultValue());
    return defaults;
  }

  /// All keys that may be dimensions and stand on one line.
  static Map<String, HyperParameter> dimensions() {
    Map<String, HyperParameter> all = new LinkedHashMap<>(NETWORK);
    all.putAll(TRAINING);
    return all;
  }
}
