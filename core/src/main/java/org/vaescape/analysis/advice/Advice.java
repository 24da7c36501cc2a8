package org.vaescape.analysis.advice;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.vaescape.analysis.claim.Claim;
import org.vaescape.analysis.failures.Failures;
import org.vaescape.analysis.failures.Unlearned;
import org.vaescape.analysis.runs.Landscape;
import org.vaescape.analysis.runs.RunSet;

/// What to do, in one or two sentences, and the claims that it rests on.
///
/// Whatever cannot be said yet is advice what to run next.
///
/// @param scope as [org.vaescape.analysis.runs.Scope#text]
/// @param metric name of the outcome; empty where the advice is about none
/// @param kind one of the constants below
/// @param sentence imperative, with its numbers
/// @param evidence ids of claims of the same study, the one that it hangs on first if there is one;
///   empty only where the design itself is the evidence
/// @param reason why it may not hold
/// @param brief the same in a few words; empty of kinds that a short text leaves out
public record Advice(
    String scope,
    String metric,
    String kind,
    String sentence,
    List<String> evidence,
    String reason,
    Optional<Brief> brief) {
  /// The setting to start from.
  public static final String START = "start";

  /// Settings to try first where there is no time for many.
  public static final String FIRST_SETTINGS = "first-settings";

  /// The hyper-parameter to tune first, and where.
  public static final String TUNE_FIRST = "tune-first";

  /// What to tune after it.
  public static final String THEN = "then";

  /// A hyper-parameter whose levels make no difference.
  public static final String DO_NOT_BOTHER = "do-not-bother";

  /// A hyper-parameter whose default is right, though its other levels do worse.
  public static final String KEEP = "keep";

  /// The latent size.
  public static final String LATENT = "latent";

  /// Where runs fail or learn nothing.
  public static final String AVOID = "avoid";

  /// How many repeats tell settings apart, and which difference is none.
  public static final String REPEATS = "repeats";

  /// What to run before more can be said.
  public static final String NEXT = "next";

  public Advice {
    evidence = List.copyOf(evidence);
  }

  /// The same advice, with what it comes to.
  Advice inShort(Brief words) {
    return new Advice(scope, metric, kind, sentence, evidence, reason, Optional.of(words));
  }

  /// The advice of one landscape, outcome by outcome, in the order in which it is worth reading.
  ///
  /// @param origin what made its runs: of a table nobody knows what its columns mean
  /// @param found what is known of each outcome that settings are chosen by
  /// @param failures of the landscape
  /// @param claims that advice may rest on
  public static List<Advice> of(
      Landscape landscape,
      RunSet.Origin origin,
      List<Findings> found,
      Failures failures,
      List<Claim> claims) {
    Grounds grounds = new Grounds(landscape, origin, claims);
    List<Advice> all = new ArrayList<>();
    FailureAdvice failed = new FailureAdvice(grounds, failures, Unlearned.of(landscape));
    all.addAll(failed.next());
    for (Findings one : found) {
      all.addAll(new StartAdvice(grounds, one).all());
      all.addAll(new TuningAdvice(grounds, one).all());
      all.addAll(new NoiseAdvice(grounds, one).all());
    }
    all.addAll(failed.avoid());
    return all;
  }
}
