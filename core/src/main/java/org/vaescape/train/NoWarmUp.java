package org.vaescape.train;

import java.util.List;
import org.vaescape.search.Member;

/// The full weight from the first epoch on.
public record NoWarmUp() implements WarmUp {
  static final Member<WarmUp> MEMBER =
      new Member<>(
          "none", "the full weight from the first epoch", "-", List.of(), _ -> new NoWarmUp());

  @Override
  public double share(int epoch, int maxEpochs) {
    return 1;
  }
}
