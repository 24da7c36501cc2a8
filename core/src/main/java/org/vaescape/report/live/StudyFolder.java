package org.vaescape.report.live;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.vaescape.report.ReportInput.Planned;
import org.vaescape.study.FinishedTrial;

/// A folder that holds a study, as the live page looks at it. Asked by one thread.
public interface StudyFolder {
  Path path();

  /// Whether a process runs the study now.
  ///
  /// @throws IOException if that cannot be told
  boolean isRunning() throws IOException;

  /// What the store holds now; empty as long as no run has got so far as to plan.
  ///
  /// Gives the very same object as long as the store is the same.
  ///
  /// @throws org.vaescape.UserError if the store cannot be read
  Optional<Stored> stored() throws IOException;

  /// What a store holds.
  ///
  /// @param name of the study
  /// @param question that the study asks; may be empty
  /// @param plan the very same object as long as the plan is the same
  /// @param endings by id, with [#METRICS] alone; may hold trials that the plan has no more
  record Stored(
      String name,
      String question,
      List<Planned> plan,
      SequencedMap<String, FinishedTrial> endings) {
    /// What the page colours by.
    public static final List<String> METRICS = List.of("val_mse", "pca_mse");

    public Stored {
      endings = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(endings));
    }
  }
}
