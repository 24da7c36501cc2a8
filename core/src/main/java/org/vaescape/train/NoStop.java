package org.vaescape.train;

import java.util.List;
import org.vaescape.search.Member;

/// Trains all epochs.
public record NoStop() implements StopRule {
  static final Member<StopRule> MEMBER =
      new Member<>(
          "none", "trains max-epochs, whatever the losses", "-", List.of(), _ -> new NoStop());

  @Override
  public int earliest() {
    return Integer.MAX_VALUE;
  }

  @Override
  public boolean stops(List<ValidationLosses> epochs) {
    return false;
  }
}
