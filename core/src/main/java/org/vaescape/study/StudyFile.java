package org.vaescape.study;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import org.vaescape.UserError;
import org.vaescape.data.BuiltInData;
import org.vaescape.data.DataSettings;
import org.vaescape.data.MatrixFile;
import org.vaescape.data.Orientation;
import org.vaescape.search.Dimension;
import org.vaescape.search.HyperParameter;
import org.vaescape.search.NearMiss;
import org.vaescape.study.Repeats.SplitMode;
import org.vaescape.study.Study.KeepWeights;
import org.vaescape.study.yaml.Place;
import org.vaescape.study.yaml.Yaml;
import org.vaescape.study.yaml.Yaml.Section;
import org.vaescape.study.yaml.YamlReader;

/// From a study file, or the name of a preset, to a [Study].
public final class StudyFile {
  private static final String BUILT_IN = "built-in:";

  /// A thousand times a long study file: 3 MiB.
  private static final long LONGEST = 3 << 20;

  private final String hint;
  private final boolean checksFiles;

  private StudyFile(String hint) {
    this(hint, true);
  }

  private StudyFile(String hint, boolean checksFiles) {
    this.hint = hint;
    this.checksFiles = checksFiles;
  }

  /// Reads the file of this path, or the preset of this name, and changes it.
  ///
  /// @throws UserError with file, line, key, rule, value and near miss if something is wrong
  public static Study read(String pathOrPreset, Overrides overrides) {
    Path path = overrides.folder().resolve(pathOrPreset);
    if (Files.isRegularFile(path)) {
      try {
        if (Files.size(path) > LONGEST) {
          throw new UserError(
              "%s: has %s bytes, and a study file a few thousand; is it one?"
                  .formatted(pathOrPreset, Files.size(path)));
        }
        Path absolute = path.toAbsolutePath().normalize();
        return new StudyFile("")
            .parse(
                Files.readString(path),
                pathOrPreset,
                Optional.ofNullable(absolute.getParent()).orElse(absolute),
                overrides);
      } catch (CharacterCodingException e) {
        throw new UserError(pathOrPreset + ": not a text in UTF-8; save it as one", e);
      } catch (IOException e) {
        throw new UserError(
            "%s cannot be read: %s".formatted(pathOrPreset, UserError.reason(e)), e);
      }
    }
    // Also beside a folder of its name, which a run without --out makes.
    Preset preset =
        Presets.ALL.stream()
            .filter(candidate -> candidate.name().equals(pathOrPreset))
            .findFirst()
            .orElseThrow(() ->
                Files.isDirectory(path)
                    ? new UserError(pathOrPreset + " is a directory; name the study file in it")
                    : notFound(pathOrPreset));
    return new StudyFile(preset.hint())
        .parse(preset.text(), preset.name(), overrides.folder().toAbsolutePath(), overrides);
  }

  /// Whether it names data that come with vaescape.
  public static boolean isBuiltIn(Path path) {
    return path.toString().startsWith(BUILT_IN);
  }

  /// Reads the text of a study file.
  ///
  /// @param source how messages name it
  /// @param folder what relative paths in it are relative to
  static Study parse(String text, String source, Path folder) {
    return new StudyFile("").parse(text, source, folder, Overrides.none());
  }

  static Study parse(String text, String source, Path folder, List<String> sets) {
    return new StudyFile("")
        .parse(text, source, folder, new Overrides(sets, null, null, null, folder));
  }

  /// Reads the resolved study that a store keeps, whose files need not be where they were.
  ///
  /// @param sets as of `--set`
  public static Study stored(String text, List<String> sets) {
    Path folder = Path.of("").toAbsolutePath();
    return new StudyFile("", false)
        .parse(text, "study.yaml", folder, new Overrides(sets, null, null, null, folder));
  }

  private static UserError notFound(String name) {
    List<String> presets = Presets.ALL.stream().map(Preset::name).toList();
    return new UserError(
        "there is no study file %s, and no preset of that name; %s"
            .formatted(
                name,
                NearMiss.of(name, presets)
                    .map(near -> "did you mean " + near + "?")
                    .orElse("presets: " + String.join(", ", presets))));
  }

