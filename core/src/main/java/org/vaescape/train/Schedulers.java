package org.vaescape.train;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
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

  /// Whether the rates of a member follow from the number of epochs at most.
  public static boolean goesByMaxEpochs(String name) {
    Scheduler member = CATALOGUE.member(name).create(Map.of());
    List<ValidationLosses> flat = Collections.nCopies(20, new ValidationLosses(1, 1));
    return IntStream.range(0, flat.size())
        .anyMatch(epoch ->
            member.rate(1, epoch, 20, flat.subList(0, epoch))
                != member.rate(1, epoch, 40, flat.subList(0, epoch)));
  }
}
