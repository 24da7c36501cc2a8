package org.vaescape.train;

import java.util.List;
import org.vaescape.search.Member;

/// The same learning rate in every epoch.
public record ConstantRate() implements Scheduler {
  static final Member<Scheduler> MEMBER =
      new Member<>(
          "constant", "the same rate in every epoch", "-", List.of(), _ -> new ConstantRate());

  @Override
  public double rate(double initial, int epoch, int epochs, List<ValidationLosses> before) {
    return initial;
  }
}
