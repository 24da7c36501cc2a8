package org.vaescape.study;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
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

/// The keys of a study file with their defaults, rules and meanings.
///
/// Over 400 lines because it is one flat list of declarations, which readers, `list keys` and the
/// docs share.
public final class StudyKeys {
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
          new Choice(
              "model",
              "vae",
              Models.CATALOGUE.names(),
              "what is trained; its settings stand in models"),
          new Count("latent", 10, 1, "number of latent units"),
          new Real(
              "learning-rate",
              1e-3,
              Range.POSITIVE,
              "learning rate of the first step, before the scheduler"),
          new Choice(
              "optimizer",
              "adam",
              Optimizers.CATALOGUE.names(),
              "how steps are taken; its settings stand in optimizers"),
          new Counts(
              "hidden",
              List.of(256L),
              "sizes of the encoder's hidden layers, mirrored in the decoder; [[256], [512, 256]] tries two"),
          new RealOrWord(
              "kl-weight",
              2.5e-4, // under batch/n small latents collapse, whatever the learning rate
              Range.NOT_NEGATIVE,
              List.of(BATCH_OVER_N),
              "weight of the KL term, in units of reconstruction per nat; 1 by default under objective elbo; may differ by model: {dip-vae: 1, others: batch/n}"));

  /// Keys of `train` that `space` and `readings` take too, except those with keys of their own.
  static final SequencedMap<String, HyperParameter> TRAINING =
      byName(
          new Count("batch", 1000, 1, "samples in a step; at least 2 under batch normalisation"),
          new Flag("drop-last", false, "whether a last batch that is not full is left out"),
          new Count(
              "max-epochs",
              100,
              1,
              "epochs at most, where the stopping rule does not end training before"),
          new Choice(
              "restore",
              Restore.LAST.text(),
              Arrays.stream(Restore.values()).map(Restore::text).toList(),
              "the epoch whose weights are kept and measured: that of the stop, of the lowest validation reconstruction, or of the lowest validation loss"),
          new Count(
              "horizon",
              0,
              0,
              "epochs at least: training goes on to this one after the stop is recorded; 0 ends at the stop"),
          new RealOrWord(
              WEIGHT_DECAY,
              DEFAULT,
              Range.NOT_NEGATIVE,
              List.of(DEFAULT),
              "weight decay of the optimizer in use; its own by default, 0.01 for adamw and 0 for the others"),
          new Choice(
              "activation", "relu", Activations.CATALOGUE.names(), "activation of hidden layers"),
          new Choice(
              "normalization",
              "batch",
              Normalizations.CATALOGUE.names(),
              "normalisation of hidden layers"),
          new Real(
              "dropout", 0, Range.BELOW_ONE, "share of a hidden layer that training leaves out"),
          new Choice(
              "heads",
              "plain",
              List.of("plain", "normalized"),
              "layers that give mu and logvar; normalized: BatchNorm and ReLU after them"),
          new Choice("output", "sigmoid", Outputs.CATALOGUE.names(), "what the decoder does last"),
          new Choice(
              "output-norm", "batch", List.of("batch", "none"), "normalisation before the output"),
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
          new Choice(
              "initializer",
              "pytorch",
              Initializers.CATALOGUE.names(),
              "how the first weights are drawn"),
          new Choice(
              "initializer-layers",
              "all",
              List.of("all", "hidden"),
              "layers that start as the initializer says; the others as PyTorch has it"),
          new Choice(
              "objective",
              "mean",
              OBJECTIVES,
              "reconstruction as the mean over genes, or as their sum in nats"),
          new Real(
              "free-bits",
              0,
              Range.NOT_NEGATIVE,
              "nats of KL of each latent unit that cost nothing"));

  /// A key that names a member of a catalogue: by a word, or by a key below it that stands beside
  /// the member's settings.
  ///
  /// @param word that key: `name`
  /// @param dimension the key of a cell that names the member
  record Named(
      String key,
      String word,
      String dimension,
      Catalogue<?> catalogue,
      String initial,
      String meaning) {
    Named(String key, Catalogue<?> catalogue, String initial, String meaning) {
      this(key, "name", key, catalogue, initial, meaning);
    }

    Choice choice() {
      return new Choice(word, initial, catalogue.names(), meaning);
    }
  }

  /// Such keys of `train`, which `space` and `readings` take too.
  static final List<Named> NAMED =
      List.of(
          new Named(
              "scheduler",
              Schedulers.CATALOGUE,
              "exponential",
              "how the learning rate goes on; its settings stand beside it, and all may differ by model"),
          new Named(
              "reconstruction",
              Reconstructions.CATALOGUE,
              "mse",
              "the term that compares genes with their reconstruction; its settings stand beside it"),
          new Named(
              "kl-warm-up",
              WarmUps.CATALOGUE,
              "none",
              "how the weight of the KL rises; its settings stand beside it"),
          new Named(
              "stop",
              "rule",
              "stop.rule",
              StopRules.CATALOGUE,
              "relative-change",
              "when training ends; its settings stand beside it"));

  static Named named(String key) {
    return NAMED.stream()
        .filter(candidate -> candidate.key().equals(key))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no dimension is called " + key));
  }

  static final RealOrWord CLIP =
      new RealOrWord(
          "clip",
          NO_CLIP,
          Range.POSITIVE,
          List.of(NO_CLIP),
          "largest norm of all gradients together; may differ by model: {infovae: 0.8}");

  /// Keys beside `stop` that decide how long is trained, and nothing about the steps.
  static final List<String> STOPPING = List.of("max-epochs", "restore", "horizon");

  private static final String A_FILE = "a path, relative to the study file, or built-in:NAME";

  static final StudyKey NAME =
      StudyKey.text(
          "name",
          "the file's name",
          "a text without slashes",
          "what the folder of results is called");
  static final StudyKey MATRIX =
      StudyKey.text(
          "data.matrix",
          "",
          A_FILE,
          "the expression matrix, which every study must name, here or by --data");
  static final StudyKey HASH =
      StudyKey.text(
          "data.hash",
          "",
          "a hash, as a run writes it",
          "content of the matrix, which is refused if it has another");
  static final StudyKey LABELS =
      StudyKey.text(
          "data.labels",
          "",
          A_FILE,
          "a table of sample and label, for outcomes that compare with labels");
  static final StudyKey LAYER =
      StudyKey.text(
          "data.layer", "", "the name of a layer", "layer of an .h5ad matrix; without it its X");
  static final StudyKey PROBE_MAP =
      StudyKey.text(
          "data.probe-map",
          "",
          A_FILE,
          "a table of id and gene, such as Xena's, by which genes are called instead of their identifiers");
  static final StudyKey LABEL_COLUMN =
      StudyKey.text(
          "data.label-column",
          "auto",
          "auto or the name of a column",
          "column of the labels file, or of the obs of an .h5ad matrix where there is no labels file; auto takes label, of a labels file alone");
  static final StudyKey BATCH_COLUMN =
      StudyKey.text(
          "data.batch-column",
          "auto",
          "auto, none or the name of a column",
          "column of the labels file, or obs, that is measured as labels are; auto takes batch or source if there is one");
  static final StudyKey SURVIVAL =
      StudyKey.text(
          "data.survival",
          "",
          A_FILE,
          "a table of sample, time and event, for the concordance of a Cox model on the latent");
  static final Choice ORIENTATION =
      choice(
          "orientation",
          Orientation.values(),
          Orientation::text,
          "which way round the matrix lies; auto finds out from the names");
  static final Choice MISSING =
      choice(
          "missing",
          DataSettings.Missing.values(),
          DataSettings.Missing::text,
          "what becomes of missing values: genes that lack one go, samples that lack one go, the gene's mean stands in, or the matrix is refused");
  static final Choice NORMALIZE =
      choice(
          "normalize",
          DataSettings.Normalize.values(),
          DataSettings.Normalize::text,
          "how counts of samples are made comparable, before genes are selected: not at all, per million of all counts of the sample, or by the size factors of DESeq");
  static final Choice LOG =
      choice(
          "log",
          DataSettings.Log.values(),
          DataSettings.Log::text,
          "logarithm that is taken after that: none, ln(x + 1) or log2(x + 1)");
  static final Choice FIT =
      new Choice(
          "fit",
          "train",
          List.of("all", "train"),
          "samples that size factors, imputation, selection and scaling are fitted on: all, those that validate included, or the training samples alone");
  static final Choice BY =
      choice(
          "by",
          DataSettings.Variability.values(),
          DataSettings.Variability::text,
          "how the variability of genes is measured");
  static final Count KEEP = new Count("keep", 5000, 1, "number of most variable genes to keep");
  static final Choice SCALE =
      choice(
          "scale",
          DataSettings.Scale.values(),
          DataSettings.Scale::text,
          "how each gene is scaled: to [0, 1], to mean 0 and standard deviation 1, or not at all");
  static final Real VALIDATION =
      new Real(
          "validation", 0.1, new Range(0, false, 1, false), "share of the samples that validate");
  static final Real TEST =
      new Real(
          "test",
          0,
          Range.BELOW_ONE,
          "share of the samples that are put aside; above 0 they have all outcomes too, with test_ before them");
  static final Choice GROUP =
      new Choice(
          "group",
          "patient",
          List.of("none", "patient"),
          "what stays on one side of the split: nothing, or samples of one patient, told by TCGA barcodes");
  static final Choice STRATIFY =
      choice(
          "stratify",
          DataSettings.Stratify.values(),
          DataSettings.Stratify::text,
          "what all parts of the split have in the same proportions");
  static final StudyKey TIME_LIMIT =
      StudyKey.text(
          "train.time-limit",
          "none",
          "a time such as 90m, 2h or 45s, or none",
          "what one trial may take before it is cut off");

  static final Choice LATENT =
      new Choice(
          "latent",
          "sampled",
          List.of("sampled", "mean"),
          "what validation decodes: a sample of z, or its mean");

  /// What a cell calls keys of `validation` and `data` that may be readings.
  static final String VALIDATION_LATENT = "validation.latent";

  static final String DATA_FIT = "data.fit";

  static final String ELTAGER = "eltager";
  static final Choice OUTCOMES_COMPAT =
      new Choice(
          "compat",
          "none",
          List.of("none", ELTAGER),
          "eltager: further outcomes, as the code of Eltager et al. 2023 has them");
  static final Choice VALIDATION_COMPAT =
      new Choice(
          "compat",
          "none",
          List.of("none", ELTAGER),
          "eltager: losses of validation as the code of Eltager et al. 2023 has them: batch/n of its own samples, a last batch kept, batches counted alike");
  static final Choice SEARCH =
      new Choice("search", "grid", Searches.CATALOGUE.names(), "how cells are chosen");
  static final Count COUNT =
      new Count(
          "count",
          1,
          1,
          "how often each cell is trained, each time with randomness of its own; repeats: 3 says it in short");
  static final Choice SPLIT =
      new Choice(
          "split",
          "crossed",
          List.of("crossed", "fixed"),
          "whether each repeat has a split of its own, or all the same");
  static final Count SEED = new Count("seed", 2021, 0, "seed of everything random");
  static final List<HyperParameter> OWN_SEEDS =
      List.of(
          new Count(StudySeeds.SPLIT, 2021, 0, "seed of the choice of samples that validate"),
          new Count(StudySeeds.INITIALIZATION, 2021, 0, "seed of the first weights"),
          new Count(StudySeeds.ORDER, 2021, 0, "seed of the order of samples"),
          new Count(StudySeeds.NOISE, 2021, 0, "seed of the noise of steps and validation"));
  static final Choice PRECISION =
      new Choice(
          "precision",
          "auto",
          List.of("auto", "fp32", "bf16"),
          "arithmetic of training; auto is fp32");
  static final Choice PATH =
      new Choice(
          "path",
          "auto",
          List.of("auto", "plain"),
          "how the layers that touch the genes are computed; auto is by blocks of genes in the cache where networks and machine allow it, plain by whole tensors");
  static final Choice DEVICE =
      new Choice(
          "device",
          "auto",
          List.of("auto", "cpu", "cuda"),
          "where tensors live; auto is cuda where the machine has it, else cpu");
  static final Count THREADS =
      new Count(
          "threads",
          1,
          1,
          "threads that one trial computes on; another number may change last bits");
  static final Choice WEIGHTS =
      new Choice(
          "weights",
          "best",
          List.of("none", "best", "all"),
          "trials whose weights are kept in models/: none, of each model the best that learned, or all");
  static final StudyKey STORE =
      StudyKey.text(
          "store",
          "study.db",
          "a file name of letters, digits, dots, dashes and underscores that ends in .db, or postgresql://user@host:port/database",
          "the database of results in the folder of results, or on a PostgreSQL server that several machines share");

  private StudyKeys() {}

  /// Every key of a study file, in the order of a resolved one; settings of models and optimizers
  /// as one key each, those of [#NAMED] with the key that names the member.
  public static List<StudyKey> all() {
    List<StudyKey> keys = new ArrayList<>();
    keys.addAll(
        List.of(
            NAME, MATRIX, LAYER, PROBE_MAP, HASH, LABELS, LABEL_COLUMN, BATCH_COLUMN, SURVIVAL));
    add(keys, "data", List.of(ORIENTATION, MISSING, NORMALIZE, LOG, FIT));
    add(keys, "data.select", List.of(BY, KEEP));
    add(keys, "data", List.of(SCALE));
    add(keys, "data.split", List.of(VALIDATION, TEST, GROUP, STRATIFY));
    add(keys, "space", NETWORK.values());
    keys.add(
        StudyKey.text(
            "space.KEY",
            "that of train",
            "as in train",
            "any key of train but time-limit may stand here instead; in both sections a list tries every value"));
    keys.add(
        StudyKey.text(
            "readings.KEY",
            "that of its place",
            "as in its place",
            "what a paper leaves open: any key of space, settings such as iwae.compat, and %s; a list tries every value"
                .formatted(String.join(" and ", new TreeSet<>(OpenPoints.OF_SECTIONS.keySet())))));
    keys.add(ofMembers("models", "MODEL", Models.CATALOGUE));
    keys.add(ofMembers("optimizers", "OPTIMIZER", Optimizers.CATALOGUE));
    add(keys, "train", TRAINING.values());
    NAMED.forEach(named -> keys.add(StudyKey.of("train." + named.key(), named.choice())));
    add(keys, "train", List.of(CLIP));
    keys.add(TIME_LIMIT);
    add(keys, "validation", List.of(LATENT, VALIDATION_COMPAT));
    add(keys, "outcomes", List.of(OUTCOMES_COMPAT));
    keys.add(StudyKey.of(SEARCH));
    add(keys, "repeats", List.of(COUNT, SPLIT));
    keys.add(StudyKey.of(SEED));
    OWN_SEEDS.forEach(own -> keys.add(StudyKey.of("seeds", own).withDefault("the seed")));
    Stream.of(PRECISION, PATH, DEVICE, THREADS).map(StudyKey::of).forEach(keys::add);
    add(keys, "keep", List.of(WEIGHTS));
    keys.add(STORE);
    return List.copyOf(keys);
  }

  private static void add(
      List<StudyKey> keys, String section, Collection<? extends HyperParameter> settings) {
    settings.forEach(setting -> keys.add(StudyKey.of(section, setting)));
  }

  private static StudyKey ofMembers(String section, String name, Catalogue<?> catalogue) {
    return new StudyKey(
        "%s.%s.SETTING".formatted(section, name),
        "its own",
        catalogue.names(),
        "a setting of the " + catalogue.kind(),
        "a setting of one %s; a list tries every value".formatted(catalogue.kind()));
  }

  /// Dotted keys and sections that somebody may look for in the wrong section.
  static List<String> elsewhere() {
    Set<String> paths = new LinkedHashSet<>();
    for (StudyKey key : all()) {
      String path = key.path();
      for (int dot = path.indexOf('.'); dot >= 0; dot = path.indexOf('.', dot + 1)) {
        int end = path.indexOf('.', dot + 1);
        paths.add(end < 0 ? path : path.substring(0, end));
      }
    }
    return List.copyOf(paths);
  }

  /// The first word is the default.
  private static <E> Choice choice(
      String name, E[] values, Function<E, String> text, String meaning) {
    List<String> words = Arrays.stream(values).map(text).toList();
    return new Choice(name, words.getFirst(), words, meaning);
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
