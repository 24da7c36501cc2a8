package org.vaescape.study;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.vaescape.Build;
import org.vaescape.data.Matrix;
import org.vaescape.data.Preparation;
import org.vaescape.train.Numerics;

/// How and where trials are made, as far as it is recorded and not hashed.
final class Provenance {
  /// What trials say beside their provenance.
  private static final List<String> OF_TRIALS = List.of("precision", "path");

  private Provenance() {}

  /// What all trials of a study share: everything that its trials' ids are made of but cell and
  /// repeat, so that a trial says by itself how it was made; and program and machine.
  ///
  /// @param matrix that the study reads
  /// @param labelsHash as in [Identity]
  static SequencedMap<String, String> of(
      Study study, Execution execution, Matrix matrix, String labelsHash) {
    SequencedMap<String, String> facts = new LinkedHashMap<>();
    facts.put("study", study.name());
    facts.put(
        "matrix",
        "%s samples x %s genes".formatted(matrix.samples().size(), matrix.genes().size()));
    facts.put(
        "patients",
        Long.toString(Preparation.patients(matrix.samples()).stream().distinct().count()));
    facts.put("seed", Long.toString(study.seed()));
    facts.putAll(study.seeds().texts());
    facts.putAll(new Identity(study, matrix.hash(), labelsHash, execution).common());
    facts.keySet().removeAll(OF_TRIALS);
    facts.put("vaescape", Build.ofThis().text());
    facts.put("libraries", Numerics.libraryText());
    facts.put("kernels", Numerics.kernelsText());
    facts.put("java", System.getProperty("java.vm.name") + " " + Runtime.version());
    facts.put(
        "system",
        String.join(
            " ",
            System.getProperty("os.name"),
            System.getProperty("os.version"),
            System.getProperty("os.arch")));
    facts.put("cpu", Numerics.processorText());
    return facts;
  }
}
