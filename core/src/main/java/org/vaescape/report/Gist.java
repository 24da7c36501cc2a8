package org.vaescape.report;

import java.util.Optional;
import org.vaescape.analysis.claim.Claim;

/// What a claim or advice comes to in a scope, in a few words.
///
/// @param what as short as it goes: `learning-rate`
/// @param number that carries it: `94 %`; empty if none does
/// @param standing what the runs say of it: `undecided`; empty of what is supported, or where
///   nothing is asked
/// @param doubt what else may make it wrong; empty if nothing
/// @param claim that it rests on, with its ways of looking
record Gist(
    String scope,
    String what,
    String number,
    String standing,
    String doubt,
    Optional<Claim> claim) {
  static final String ONE_SEED = "one seed";

  /// Of which nothing is asked.
  static Gist of(String scope, String what, String number) {
    return new Gist(scope, what, number, "", "", Optional.empty());
  }

  /// Standing of what a claim decides.
  ///
  /// @param oneSeed whether its runs are of one seed, which by itself decides nothing
  static String standing(Claim claim, boolean oneSeed) {
    return switch (claim.verdict()) {
      case SUPPORTED -> "";
      case CONTRADICTED -> "contradicted by these runs";
      case UNDECIDED ->
          "undecided"
              + (oneSeed ? ": " + ONE_SEED : "")
              + (oneSeed && claim.interval().isEmpty() ? ", no interval" : "");
    };
  }
}
