package org.vaescape.report;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.vaescape.UserError;
import org.vaescape.analysis.claim.Claim;
import org.vaescape.analysis.claim.Words;
import org.vaescape.analysis.shares.EffectShare;
import org.vaescape.study.FinishedTrial;
import org.vaescape.study.Metric;
import org.vaescape.study.Metrics;
import org.vaescape.study.Sources;
import org.vaescape.study.yaml.YamlReader;

/// The methods of a study as a paper states them, with citations as `[@key]` and their entries in
/// BibTeX. It says what the resolved study file and the trials say, and no more.
record Methods(ReportInput input, StudyCells study) {
  /// A paragraph for each part of what was done.
  List<String> paragraphs() {
    return List.of(data(), models(), training(), outcomes(), statistics(), software());
  }

  /// The same as a file.
  String text() {
    return paragraphs().stream()
        .map(paragraph -> String.join("\n", Wrapped.lines(paragraph, "", "")) + "\n")
        .collect(Collectors.joining("\n"));
  }

  /// Entries of everything that the text cites, by key.
  String bib() {
    Map<String, String> cited = new TreeMap<>();
    References references = References.read();
    sources().forEach(source -> cited.putAll(references.entries(source)));
    return String.join("\n", cited.values());
  }

  /// What the settings of all cells name, and what defines the outcomes that trials have.
  private SequencedSet<String> sources() {
    SequencedSet<String> sources = new LinkedHashSet<>();
    for (CellSummary cell : study.cells()) {
      cell.settings().forEach((key, value) -> Sources.of(key, value).ifPresent(sources::add));
    }
    measured().forEach(metric -> sources.add(metric.source()));
    return sources;
  }

  private String data() {
    Map<String, String> file = settings();
    String extent = fact("matrix");
    StringBuilder text = new StringBuilder("Data. We used the expression matrix ");
    text.append(Path.of(file.getOrDefault("data.matrix", "of the study")).getFileName());
    text.append(extent.isEmpty() ? "" : " (" + extent + ")");
    String hash = file.getOrDefault("data.hash", "");
    text.append(hash.isEmpty() ? ". " : ", content hash " + hash + ". ");
    text.append(counts(file));
    String scale = file.getOrDefault("data.scale", "none");
    text.append(
        "The %s genes of the largest %s %s %s. "
            .formatted(
                file.getOrDefault("data.select.keep", "selected"),
                file.getOrDefault("data.select.by", "variation").replace('-', ' '),
                scale.equals("none")
                    ? "were selected and values not scaled; genes were chosen on"
                    : "were selected and values scaled (%s), both fitted on".formatted(scale),
                switch (values("data.fit")) {
                  case "all" -> "all samples";
                  case "train" -> "the training samples";
                  default -> "the training samples or on all (data.fit varied)";
                }));
    text.append(
        "Of the samples a share of %s was held out for validation and %s for test, at random%s%s%s."
            .formatted(
                file.getOrDefault("data.split.validation", "?"),
                file.getOrDefault("data.split.test", "0"),
                knownApart() ? "" : grouped(file, "data.split.group", ", grouped by "),
                grouped(file, "data.split.stratify", ", stratified by "),
                splits(file)));
    return text.toString();
  }

  /// What was done to values before genes were selected; empty if they were taken as they were.
  private static String counts(Map<String, String> file) {
    String normalized =
        switch (file.getOrDefault("data.normalize", "none")) {
          case "cpm" -> "divided by the sum of their sample and multiplied by a million";
          case "size-factors" ->
              "divided by the size factor of their sample (the median ratio to geometric means of genes; Anders and Huber 2010, doi:10.1186/gb-2010-11-10-r106)";
          default -> "";
        };
    String logarithm =
        switch (file.getOrDefault("data.log", "none")) {
          case "log1p" -> "transformed by ln(x + 1)";
          case "log2" -> "transformed by log2(x + 1)";
          default -> "";
        };
    List<String> done = Stream.of(normalized, logarithm).filter(step -> !step.isEmpty()).toList();
    return done.isEmpty() ? "" : "Values were %s. ".formatted(String.join(" and then ", done));
  }

