package org.vaescape.analysis.korkic2021;

import org.vaescape.analysis.claim.Claim;
import org.vaescape.analysis.claim.Robustness;

/// A claim of the study, scored within one scope.
///
/// @param name the same in every scope: `korkic2021/optimizer-most-important`; the id of the claim
///   has the scope added
/// @param claim what these runs say of it; its sentence says what they show, whether or not that is
///   what the study claims
/// @param holds whether it holds by what was measured, noise aside
public record StudyClaim(String name, Claim claim, boolean holds) {
  /// The same, with this claim.
  public StudyClaim with(Claim other) {
    return new StudyClaim(name, other, holds);
  }

  /// The same, with the answers of all ways of looking.
  StudyClaim tried(Robustness ways) {
    return new StudyClaim(name, claim.tried(ways), holds);
  }
}
