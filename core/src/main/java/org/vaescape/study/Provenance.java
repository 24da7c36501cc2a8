package org.vaescape.study;

import java.util.LinkedHashMap;
import java.util.Objects;
import java.util.SequencedMap;
import org.vaescape.data.DataSettings;
import org.vaescape.data.Matrix;
import org.vaescape.train.Numerics;

/// How and where trials are made, as far as it is recorded and not hashed.
final class Provenance {
  private Provenance() {}

  /// @param matrix that the study reads
  static SequencedMap<String, String> of(Study study, Execution execution, Matrix matrix) {
    SequencedMap<String, String> facts = new LinkedHashMap<>();
    facts.put("study", study.name());
    facts.put(
        "matrix",
        "%s samples x %s genes".formatted(matrix.samples().size(), matrix.genes().size()));
    DataSettings.Counts counts = study.data().settings().counts();
    if (!counts.equals(DataSettings.Counts.AS_THEY_ARE)) {
      facts.put("counts", counts.text());
    }
    facts.put("seed", Long.toString(study.seed()));
    facts.putAll(study.seeds().texts());
    facts.put("numerics", Integer.toString(Identity.NUMERICS));
    facts.put("device", execution.device());
    facts.put("threads", Integer.toString(execution.threads()));
    facts.put(
        "vaescape",
        Objects.requireNonNullElse(
            Provenance.class.getPackage().getImplementationVersion(), "development"));
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
