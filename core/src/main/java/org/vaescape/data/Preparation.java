package org.vaescape.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.vaescape.UserError;
import org.vaescape.data.DataSettings.Group;
import org.vaescape.data.DataSettings.Stratify;

/// From a matrix to scaled training, validation and test parts.
///
/// In this order: split; make counts comparable; drop or fill genes with missing values; keep the
/// most variable genes, in the order of the file; scale. Samples that go because they lack values
/// ([CompleteSamples]) went before. All is fitted on the training samples unless the settings say
/// `fit: all`. Computed in double precision, stored in single. Thread-safe; the matrix is only
/// read.
public final class Preparation {
  /// The first 12 characters of a TCGA barcode name the patient, the rest the tissue.
  private static final Pattern TCGA_BARCODE =
      Pattern.compile("(TCGA[-.][A-Z0-9]{2}[-.][A-Z0-9]{4})([-.].*)?");

  private Preparation() {}

  /// Prepares the data of one repeat; equal arguments give equal bits.
  ///
  /// A tenth for validation means `round(n / 10)` samples, or one or two fewer where whole patients
  /// do not add up to that number.
  ///
  /// @param splitSeed decides which samples validate and test
  /// @throws UserError if the settings do not fit the matrix or the labels
  public static PreparedData prepare(
      Matrix matrix, Optional<Labels> labels, DataSettings settings, long splitSeed) {
    return prepare(matrix, labels, settings, splitSeed, ScaledParts::of);
  }

  /// The same with parts that are scaled, or were once, by `scaled`.
  static PreparedData prepare(
      Matrix matrix,
      Optional<Labels> labels,
      DataSettings settings,
      long splitSeed,
      ScaledParts.Maker scaled) {
    List<String> notes = new ArrayList<>(matrix.notes());
    AxisNames.datesNote(matrix.source(), matrix.genes()).ifPresent(notes::add);
    List<String> sampleLabels =
        labels.map(found -> labelsOf(matrix, found, notes)).orElse(List.of());
    Split split = split(matrix, sampleLabels, settings, splitSeed);
    return prepared(
        matrix, sampleLabels, settings, split, notes, scaled.make(matrix, settings, split));
  }

  /// How many samples [#prepare] would give to training, which takes no more than the split.
  ///
  /// @throws UserError as [#prepare]
  public static int trainingSamples(
      Matrix matrix, Optional<Labels> labels, DataSettings settings, long splitSeed) {
    List<String> sampleLabels =
        labels.map(found -> labelsOf(matrix, found, new ArrayList<>())).orElse(List.of());
    return split(matrix, sampleLabels, settings, splitSeed).training().length;
  }

  /// How many genes [#prepare] could keep at most.
  ///
  /// @throws UserError as [#prepare], but for a number of genes that is too large
  public static int usableGenes(
      Matrix matrix, Optional<Labels> labels, DataSettings settings, long splitSeed) {
    List<String> sampleLabels =
        labels.map(found -> labelsOf(matrix, found, new ArrayList<>())).orElse(List.of());
    Split split = split(matrix, sampleLabels, settings, splitSeed);
    return ScaledParts.usableGenes(matrix, settings, split);
  }

  private static Split split(
      Matrix matrix, List<String> sampleLabels, DataSettings settings, long splitSeed) {
    List<String> samples = matrix.samples();
    if (settings.stratify() == Stratify.LABEL && sampleLabels.isEmpty()) {
      throw new UserError(
          "data.split.stratify is label but there are no labels; give a labels file or set it to none");
    }
    Split split =
        Split.of(
            settings.group() == Group.PATIENT ? patients(samples) : samples,
            settings.stratify() == Stratify.LABEL
                ? sampleLabels
                : Collections.nCopies(samples.size(), ""),
            settings.validation(),
            settings.test(),
            splitSeed);
    if (split.training().length == 0 || split.validation().length == 0) {
      throw new UserError(
          "%s: %s samples of %s patients leave %s for training and %s for validation; both need at least one"
              .formatted(
                  matrix.source(),
                  samples.size(),
                  patients(samples).stream().distinct().count(),
                  split.training().length,
                  split.validation().length));
    }
    return split;
  }