  private Study parse(String text, String source, Path folder, Overrides overrides) {
    Section own = OpenPoints.nested(YamlReader.file(text, source, folder));
    Section file = overrides.apply(own);
    SectionReader root = new SectionReader(file, "");
    String name = name(root, source);
    SectionReader dataKeys = root.below("data");
    StudyData data = data(dataKeys);
    DimensionReader reader = new DimensionReader();
    List<Dimension> space = new ArrayList<>(reader.space(root.below("space")));
    List<Dimension> readings = reader.readings(root.below("readings"));
    SectionReader train = root.below("train");
    OpenPoints.refuse(train);
    List<Dimension> rules = new ArrayList<>(reader.training(train));
    Duration timeLimit = timeLimit(train);
    train.finish(StudyKeys.elsewhere());
    List<Dimension> read = new ArrayList<>(space);
    read.addAll(readings);
    read.addAll(rules);
    space.addAll(reader.missing(read));
    List<Dimension> named = new ArrayList<>(space);
    named.addAll(readings);
    rules.addAll(reader.members(root.below("models"), root.below("optimizers"), named));
    List<Dimension> all = new ArrayList<>(named);
    SectionReader validation = root.below("validation");
    rules.addAll(reader.ofSection(validation, StudyKeys.VALIDATION_LATENT));
    rules.addAll(reader.ofSection(dataKeys, StudyKeys.DATA_FIT));
    all.addAll(rules);
    ByModel.checkComplete(source, all);

    String validationCompat = (String) validation.one(StudyKeys.VALIDATION_COMPAT);
    validation.finish(List.of());
    SectionReader outcomes = root.below("outcomes");
    String compat = (String) outcomes.one(StudyKeys.OUTCOMES_COMPAT);
    outcomes.finish(List.of());
    SectionReader keep = root.below("keep");
    String weights = (String) keep.one(StudyKeys.WEIGHTS);
    keep.finish(List.of());
    Study study =
        new Study(
            name,
            data.with(data.settings().with(firstFit(all))),
            space,
            readings,
            rules,
            timeLimit,
            validationCompat,
            compat,
            (String) root.one(StudyKeys.SEARCH),
            repeats(root),
            seeds(root),
            (String) root.one(StudyKeys.PRECISION),
            (String) root.one(StudyKeys.PATH),
            (String) root.one(StudyKeys.DEVICE),
            Math.toIntExact((Long) root.one(StudyKeys.THREADS)),
            KeepWeights.valueOf(weights.toUpperCase(Locale.ROOT)),
            store(root, name),
            comments(own, file, name, overrides));
    OpenPoints.refuse(root);
    root.finish(StudyKeys.elsewhere());
    checkSettings(study, source);
    return study;
  }

  private static DataSettings.Fit firstFit(List<Dimension> all) {
    return all.stream()
        .filter(dimension -> dimension.key().equals(StudyKeys.DATA_FIT))
        .map(dimension -> DataSettings.Fit.of((String) dimension.values().getFirst()))
        .findFirst()
        .orElseThrow();
  }

  /// The name, which a folder can have too; by default the file's without its ending.
  private static String name(SectionReader root, String source) {
    String name =
        root.has("name")
            ? root.text(StudyKeys.NAME)
            : source.replaceFirst(".*[/\\\\]", "").replaceFirst("\\.ya?ml$", "");
    if (name.matches(".*[/\\\\].*|\\.\\.?")) {
      throw root.place("name")
          .error(
              "name must not have slashes, since the folder of results is called so, but was "
                  + name);
    }
    return name;
  }

  private StudyData data(SectionReader data) {
    if (!data.has("matrix")) {
      throw data.place("matrix")
          .error("data.matrix is missing; name the expression matrix there, or pass it by --data");
    }
    Path matrix = path(data, StudyKeys.MATRIX);
    String layer = data.text(StudyKeys.LAYER);
    Path probeMap = data.has("probe-map") ? path(data, StudyKeys.PROBE_MAP) : null;
    Path labels = data.has("labels") ? path(data, StudyKeys.LABELS) : null;
    String labelColumn = data.text(StudyKeys.LABEL_COLUMN);
    String batchColumn = data.text(StudyKeys.BATCH_COLUMN);
    Path survival = data.has("survival") ? path(data, StudyKeys.SURVIVAL) : null;
    String hash = data.text(StudyKeys.HASH);
    SectionReader select = data.below("select");
    SectionReader split = data.below("split");
    try {
      DataSettings settings =
          new DataSettings(
              Orientation.of((String) data.one(StudyKeys.ORIENTATION)),
              DataSettings.Missing.of((String) data.one(StudyKeys.MISSING)),
              new DataSettings.Counts(
                  DataSettings.Normalize.of((String) data.one(StudyKeys.NORMALIZE)),
                  DataSettings.Log.of((String) data.one(StudyKeys.LOG))),
              DataSettings.Fit.of((String) data.one(StudyKeys.FIT)),
              DataSettings.Variability.of((String) select.one(StudyKeys.BY)),
              Math.toIntExact((Long) select.one(StudyKeys.KEEP)),
              DataSettings.Scale.of((String) data.one(StudyKeys.SCALE)),
              (Double) split.one(StudyKeys.VALIDATION),
              (Double) split.one(StudyKeys.TEST),
              DataSettings.Group.of((String) split.one(StudyKeys.GROUP)),
              DataSettings.Stratify.of((String) split.one(StudyKeys.STRATIFY)));
      select.finish(List.of());
      split.finish(List.of());
      data.finish(List.of());
      return new StudyData(
          matrix, layer, probeMap, labels, labelColumn, batchColumn, survival, hash, settings);
    } catch (IllegalArgumentException e) {
      throw data.place("split").error("data." + e.getMessage(), e);
    }
  }

