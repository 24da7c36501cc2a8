package org.vaescape.train;

import java.util.List;
import org.vaescape.search.Catalogue;

/// Every scheduler that a study can name. A new one is a file of its own and a line here.
public final class Schedulers {
  public static final Catalogue<Scheduler> CATALOGUE =
      new Catalogue<>(
          "scheduler",
          List.of(
              ConstantRate.MEMBER,
              ExponentialRate.MEMBER,
              StepRate.MEMBER,
              CosineRate.MEMBER,
              WarmUpCosineRate.MEMBER,
              OneCycleRate.MEMBER,
              PlateauRate.MEMBER));

  private Schedulers() {}
}