  /// Prepares a split that is already made.
  ///
  /// @param labels for each sample its label, or an empty list
  /// @param notes goes first into the notes of the result
  static PreparedData prepare(
      Matrix matrix, List<String> labels, DataSettings settings, Split split, List<String> notes) {
    return prepared(
        matrix, labels, settings, split, notes, ScaledParts.of(matrix, settings, split));
  }

  private static PreparedData prepared(
      Matrix matrix,
      List<String> labels,
      DataSettings settings,
      Split split,
      List<String> notes,
      ScaledParts scaled) {
    List<String> genes = names(matrix.genes(), scaled.genes());
    List<String> allNotes = new ArrayList<>(notes);
    allNotes.addAll(scaled.notes());
    return new PreparedData(
        genes,
        part(matrix, labels, split.training(), genes.size(), scaled.training()),
        part(matrix, labels, split.validation(), genes.size(), scaled.validation()),
        part(matrix, labels, split.test(), genes.size(), scaled.test()),
        scaled.scaling(),
        (double) scaled.clipped() / scaled.validation().length,
        hash(matrix, settings, split, genes),
        allNotes);
  }

  private static Part part(
      Matrix matrix, List<String> labels, int[] samples, int genes, float[] values) {
    List<String> names = names(matrix.samples(), samples);
    return new Part(
        names,
        patients(names),
        labels.isEmpty() ? List.of() : names(labels, samples),
        genes,
        values);
  }

  /// For each sample its label, or an empty text.
  private static List<String> labelsOf(Matrix matrix, Labels labels, List<String> notes) {
    notes.addAll(labels.notes());
    List<String> found = matrix.samples().stream().map(labels::of).toList();
    long without = found.stream().filter(String::isEmpty).count();
    if (without == found.size()) {
      throw new UserError(
          "%s: labels none of the %s samples of %s; its first sample is '%s', the matrix has '%s'"
              .formatted(
                  labels.source(),
                  found.size(),
                  matrix.source(),
                  labels.bySample().isEmpty() ? "" : labels.bySample().firstEntry().getKey(),
                  matrix.samples().getFirst()));
    }
    if (without > 0) {
      notes.add(
          "%s: %s of the %s samples of %s have no label; outcomes by it leave them out, unless you give them one"
              .formatted(labels.source(), without, found.size(), matrix.source()));
    }
    long unknown = labels.bySample().size() - (found.size() - without);
    if (unknown > 0) {
      notes.add(
          "%s: %s of its %s labels are of samples that %s does not have; take them out if they should not be there"
              .formatted(labels.source(), unknown, labels.bySample().size(), matrix.source()));
    }
    return found;
  }

  /// For each sample who it comes from, told by TCGA barcodes; others are one each.
  public static List<String> patients(List<String> samples) {
    return samples.stream()
        .map(sample -> TCGA_BARCODE.matcher(sample).matches() ? sample.substring(0, 12) : sample)
        .toList();
  }

  private static List<String> names(List<String> names, int[] chosen) {
    return Arrays.stream(chosen).mapToObj(names::get).toList();
  }

  /// Over the matrix, what was done to it and what came of that: the split and the genes.
  ///
  /// Orientation is in the matrix; the seed and the labels show in the split.
  private static String hash(
      Matrix matrix, DataSettings settings, Split split, List<String> genes) {
    ContentHash hash = new ContentHash("vaescape prepared data 1");
    hash.text(matrix.hash());
    settings.addTo(hash);
    hash.texts(genes);
    hash.texts(names(matrix.samples(), split.training()));
    hash.texts(names(matrix.samples(), split.validation()));
    hash.texts(names(matrix.samples(), split.test()));
    return hash.hex();
  }
}
