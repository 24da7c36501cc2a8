package org.vaescape.study;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import org.vaescape.search.Cell;

/// The ids that the trials of a store must have: found again from their settings, from the study,
/// and from what the store keeps of the data and of the machine that the study was begun on.
/// Neither data nor machine are needed.
public final class TrialIds {
  private final Identity identity;
  private final Map<String, Set<String>> facts;

  private TrialIds(Identity identity, Map<String, Set<String>> facts) {
    this.identity = identity;
    this.facts = facts;
  }

  /// Of the trials of a store.
  ///
  /// @param study as the store keeps it
  public static TrialIds of(Study study, TrialStore store) {
    Map<String, Set<String>> facts = Comparability.kept(store);
    String threads = one(facts, "threads");
    return new TrialIds(
        new Identity(
            study,
            study.data().hash(),
            one(facts, "content of data.labels"),
            new Execution(
                one(facts, "precision"),
                one(facts, "path"),
                one(facts, "device"),
                threads.matches("[0-9]{1,4}") ? Integer.parseInt(threads) : study.threads())),
        facts);
  }

  private static String one(Map<String, Set<String>> facts, String key) {
    return facts.getOrDefault(key, Set.of()).stream().findFirst().orElse("");
  }

  /// The number that is raised when a change alters results, as it was for the store's trials;
  /// empty where the store keeps none.
  public String numerics() {
    return one(facts, "numerics");
  }

  /// That of this version.
  public static int numericsHere() {
    return Identity.NUMERICS;
  }

  /// Whether this version counts results as the one that made the trials did. Ids hang on it.
  public boolean canTell() {
    return numerics().equals(Integer.toString(Identity.NUMERICS));
  }

  /// Whether a trial has the id that its settings and its repeat give, and the study's precision.
  public boolean isRight(FinishedTrial trial) {
    return isRight(trial.id(), trial.settings(), trial.repeat())
        && trial.precision().equals(identity.execution().precision());
  }

  /// Whether a trial of these settings and this repeat has this id.
  public boolean isRight(String id, SequencedMap<String, String> settings, int repeat) {
    try {
      return identity.id(new Cell(new LinkedHashMap<>(settings)), repeat).equals(id);
    } catch (IllegalArgumentException e) {
      return false; // a setting that every trial has is not there
    }
  }
}
