package org.vaescape.study;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.vaescape.UserError;
import org.vaescape.data.Annotations;
import org.vaescape.data.FollowUp;
import org.vaescape.data.Labels;
import org.vaescape.data.LabelsFile;
import org.vaescape.data.Matrix;
import org.vaescape.data.SurvivalFile;

/// What the files of a study say of its samples.
///
/// @param annotations batches and survival
/// @param hash over all of it, whatever the order of the files; empty where nothing is said
/// @param notes warnings, one sentence each, about batches and survival; those about labels come
///   with the preparation
record SampleFacts(
    Optional<Labels> labels, Annotations annotations, String hash, List<String> notes) {
  private static final String AUTO = "auto";

  /// Reads the files.
  ///
  /// @throws UserError if one says nothing that is of use for this matrix
  static SampleFacts read(StudyData data, Matrix matrix) {
    return read(data, matrix, matrix);
  }

  /// The same of a matrix without some of its samples, of which no fact is then of an unknown one.
  ///
  /// @param file the matrix with them
  static SampleFacts read(StudyData data, Matrix file, Matrix matrix) {
    Set<String> dropped = new HashSet<>(file.samples());
    matrix.samples().forEach(dropped::remove);
    Path labelsFile = file(data, "label-column", data.labelColumn(), List.of(AUTO));
    Path batchesFile =
        data.batchColumn().equals(AUTO)
            ? labelsFile
            : file(data, "batch-column", data.batchColumn(), List.of("none"));
    Path survivalFile = data.survival();
    Optional<Labels> labels =
        Optional.ofNullable(labelsFile)
            .map(table -> LabelsFile.read(table, data.labelColumn()).without(dropped));
    SequencedMap<String, String> batches =
        batchesFile == null
            ? new LinkedHashMap<>()
            : LabelsFile.batches(batchesFile, data.batchColumn());
    SequencedMap<String, FollowUp> followUps =
        survivalFile == null ? new LinkedHashMap<>() : SurvivalFile.read(survivalFile);
    List<String> notes = new ArrayList<>();
    if (batchesFile != null && !batches.isEmpty()) {
      note(batchesFile, "batch", batches, matrix, notes);
    }
    if (survivalFile != null) {
      note(survivalFile, "survival time", followUps, matrix, notes);
    }
    return new SampleFacts(
        labels, new Annotations(batches, followUps), hash(labels, batches, followUps), notes);
  }

  /// The labels file, or the matrix where it is one that says something of its samples, and is
  /// asked for a column; null if neither is.
  ///
  /// @param key of the section `data`, which names the column
  /// @param words by which it names none
  private static @Nullable Path file(
      StudyData data, String key, String column, List<String> words) {
    if (data.labels() != null || words.contains(column)) {
      return data.labels();
    }
    if (!LabelsFile.isIn(data.matrix())) {
      throw new UserError(
          "data.%s is %s but there is no labels file to have that column, and the matrix is no .h5ad file; name one by data.labels"
              .formatted(key, column));
    }
    return data.matrix();
  }

  private static void note(
      Path file, String what, Map<String, ?> facts, Matrix matrix, List<String> notes) {
    long with = matrix.samples().stream().filter(facts::containsKey).count();
    if (with == 0) {
      throw new UserError(
          "%s: has a %s of none of the %d samples of %s, whose first is '%s'"
              .formatted(
                  file,
                  what,
                  matrix.samples().size(),
                  matrix.source(),
                  matrix.samples().getFirst()));
    }
    if (with < matrix.samples().size()) {
      notes.add(
          "%s: %d of the %d samples of %s have no %s; outcomes by it leave them out, unless you give them one"
              .formatted(
                  file,
                  matrix.samples().size() - with,
                  matrix.samples().size(),
                  matrix.source(),
                  what));
    }
  }

  /// Without batches and survival that of the labels alone.
  private static String hash(
      Optional<Labels> labels, Map<String, String> batches, Map<String, FollowUp> followUps) {
    String ofLabels = labels.map(found -> hash(found.bySample())).orElse("");
    Map<String, String> times = new TreeMap<>();
    followUps.forEach(
        (sample, followUp) -> times.put(sample, followUp.time() + "\t" + followUp.event()));
    return batches.isEmpty() && followUps.isEmpty()
        ? ofLabels
        : Hashes.of(String.join("\n", ofLabels, hash(batches), hash(times)));
  }

  private static String hash(Map<String, String> bySample) {
    return Hashes.of(
        new TreeMap<>(bySample)
            .entrySet().stream()
                .map(fact -> fact.getKey() + "\t" + fact.getValue())
                .collect(Collectors.joining("\n")));
  }
}
