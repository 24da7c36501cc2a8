package org.vaescape.study;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;
import org.vaescape.UserError;
import org.vaescape.data.DataCache;
import org.vaescape.data.DataSettings;
import org.vaescape.data.DataSettings.Counts;
import org.vaescape.data.DataSettings.Missing;
import org.vaescape.data.LabelsFile;
import org.vaescape.data.Matrix;
import org.vaescape.data.MatrixFacts;
import org.vaescape.data.Preparation;
import org.vaescape.data.PreparedData;
import org.vaescape.search.Cell;

/// What is in a matrix, which settings suit it, and what a study with these would make of it.
///
/// @param study with the settings that suit
/// @param sets what is to be changed in the study for that, as `--set` takes it
/// @param matrix as the file has it
/// @param classes samples of each label, the labels in alphabetical order; empty without labels
/// @param columns of AnnData's `obs`, with the number of different texts in each
/// @param prepared what trials of the study would see; null if it would be refused
/// @param twins samples that are nearly the same as another one
/// @param refusal why what was asked for would be refused, in one sentence; empty if it would not
/// @param settings that suit better than what was asked for, by their keys
/// @param notes warnings of the study, one sentence each
public record DataReview(
    Study study,
    List<String> sets,
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

  /// Of fewer samples batch normalisation has hardly a variance.
  private static final int SMALLEST_BATCH = 8;

  /// Fewer counts a sample than bulk libraries have; most single cells have fewer.
  private static final int FEW_COUNTS = 20_000;

  /// A larger share of zeros than bulk libraries have, even over all genes of Ensembl.
  private static final double MANY_ZEROS = 0.7;

  private static final String TERM = "train.reconstruction";
  private static final String NB = "nb";
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
  /// @param name of a study, of whose settings those of `data` count most
  /// @param asked what is changed in it, the matrix among it
  /// @throws UserError if the matrix, or a file that says something of it, cannot be read
  public static DataReview of(String name, Overrides asked, DataCache cache) {
    Study study = StudyFile.read(name, asked);
    StudyData source = study.data();
    Matrix matrix = source.read(cache);
    MatrixFacts facts = MatrixFacts.of(matrix);
    SequencedMap<String, Integer> columns =
        LabelsFile.isIn(source.matrix())
            ? LabelsFile.columns(source.matrix())
            : new LinkedHashMap<>();
    Attempt attempt = Attempt.of(study, matrix, cache);
    String refusal = attempt.refusal;
    SequencedMap<String, Integer> classes = classes(attempt);
    SequencedMap<String, Better> settings = new LinkedHashMap<>();
    if (classes.isEmpty()) {
      labelColumn(columns).forEach(settings::put);
    }
    missing(source.settings(), matrix, facts).forEach(settings::put);
    boolean stay = mayStayCounts(name, asked, settings, facts);
    settings.putAll(counts(study, matrix, facts, stay));
    if (settings.containsKey(TERM)) {
      settings.putAll(modelsOfCounts(StudyFile.read(name, with(asked, settings))));
    }
    if (!settings.isEmpty()) {
      attempt = attempt.then(StudyFile.read(name, with(asked, settings)), matrix, cache);
    }
    // Fewer genes first, since only what could be prepared tells of batches.
    while (!attempt.needed.isEmpty()) {
      settings.putAll(attempt.needed);
      attempt = attempt.then(StudyFile.read(name, with(asked, settings)), matrix, cache);
    }
    if (attempt.prepared == null && refusal.isEmpty()) {
      // What suits most matrices is nothing for this one, which needs none of it.
      settings.clear();
      attempt = attempt.then(study, matrix, cache);
    }
    return new DataReview(
        attempt.study,
        with(asked, settings).sets(),
        matrix,
        facts,
        classes,
        columns,
        attempt.prepared,
        attempt.prepared == null ? List.of() : NearDuplicates.among(attempt.prepared),
        refusal,
        settings,
        List.copyOf(attempt.notes));
  }

  private static Overrides with(Overrides asked, Map<String, Better> settings) {
    List<String> sets = new ArrayList<>();
    for (String set : asked.sets()) {
      if (!settings.containsKey(set.replaceFirst("=.*", "").strip())) {
        sets.add(set);
      }
    }
    settings.forEach((key, better) -> sets.add(key + "=" + better.value()));
    return new Overrides(sets, asked.matrix(), asked.labels(), asked.precision(), asked.folder());
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

  /// Preparing the data as a study would.
  private static final class Attempt {
    private final Study study;
    private final Matrix whole;
    private final SampleFacts said;
    private final SequencedMap<String, Better> needed = new LinkedHashMap<>();
    private final SequencedSet<String> notes = new LinkedHashSet<>();
    private @Nullable PreparedData prepared;
    private String refusal = "";

    private Attempt(Study study, Matrix matrix) {
      this.study = study;
      whole = study.data().whole(matrix);
      said = SampleFacts.read(study.data(), matrix, whole);
    }

    /// @throws UserError if what says something of the matrix cannot be read
    static Attempt of(Study study, Matrix matrix, DataCache cache) {
      Attempt attempt = new Attempt(study, matrix);
      try {
        attempt.prepare(cache);
      } catch (UserError e) {
        attempt.refusal = String.valueOf(e.getMessage());
        if (attempt.prepared == null) {
          attempt.keepFewer();
        }
        attempt.prepared = null;
      }
      return attempt;
    }

    /// Another study. Lets go of what this one has prepared, since there may be no room for two.
    Attempt then(Study other, Matrix matrix, DataCache cache) {
      prepared = null;
      return of(other, matrix, cache);
    }

    /// With what a run would refuse or warn of beside.
    private void prepare(DataCache cache) {
      PreparedData data =
          cache.prepare(whole, said.labels(), study.data().settings(), TrialSeeds.split(study, 0));
      prepared = data;
      notes.addAll(data.notes());
      notes.addAll(said.notes());
      List<Cell> cells = study.cells();
      int samples = data.training().size();
      int largest =
          cells.stream().mapToInt(cell -> CellTraining.count(cell, "batch")).max().orElse(0);
      if (largest > samples && samples > 1) {
        needed.put(
            "train.batch",
            new Better(
                Integer.toString(batch(samples)),
                "%,d samples train, fewer than a batch of %,d".formatted(samples, largest)));
      }
      notes.addAll(DataLint.check(cells, data, DataFacts.of(data, cache)));
      notes.addAll(BatchRules.check(BatchRules.withABatch(cells, samples), samples));
    }

    /// Leaves no last batch of one sample, which has no variance.
    private static int batch(int samples) {
      int batch = Math.max(2, Integer.highestOneBit(samples / STEPS));
      batch = Math.max(batch, Math.min(SMALLEST_BATCH, samples / 2));
      while (samples % batch == 1) {
        batch++;
      }
      return batch;
    }

    private void keepFewer() {
      try {
        int keep = study.data().settings().keep();
        int usable =
            Preparation.usableGenes(
                whole, said.labels(), study.data().settings(), TrialSeeds.split(study, 0));
        if (usable > 0 && usable < keep) {
          int fewer = round(usable);
          needed.put(
              "data.select.keep",
              new Better(
                  Integer.toString(fewer),
                  "%,d genes can be used, fewer than the %,d to keep%s"
                      .formatted(
                          usable,
                          keep,
                          fewer < usable
                              ? "; rounded down, since a few more may be constant in the training samples of another split"
                              : "")));
        }
      } catch (UserError _) {
        // What refuses this too has been told.
      }
    }

    /// Two digits, so that splits in which a few more genes are constant do as well.
    private static int round(int genes) {
      int unit = 1;
      while (genes / unit >= 100) {
        unit *= 10;
      }
      return genes / unit * unit;
    }
  }

  /// Whether a term of counts can be trained: a mean that stands in for a value is none, and models
  /// with a term of their own have no other.
  private static boolean mayStayCounts(
      String name, Overrides asked, Map<String, Better> settings, MatrixFacts facts) {
    DataSettings data = StudyFile.read(name, with(asked, settings)).data().settings();
    if (data.missing() == Missing.MEAN && facts.incompleteGenes() > facts.emptyGenes()) {
      return false;
    }
    try {
      StudyFile.read(name, with(asked, Map.of(TERM, new Better(NB, ""))));
      return true;
    } catch (UserError _) {
      return false;
    }
  }

  /// @param stay whether they may be taken as they are
  private static Map<String, Better> counts(
      Study study, Matrix matrix, MatrixFacts facts, boolean stay) {
    SequencedMap<String, Better> better = new LinkedHashMap<>();
    Counts counts = study.data().settings().counts();
    if (counts.normalize() == DataSettings.Normalize.SIZE_FACTORS && facts.everywhere() == 0) {
      better.put(
          "data.normalize",
          new Better(
              DataSettings.Normalize.CPM.text(),
              "no gene is above 0 in all samples, which size factors compare"));
    }
    boolean asTheyAre = counts.equals(Counts.AS_THEY_ARE);
    if (!asTheyAre || study.cells().stream().allMatch(DataReview::ofCounts)) {
      return better;
    }
    boolean counted = facts.kind() == MatrixFacts.Kind.COUNTS;
    double zeros = (double) facts.zeros() / matrix.samples().size() / matrix.genes().size();
    if (stay && counted && (facts.medianTotal() < FEW_COUNTS || zeros > MANY_ZEROS)) {
      better.put(
          TERM,
          new Better(
              NB,
              "half of the samples have %,.0f counts or fewer, and %.0f %% of values are 0, as of single cells: scaled logarithms tell little but which are 0, and a term of counts takes the depth of samples into account; or take them all the same, by data.normalize=cpm and data.log=log2"
                  .formatted(facts.medianTotal(), 100 * zeros)));
      better.put(
          "data.scale",
          new Better(DataSettings.Scale.NONE.text(), "a term of counts is one of whole numbers"));
      return better;
    }
    if (counted) {
      // A median over few genes is chance.
      boolean sizes = 10L * facts.everywhere() >= matrix.genes().size();
      better.put(
          "data.normalize",
          new Better(
              (sizes ? DataSettings.Normalize.SIZE_FACTORS : DataSettings.Normalize.CPM).text(),
              "raw counts of samples of different depth do not compare; %,d genes are above 0 in all samples"
                  .formatted(facts.everywhere())));
    }
    if (counted || facts.kind() == MatrixFacts.Kind.LINEAR) {
      better.put(
          "data.log",
          new Better(
              DataSettings.Log.LOG2.text(),
              "the largest value is %,.0f, beside which others vanish".formatted(facts.largest())
                  + (stay && counted
                      ? "; or take counts as they are, by data.scale=none and train.reconstruction=nb"
                      : "")));
    }
    return better;
  }

  /// Without models that have another term than that of counts.
  private static Map<String, Better> modelsOfCounts(Study study) {
    SequencedSet<String> models = new LinkedHashSet<>();
    SequencedSet<String> others = new LinkedHashSet<>();
    for (Cell cell : study.cells()) {
      (ofCounts(cell) ? models : others).add(CellSettings.word(cell, "model"));
    }
    others.removeAll(models);
    return models.isEmpty() || others.isEmpty()
        ? Map.of()
        : Map.of(
            "space.model",
            new Better(
                String.join(",", models),
                "%s has a term of its own, which is not one of counts"
                    .formatted(String.join(", ", others))));
  }

  private static boolean ofCounts(Cell cell) {
    return CellSettings.word(cell, "reconstruction").endsWith("nb");
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

  private static SequencedMap<String, Integer> classes(Attempt attempt) {
    SequencedMap<String, Integer> classes = new LinkedHashMap<>();
    attempt
        .said
        .labels()
        .ifPresent(labels ->
            attempt.whole.samples().stream()
                .map(labels::of)
                .filter(label -> !label.isEmpty())
                .sorted()
                .forEach(label -> classes.merge(label, 1, Integer::sum)));
    return classes;
  }
}