  /// The file that a key names.
  private Path path(SectionReader data, StudyKey key) {
    String text = data.text(key);
    if (text.startsWith(BUILT_IN)) {
      return BuiltInData.path(text.substring(BUILT_IN.length())).toAbsolutePath().normalize();
    }
    Place place = data.value(key.name()).place();
    try {
      Path path = place.folder().resolve(text).toAbsolutePath().normalize();
      if (!checksFiles) {
        return path;
      }
      if (Files.isDirectory(path) && !(key.equals(StudyKeys.MATRIX) && MatrixFile.is(path))) {
        throw place.error("%s: %s is a folder; name a file in it".formatted(key.path(), path));
      }
      if (!Files.exists(path)) {
        throw place.error(
            "%s: the file %s does not exist%s"
                .formatted(key.path(), path, key.equals(StudyKeys.MATRIX) ? hint : ""));
      }
      return path;
    } catch (InvalidPathException e) {
      throw place.error(key.path() + " is no path: " + text, e);
    }
  }

  private static @Nullable Duration timeLimit(SectionReader train) {
    String text = train.text(StudyKeys.TIME_LIMIT);
    if (text.equals("none")) {
      return null;
    }
    try {
      return TimeLimit.of(text);
    } catch (IllegalArgumentException e) {
      throw train.place("time-limit").error("train.time-limit " + e.getMessage() + ", or none", e);
    }
  }

  private static Repeats repeats(SectionReader root) {
    SplitMode crossed = SplitMode.CROSSED;
    if (root.has("repeats") && !(root.value("repeats") instanceof Section)) {
      HyperParameter repeats = new HyperParameter.Count("repeats", 1, 1, StudyKeys.COUNT.meaning());
      return new Repeats(Math.toIntExact((Long) root.one(repeats)), crossed);
    }
    SectionReader below = root.below("repeats");
    Repeats repeats =
        new Repeats(
            Math.toIntExact((Long) below.one(StudyKeys.COUNT)),
            below.one(StudyKeys.SPLIT).equals("fixed") ? SplitMode.FIXED : crossed);
    below.finish(List.of());
    return repeats;
  }

  private static StudySeeds seeds(SectionReader root) {
    SectionReader below = root.below("seeds");
    SequencedMap<String, Long> own = new LinkedHashMap<>();
    for (HyperParameter seed : StudyKeys.OWN_SEEDS) {
      if (below.has(seed.name())) {
        own.put(seed.name(), (Long) below.one(seed));
      }
    }
    below.finish(List.of());
    return new StudySeeds((Long) root.one(StudyKeys.SEED), own);
  }

  private static String store(SectionReader root, String name) {
    String store = root.text(StudyKeys.STORE);
    if (DatabaseUrl.isUrl(store)) {
      try {
        DatabaseUrl.of(store).schema(name);
      } catch (IllegalArgumentException e) {
        UserError error = root.place("store").error("store " + e.getMessage());
        // The place of an option is the option, which may hold a password.
        throw new UserError(String.valueOf(error.getMessage()).replace("=" + store, ""), e);
      }
      return store;
    }
    // The ending keeps it apart from the tables, the report and the resolved study beside it.
    if (!store.matches("[A-Za-z0-9][A-Za-z0-9._-]*\\.db")) {
      throw root.place("store")
          .error("store must be %s but was %s".formatted(StudyKeys.STORE.rule(), store));
    }
    return store;
  }

  /// Refuses values that no cell can have beside the others, such as Nesterov without momentum, or
  /// an importance-weighted bound without KL.
  private static void checkSettings(Study study, String source) {
    study
        .unfolded()
        .refusal()
        .ifPresent(reason -> {
          throw new UserError(source + ": " + reason);
        });
  }

  /// A remark on a study is said of its own data: on others that is told first, and in place of one
  /// on data that come with vaescape.
  private static SequencedMap<String, List<String>> comments(
      Section own, Section file, String name, Overrides overrides) {
    SequencedMap<String, List<String>> comments = new LinkedHashMap<>();
    collect(file, "", comments);
    Path matrix = overrides.matrix();
    if (matrix != null) {
      comments.computeIfPresent(
          "name",
          (_, remark) -> {
            List<String> more = new ArrayList<>();
            more.add("The settings of %s on %s.".formatted(name, matrix.getFileName()));
            if (!isOfBuiltIn(own)) {
              more.add("Of %s with its own data is said:".formatted(name));
              more.addAll(remark);
            }
            return more;
          });
    }
    return comments;
  }

  private static boolean isOfBuiltIn(Section own) {
    return own.has("data")
        && own.entry("data").value() instanceof Section data
        && data.has("matrix")
        && data.entry("matrix").value() instanceof Yaml.Scalar(Object matrix, _)
        && matrix.toString().startsWith(BUILT_IN);
  }

  private static void collect(Section section, String path, Map<String, List<String>> comments) {
    section
        .entries()
        .forEach((key, entry) -> {
          if (!entry.comments().isEmpty()) {
            comments.put(path + key, entry.comments());
          }
          if (entry.value() instanceof Yaml.Section below) {
            collect(below, path + key + ".", comments);
          }
        });
  }
}
