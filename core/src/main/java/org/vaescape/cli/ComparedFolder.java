package org.vaescape.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.vaescape.UserError;
import org.vaescape.analysis.compare.ComparedStudy;
import org.vaescape.report.StudyFacts;
import org.vaescape.study.FinishedTrial;
import org.vaescape.study.StoredTrial;
import org.vaescape.study.TrialStore;

/// A folder that `run` wrote, among those that it is compared with.
///
/// @param name that tells it from the others
/// @param trials those that the study asks for and that have ended
record ComparedFolder(String name, StoredStudy study, List<FinishedTrial> trials) {
  private static final String MATRIX = "data.matrix";
  private static final String HASH = "data.hash";

  /// Sections whose keys are no part of a trial's settings.
  private static final Set<String> SECTIONS =
      Set.of("data", "validation", "outcomes", "repeats", "search", "seed", "seeds");

  /// Keys of these sections that change no outcome, or that are told otherwise.
  private static final Set<String> UNTOLD =
      Set.of(MATRIX, HASH, "data.labels", "data.fit", "validation.latent", "repeats.count");

  /// Digits of a hash that tell data apart.
  private static final int DIGITS = 8;

  ComparedFolder {
    trials = List.copyOf(trials);
  }

  /// @param notes takes what the reader of the comparison should know of the trials, in sentences
  /// @throws UserError if there is no study, or nothing of it has ended
  static ComparedFolder read(String name, Path folder, Consumer<String> notes) throws IOException {
    try (TrialStore store = StoreLocation.in(folder).openToRead()) {
      StoredStudy study = StoredStudy.read(store, folder.toString());
      List<StoredTrial> contents = store.contents();
      ChangedRows.sentence(contents).ifPresent(said -> notes.accept(folder + ": " + said));
      List<FinishedTrial> trials =
          ResultFiles.planned(study, contents.stream().map(StoredTrial::trial).toList());
      if (trials.isEmpty()) {
        throw new UserError(folder + " holds a study of which no trial has ended; run it first");
      }
      return new ComparedFolder(name, study, trials);
    }
  }

  /// What its trials say.
  ComparedStudy statistics() {
    SequencedMap<String, String> settings = study.settings();
    // The matrix itself where that is known: another choice of its genes makes no other data.
    String data =
        settings.getOrDefault(
            HASH,
            trials.stream()
                .map(FinishedTrial::dataHash)
                .distinct()
                .sorted()
                .collect(Collectors.joining(" ")));
    return ComparedStudy.of(name, data, StudyRuns.of(study, trials));
  }

  StudyFacts facts() {
    SequencedMap<String, String> settings = study.settings();
    SequencedMap<String, String> resolved = new LinkedHashMap<>();
    resolved.put("data", data(settings));
    settings.forEach((key, value) -> {
      String section = key.contains(".") ? key.substring(0, key.indexOf('.')) : key;
      if (SECTIONS.contains(section) && !UNTOLD.contains(key)) {
        resolved.put(key, value);
      }
    });
    return StudyFacts.ofStudy(name, study.plan(), trials, resolved);
  }

  /// `HiSeqV2.gz (aa616b38)`.
  private String data(Map<String, String> settings) {
    String hash = settings.getOrDefault(HASH, trials.getFirst().dataHash());
    String file = settings.getOrDefault(MATRIX, "");
    String digits = hash.substring(0, Math.min(DIGITS, hash.length()));
    return file.isEmpty() ? digits : Path.of(file).getFileName() + " (" + digits + ")";
  }
}
