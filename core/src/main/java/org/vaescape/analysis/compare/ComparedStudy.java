package org.vaescape.analysis.compare;

import java.util.List;
import java.util.Optional;
import org.vaescape.analysis.claim.Claim;
import org.vaescape.analysis.runs.Landscape;
import org.vaescape.analysis.runs.Run;
import org.vaescape.analysis.runs.RunSet;
import org.vaescape.analysis.runs.Scope;
import org.vaescape.analysis.sensitivity.Sensitivity;

/// A study that is compared with others.
///
/// @param name that tells it from the others: they may all have one name in their study files
/// @param data what tells its data from those of others, such as their hash; empty where that is
///   not known, and then no two studies count as independent
/// @param landscapes of its runs
public record ComparedStudy(
    String name, String data, RunSet runs, List<Landscape> landscapes, Sensitivity sensitivity) {
  public ComparedStudy {
    landscapes = List.copyOf(landscapes);
  }

  /// Computes what its runs say.
  public static ComparedStudy of(String name, String data, RunSet runs) {
    List<Landscape> landscapes = runs.landscapes();
    return new ComparedStudy(name, data, runs, landscapes, Sensitivity.of(runs, landscapes));
  }

  Optional<RunSet.Outcome> outcome(String metric) {
    return runs.outcomes().stream().filter(one -> one.metric().equals(metric)).findFirst();
  }

  Optional<Claim> claim(String id) {
    return sensitivity.claims().stream().filter(claim -> claim.id().equals(id)).findFirst();
  }

  /// The landscape of the same model and reading; a reading that another study has as its only
  /// value of a key is the same reading.
  Optional<Landscape> like(Landscape landscape) {
    return landscapes.stream()
        .filter(own -> own.scope().model().equals(landscape.scope().model()))
        .filter(own -> has(own.runs(), landscape.scope()) && has(landscape.runs(), own.scope()))
        .findFirst();
  }

  private static boolean has(List<Run> runs, Scope scope) {
    return scope.reading().entrySet().stream()
        .allMatch(reading ->
            runs.stream()
                .allMatch(run -> run.setting(reading.getKey()).equals(reading.getValue())));
  }
}