  private String splits(Map<String, String> file) {
    if (study.repeats() < 2) {
      return "";
    }
    return file.getOrDefault("repeats.split", "crossed").equals("fixed")
        ? "; all repeats shared one split"
        : "; each repeat had a split of its own";
  }

  /// Whether each sample counts as a patient of its own, so that nothing was grouped.
  private boolean knownApart() {
    String patients = fact("patients");
    return !patients.isEmpty() && fact("matrix").startsWith(patients + " samples ");
  }

  private static String grouped(Map<String, String> file, String key, String words) {
    String by = file.getOrDefault(key, "none");
    return by.equals("none") ? "" : words + by;
  }

  private String models() {
    String term = values("reconstruction").isEmpty() ? "the model's own" : cited("reconstruction");
    String objective = values("objective");
    String settings =
        Stream.of(
                named("hidden layers", values("hidden")),
                named("activation", cited("activation")),
                named("normalisation of hidden layers", cited("normalization")),
                named("normalisation of the output", values("output-norm")),
                named("output", cited("output")),
                named("reconstruction term", term)
                    + (objective.isEmpty() ? "" : " (objective " + objective + ")"),
                named("KL weight", values("kl-weight")),
                named("initial weights", cited("initializer")))
            .filter(setting -> !setting.isEmpty())
            .collect(Collectors.joining(", "));
    return "Models. We trained %s with %s.%s"
        .formatted(cited("model"), settings, own("Settings of their own", study.models()));
  }

  /// Empty of a setting that no cell has, as a term of counts has no activation of the output.
  private static String named(String name, String values) {
    return values.isEmpty() ? "" : name + " " + values;
  }

  /// ` Settings of their own: iwae (samples 5, compat none).`; empty where none of these has any.
  private String own(String words, List<String> members) {
    String settings =
        members.stream()
            .filter(member -> !below(member + ".").isEmpty())
            .map(member -> member + below(member + "."))
            .collect(Collectors.joining(", "));
    return settings.isEmpty() ? "" : " " + words + ": " + settings + ".";
  }

  private String training() {
    List<String> varying =
        study.varying().stream().map(key -> "%s (%s)".formatted(key, values(key))).toList();
    return "Training. We varied %s: %s, %s each, %s in all. Optimizers were %s; batches had %s samples; the learning-rate schedule was %s; training stopped by rule %s after at most %s epochs.%s The seed of the study was %s, from which every trial's are derived."
        .formatted(
            varying.isEmpty() ? "nothing" : String.join(", ", varying),
            Numbers.count(study.cells().size(), "setting"),
            Numbers.count(study.repeats(), "repeat"),
            Numbers.count(study.trials().size(), "trial"),
            cited("optimizer"),
            values("batch"),
            cited("scheduler") + below("scheduler."),
            values("stop.rule") + below("stop."),
            values("max-epochs"),
            own("Settings of optimizers", study.values(StudyCells.OPTIMIZER)),
            input.seed());
  }

  /// What trials have that a paper defines, in the order of the catalogue.
  private List<Metric> measured() {
    Set<String> names =
        study.trials().stream()
            .flatMap(trial -> trial.metrics().keySet().stream())
            .collect(Collectors.toSet());
    return Metrics.ALL.stream().filter(metric -> names.contains(metric.name())).toList();
  }

