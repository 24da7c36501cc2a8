package org.vaescape.study;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;
import org.vaescape.UserError;
import org.vaescape.data.CompleteSamples;
import org.vaescape.data.DataCache;
import org.vaescape.data.DataSettings;
import org.vaescape.data.DataSettings.Counts;
import org.vaescape.data.DataSettings.Missing;
import org.vaescape.data.LabelsFile;
import org.vaescape.data.Matrix;
import org.vaescape.data.MatrixFacts;
import org.vaescape.data.Part;
import org.vaescape.data.Preparation;
import org.vaescape.data.PreparedData;
import org.vaescape.search.Cell;

/// What is in a matrix, what a study would make of it, and what would be better.
///
/// @param matrix as the file has it
/// @param classes samples of each label, the labels in alphabetical order; empty without labels
/// @param columns of AnnData's `obs`, with the number of different texts in each
/// @param prepared what trials would see, with what is needed but no more; null if nothing helps
/// @param twins samples that are nearly the same as another one
/// @param refusal why a study with these settings would be refused, in one sentence; empty if it
///   would not
/// @param settings that would be better, by their keys
/// @param notes warnings, one sentence each
public record DataReview(
    Study study,
    Matrix matrix,
    MatrixFacts facts,
    SequencedMap<String, Integer> classes,
    SequencedMap<String, Integer> columns,
    @Nullable PreparedData prepared,
    List<String> twins,
    String refusal,
    SequencedMap<String, Better> settings,
    List<String> notes) {
  /// More genes than this that lack a value are a loss.
  private static final double MANY = 0.1;

  /// Steps of an epoch that a batch should leave.
  private static final int STEPS = 8;

  private static final String BATCH = "train.batch";
  private static final String NORMALIZE = "data.normalize";
  private static final String LABELS = "data.label-column";

  /// As single-cell atlases and cohorts call them, the likeliest first.
  private static final List<String> LABEL_COLUMNS =
      List.of(
          "cell_type",
          "celltype",
          "cell_types",
          "cell_ontology_class",
          "label",
          "labels",
          "annotation",
          "tissue",
          "disease");

  /// More classes than this are none that anybody compares.
  public static final int MOST_CLASSES = 100;

  /// A setting that would be better.
  ///
  /// @param reason without a full stop
  public record Better(String value, String reason) {}

  /// Reads, looks and prepares; trains nothing.
  ///
  /// @param study the settings, of which those of `data` count most
  /// @throws UserError if the matrix, or a file that says something of it, cannot be read
  public static DataReview of(Study study, DataCache cache) {
    StudyData source = study.data();
    Matrix matrix = source.read(cache);
    MatrixFacts facts = MatrixFacts.of(matrix);
    SequencedMap<String, Integer> columns =
        LabelsFile.isIn(source.matrix())
            ? LabelsFile.columns(source.matrix())
            : new LinkedHashMap<>();
    Matrix whole = source.whole(matrix);
    SampleFacts said = SampleFacts.read(source, matrix, whole);
    SequencedMap<String, Better> settings = new LinkedHashMap<>();
    SequencedMap<String, Integer> classes = classes(whole, said);
    if (classes.isEmpty()) {
      labelColumn(columns).forEach(settings::put);
    }
    missing(source.settings(), matrix, facts).forEach(settings::put);
    counts(study, matrix, facts).forEach(settings::put);
    Attempt attempt = new Attempt(study, cache, whole, said, mended(settings, source)).made();
    attempt.needed.forEach(settings::put);
    return new DataReview(
        study,
        matrix,
        facts,
        classes,
        columns,
        attempt.prepared,
        attempt.prepared == null ? List.of() : twins(attempt.prepared),
        attempt.refusal,
        settings,
        List.copyOf(attempt.notes));
  }

  /// Whether the settings that would be better may be taken where these are refused.
  public boolean mends() {
    return !refusal.isEmpty() && settings.keySet().stream().anyMatch(key -> !key.equals(LABELS));
  }

  /// The column of `obs` that is called as columns of labels are.
  private static Map<String, Better> labelColumn(SequencedMap<String, Integer> columns) {
    for (String name : LABEL_COLUMNS) {
      for (Map.Entry<String, Integer> column : columns.entrySet()) {
        int classes = column.getValue();
        if (column.getKey().equalsIgnoreCase(name) && classes > 1 && classes <= MOST_CLASSES) {
          return Map.of(
              LABELS,
              new Better(
                  column.getKey(),
                  "its %s classes are labels, by which latents are judged".formatted(classes)));
        }
      }
    }
    return Map.of();
  }

  /// With what should become of missing values, and of counts that cannot be made comparable as the
  /// study has it.
  private static DataSettings mended(Map<String, Better> settings, StudyData source) {
    DataSettings asked = source.settings();
    Better missing = settings.get("data.missing");
    Better normalize = settings.get(NORMALIZE);
    return asked
        .with(missing == null ? asked.missing() : Missing.of(missing.value()))
        .with(
            normalize == null
                ? asked.counts()
                : new Counts(DataSettings.Normalize.of(normalize.value()), asked.counts().log()));
  }

  /// Preparing the data as a study would, and with fewer genes if there are too few.
  private static final class Attempt {
    private final Study study;
    private final DataCache cache;
    private final Matrix matrix;
    private final SampleFacts said;
    private final DataSettings mended;
    private final SequencedMap<String, Better> needed = new LinkedHashMap<>();
    private final SequencedSet<String> notes = new LinkedHashSet<>();
    private @Nullable PreparedData prepared;
    private String refusal = "";

    /// @param mended the settings without those that would be refused or lose much
    Attempt(Study study, DataCache cache, Matrix matrix, SampleFacts said, DataSettings mended) {
      this.mended = mended;
      this.study = study;
      this.cache = cache;
      this.matrix = matrix;
      this.said = said;
    }

    Attempt made() {
      DataSettings settings = study.data().settings();
      try {
        prepare(settings);
      } catch (UserError e) {
        refuse(e);
        keepFewer(settings);
      }
      notes.addAll(prepared == null ? matrix.notes() : prepared.notes());
      notes.addAll(said.notes());
      if (prepared != null) {
        check(prepared);
      }
      return this;
    }

    private void refuse(UserError e) {
      refusal = refusal.isEmpty() ? String.valueOf(e.getMessage()) : refusal;
    }

    private void prepare(DataSettings settings) {
      prepared = cache.prepare(matrix, said.labels(), settings, TrialSeeds.split(study, 0));
    }

    private void keepFewer(DataSettings settings) {
      try {
        int better = usable(CompleteSamples.of(matrix, mended.missing()), mended);
        if (better > 0 && better < settings.keep()) {
          needed.put(
              "data.select.keep",
              new Better(
                  Integer.toString(round(better)),
                  "%,d genes can be used, fewer than the %,d to keep"
                      .formatted(better, settings.keep())));
        }
        int usable = usable(matrix, settings);
        if (usable > 0 && usable < settings.keep()) {
          prepare(settings.keeping(round(usable)));
        }
      } catch (UserError e) {
        refuse(e);
      }
    }

    private int usable(Matrix of, DataSettings settings) {
      return Preparation.usableGenes(of, said.labels(), settings, TrialSeeds.split(study, 0));
    }

    /// Two digits, so that splits in which a few more genes are constant do as well.
    private static int round(int genes) {
      int unit = 1;
      while (genes / unit >= 100) {
        unit *= 10;
      }
      return genes / unit * unit;
    }

    /// What a run would refuse or warn of beside.
    private void check(PreparedData data) {
      List<Cell> cells = study.cells();
      int samples = data.training().size();
      int largest =
          cells.stream().mapToInt(cell -> CellTraining.count(cell, "batch")).max().orElse(0);
      if (largest > samples && samples > 1) {
        needed.put(
            BATCH,
            new Better(
                Integer.toString(Math.max(2, Integer.highestOneBit(samples / STEPS))),
                "%,d samples train, fewer than a batch of %,d".formatted(samples, largest)));
      }
      try {
        notes.addAll(DataLint.check(cells, data, DataFacts.of(data, cache)));
        if (!needed.containsKey(BATCH)) {
          notes.addAll(BatchRules.check(BatchRules.withABatch(cells, samples), samples));
        }
      } catch (UserError e) {
        refuse(e);
      }
    }
  }

  private static Map<String, Better> counts(Study study, Matrix matrix, MatrixFacts facts) {
    SequencedMap<String, Better> better = new LinkedHashMap<>();
    Counts counts = study.data().settings().counts();
    if (counts.normalize() == DataSettings.Normalize.SIZE_FACTORS && facts.everywhere() == 0) {
      better.put(
          NORMALIZE,
          new Better(
              DataSettings.Normalize.CPM.text(),
              "no gene is above 0 in all samples, which size factors compare"));
    }
    boolean asTheyAre = counts.equals(Counts.AS_THEY_ARE);
    boolean ofCounts =
        study.cells().stream()
            .map(cell -> CellSettings.word(cell, "reconstruction"))
            .allMatch(term -> term.endsWith("nb"));
    if (!asTheyAre || ofCounts) {
      return better;
    }
    if (facts.kind() == MatrixFacts.Kind.COUNTS) {
      // A median over few genes is chance.
      boolean sizes = 10L * facts.everywhere() >= matrix.genes().size();
      better.put(
          NORMALIZE,
          new Better(
              (sizes ? DataSettings.Normalize.SIZE_FACTORS : DataSettings.Normalize.CPM).text(),
              "raw counts of samples of different depth do not compare; %,d genes are above 0 in all samples"
                  .formatted(facts.everywhere())));
    }
    if (facts.kind() == MatrixFacts.Kind.COUNTS || facts.kind() == MatrixFacts.Kind.LINEAR) {
      better.put(
          "data.log",
          new Better(
              DataSettings.Log.LOG2.text(),
              "the largest value is %,.0f, beside which others vanish".formatted(facts.largest())
                  + (facts.kind() == MatrixFacts.Kind.COUNTS
                      ? "; or take counts as they are, by data.scale=none and train.reconstruction=nb"
                      : "")));
    }
    return better;
  }

  private static Map<String, Better> missing(
      DataSettings settings, Matrix matrix, MatrixFacts facts) {
    boolean many = facts.incompleteGenes() - facts.emptyGenes() > MANY * matrix.genes().size();
    if (!many || settings.missing() == Missing.DROP_SAMPLES || settings.missing() == Missing.MEAN) {
      return Map.of();
    }
    boolean fewSamples = facts.incompleteSamples() <= MANY * matrix.samples().size();
    return Map.of(
        "data.missing",
        new Better(
            (fewSamples ? Missing.DROP_SAMPLES : Missing.MEAN).text(),
            "%,d of %,d genes lack a value, %s"
                .formatted(
                    facts.incompleteGenes(),
                    matrix.genes().size(),
                    fewSamples
                        ? "all in %,d samples".formatted(facts.incompleteSamples())
                        : "in %,d of %,d samples"
                            .formatted(facts.incompleteSamples(), matrix.samples().size()))));
  }

  private static SequencedMap<String, Integer> classes(Matrix matrix, SampleFacts said) {
    SequencedMap<String, Integer> classes = new LinkedHashMap<>();
    said.labels()
        .ifPresent(labels ->
            matrix.samples().stream()
                .map(labels::of)
                .filter(label -> !label.isEmpty())
                .sorted()
                .forEach(label -> classes.merge(label, 1, Integer::sum)));
    return classes;
  }

  /// `A as B`, one for each sample that is like an earlier one or, beyond its part, like any.
  private static List<String> twins(PreparedData data) {
    SequencedMap<String, String> twins = new LinkedHashMap<>();
    List<Part> parts = DataLint.parts(data).values().stream().map(DataFacts::logarithmic).toList();
    for (int i = 0; i < parts.size(); i++) {
      add(NearDuplicates.within(parts.get(i)), twins);
      for (int earlier = 0; earlier < i; earlier++) {
        add(NearDuplicates.across(parts.get(earlier), parts.get(i)), twins);
      }
    }
    return twins.entrySet().stream().map(t -> t.getKey() + " as " + t.getValue()).toList();
  }

  private static void add(List<NearDuplicates.Pair> pairs, Map<String, String> twins) {
    pairs.forEach(pair -> twins.putIfAbsent(pair.validation(), pair.training()));
  }
}
