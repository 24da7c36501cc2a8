package org.vaescape.analysis.korkic2021;

import java.util.Optional;
import java.util.function.Predicate;
import org.vaescape.analysis.runs.Digits;
import org.vaescape.analysis.runs.Landscape;
import org.vaescape.analysis.runs.PlainNumber;
import org.vaescape.analysis.runs.Run;
import org.vaescape.analysis.runs.Variable;

/// The study's claim that InfoVAE runs out of memory at latent 200, on a card of 4 GB.
///
/// The code of its date builds, for each kernel of the maximum mean discrepancy, all differences of
/// two samples: batch x batch x latent numbers. Those of samples of the posterior with each other
/// and with the prior stay for the way back, and their squares are made beside them: about four
/// such arrays at once.
final class MemoryClaim {
  private static final String OUT_OF_MEMORY = "out-of-memory";
  private static final String BATCH = "batch";
  private static final double LATENT = 200;
  private static final double ARRAYS = 4;
  private static final double BYTES = 4;

  /// The study's.
  private static final double USUAL_BATCH = 1000;

  private MemoryClaim() {}

  static Optional<StudyClaim> of(StudyCase study) {
    Landscape landscape = study.landscape();
    Optional<Variable> latent = landscape.variable(StudyCase.LATENT);
    Optional<Integer> level = latent.flatMap(known -> StudyLevels.number(known, LATENT));
    if (!landscape.scope().model().equals("infovae") || level.isEmpty()) {
      return Optional.empty();
    }
    Predicate<Run> there = run -> latent.orElseThrow().level(run) == level.get();
    EndingCount at = EndingCount.of(landscape.allRuns(), there, OUT_OF_MEMORY);
    EndingCount elsewhere = EndingCount.of(landscape.allRuns(), there.negate(), OUT_OF_MEMORY);
    double batch =
        landscape.allRuns().stream()
            .flatMapToDouble(run -> PlainNumber.of(run.setting(BATCH)).stream())
            .max()
            .orElse(USUAL_BATCH);
    return Optional.of(
        study.counted(
            "infovae-out-of-memory-latent-200",
            at.share() > elsewhere.share(),
            at.share(),
            at.against(elsewhere),
            at.runs(),
            "%s runs at latent 200 ran out of memory, %s elsewhere. Code that keeps batch x batch x latent numbers for the kernel, as that of the study's date, needs about 4 x batch^2 x latent x 4 bytes at once: %s GB at latent 200 and batch %s, %s GB at latent 100, where the study had 4 GB in all; the model itself does not need them."
                .formatted(
                    at.text(),
                    elsewhere.text(),
                    gigabytes(batch, LATENT),
                    Math.round(batch),
                    gigabytes(batch, LATENT / 2))));
  }

  /// `3.2`, in units of 10^9 bytes.
  static String gigabytes(double batch, double latent) {
    return Digits.three(ARRAYS * batch * batch * latent * BYTES / 1e9);
  }
}