  private String outcomes() {
    References references = References.read();
    String further =
        measured().stream()
            .filter(metric -> !references.entries(metric.source()).isEmpty())
            .map(metric -> metric.name() + citation(references.entries(metric.source()).keySet()))
            .collect(Collectors.joining(", "));
    String how = settings().getOrDefault("validation.latent", "");
    String latent = how.isEmpty() ? "" : ", of a latent that is " + how;
    return "Outcomes. Trials were judged on the validation samples by the mean squared error of what is decoded from the mean latent (val_mse), by R² against predicting each gene's training mean (val_r2), and by the model's own reconstruction term (val_reconstruction%s), beside principal components of as many numbers as the decoder sees. A trial that did not end, that was no better than its first weights or the mean predictor, or whose latent carried less than 1 nat is counted and not ranked."
            .formatted(latent)
        + (further.isEmpty() ? "" : " Further outcomes: " + further + ".");
  }

  private String statistics() {
    List<String> methods =
        input.found().stream()
            .flatMap(found -> found.effects().stream())
            .map(EffectShare::method)
            .distinct()
            .toList();
    String confidence = Words.percent(Claim.CONFIDENCE);
    return "Statistics. Importance is the share of the variation of an outcome that goes with a setting, alone and together with others%s. Intervals are %s intervals; a claim is called supported or contradicted if such an interval leaves out the opposite, and undecided else, and was asked again under other scales, stopping points, rules for failed trials and without each level. Failed trials count as an outcome of their own."
        .formatted(
            methods.isEmpty() ? "" : " (estimated by: " + String.join(", ", methods) + ")",
            confidence);
  }

  private String software() {
    List<String> parts = new ArrayList<>();
    for (String name : List.of("vaescape", "libraries", "java", "cpu", "system")) {
      parts.add(fact(name).isEmpty() ? "" : name + " " + fact(name));
    }
    String precision = all(study.trials().stream().map(FinishedTrial::precision).toList());
    parts.add(precision.isEmpty() ? "" : "precision " + precision);
    parts.removeIf(String::isEmpty);
    return "Software. " + String.join("; ", parts) + ".";
  }

  /// Values of a setting with their sources: `adam [@kingma2015], sgd`.
  private String cited(String key) {
    References references = References.read();
    return study.values(key).stream()
        .filter(value -> !value.isEmpty())
        .map(value ->
            value
                + Sources.of(key, value)
                    .map(source -> citation(references.entries(source).keySet()))
                    .orElse(""))
        .collect(Collectors.joining(", "));
  }

  /// ` [@kingma2014; @burda2016]`; empty without keys.
  private static String citation(Collection<String> keys) {
    return keys.isEmpty()
        ? ""
        : keys.stream().map(key -> "@" + key).collect(Collectors.joining("; ", " [", "]"));
  }

  /// ` (tolerance 0.01, min-epochs 12)`: further settings of a rule, by how their keys begin.
  private String below(String prefix) {
    String settings =
        study.cells().stream()
            .flatMap(cell -> cell.settings().keySet().stream())
            .filter(key -> key.startsWith(prefix) && !key.equals(prefix + "rule"))
            .distinct()
            .map(key -> key.substring(prefix.length()) + " " + values(key))
            .collect(Collectors.joining(", "));
    return settings.isEmpty() ? "" : " (" + settings + ")";
  }

  private String values(String key) {
    return all(study.values(key));
  }

  private String fact(String name) {
    return all(
        study.trials().stream().map(trial -> trial.provenance().getOrDefault(name, "")).toList());
  }

  private static String all(List<String> texts) {
    return texts.stream()
        .filter(text -> !text.isEmpty())
        .distinct()
        .collect(Collectors.joining(", "));
  }

  /// What the resolved study file says, by dotted key; empty of what is no study file.
  private Map<String, String> settings() {
    Map<String, String> flat = new LinkedHashMap<>();
    try {
      flatten("", YamlReader.file(input.studyYaml(), "study.yaml", Path.of("")).plain(), flat);
    } catch (UserError noStudyFile) {
      return Map.of();
    }
    return flat;
  }

  private static void flatten(String key, Object value, Map<String, String> flat) {
    if (value instanceof Map<?, ?> section) {
      section.forEach(
          (name, below) -> flatten(key.isEmpty() ? "" + name : key + "." + name, below, flat));
    } else {
      flat.put(key, value.toString());
    }
  }
}
