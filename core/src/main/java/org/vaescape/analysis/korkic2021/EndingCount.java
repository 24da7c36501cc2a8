package org.vaescape.analysis.korkic2021;

import java.util.List;
import java.util.function.Predicate;
import org.vaescape.analysis.CountContrast;
import org.vaescape.analysis.claim.Claim;
import org.vaescape.analysis.runs.Digits;
import org.vaescape.analysis.runs.Run;

/// How many of some runs ended in one way, and of how many settings any did.
///
/// Runs decide nothing by their number: those of one setting share their fate, so that ten repeats
/// of one setting are no ten signs. What is tested are settings.
///
/// @param ended runs that ended so
/// @param settingsEnded settings of which a run did
record EndingCount(int ended, int runs, int settingsEnded, int settings) {
  /// Of exact tests, on the side that is asked: the claim was made before these runs.
  static final double LEVEL = 0.05 + 1e-12; // 3 of 3 against 0 of 3 have .05, but for rounding

  /// What a claim that something happens at some settings says at least of each of them.
  private static final double HALF = 0.5;

  static EndingCount of(List<Run> all, Predicate<Run> among, String ending) {
    List<Run> own = all.stream().filter(among).toList();
    List<Run> ended = own.stream().filter(run -> run.ending().equals(ending)).toList();
    return new EndingCount(ended.size(), own.size(), settings(ended), settings(own));
  }

  private static int settings(List<Run> runs) {
    return (int) runs.stream().map(Run::settings).distinct().count();
  }

  double share() {
    return runs == 0 ? 0 : (double) ended / runs;
  }

  String text() {
    return ended + " of " + runs;
  }

  /// Whether runs end so more often here than elsewhere.
  Evidence against(EndingCount elsewhere) {
    CountContrast contrast =
        new CountContrast(settingsEnded, settings, elsewhere.settingsEnded, elsewhere.settings);
    String settingsText =
        "over settings in which a run did, %s of %s and %s of %s"
            .formatted(settingsEnded, settings, elsewhere.settingsEnded, elsewhere.settings);
    if (contrast.moreHere() <= LEVEL) {
      return Evidence.counted(
          Claim.Verdict.SUPPORTED, fisher(settingsText, "", contrast.moreHere()));
    }
    if (contrast.moreElsewhere() <= LEVEL) {
      return Evidence.counted(
          Claim.Verdict.CONTRADICTED,
          fisher(settingsText, ", the other way round", contrast.moreElsewhere()));
    }
    if (settingsEnded > 0) {
      return Evidence.counted(
          Claim.Verdict.UNDECIDED,
          fisher(settingsText, "", contrast.moreHere()) + ", which chance explains");
    }
    double none = contrast.fewerHere(HALF);
    return Evidence.counted(
        none <= LEVEL ? Claim.Verdict.CONTRADICTED : Claim.Verdict.UNDECIDED,
        "a count: none in %s; were it to happen in half of such settings, that had p = %s, exactly%s"
            .formatted(
                Digits.count(settings, "setting"),
                Digits.three(none),
                none <= LEVEL ? "" : ", so that they are too few"));
  }

  private static String fisher(String settings, String which, double p) {
    return "a count, tested %s: p = %s by Fisher's exact test%s"
        .formatted(settings, Digits.three(p), which);
  }
}
