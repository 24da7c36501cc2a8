package org.vaescape.train;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.vaescape.search.Catalogue;

/// Every KL warm-up that a study can name. A new one is a file of its own and a line here.
public final class WarmUps {
  public static final Catalogue<WarmUp> CATALOGUE =
      new Catalogue<>(
          "kl-warm-up", List.of(NoWarmUp.MEMBER, LinearWarmUp.MEMBER, CyclicalWarmUp.MEMBER));

  private WarmUps() {}

  /// Whether the shares of a member follow from the number of epochs at most.
  public static boolean goesByMaxEpochs(String name) {
    WarmUp member = CATALOGUE.member(name).create(Map.of());
    return IntStream.range(0, 20)
        .anyMatch(epoch -> member.share(epoch, 20) != member.share(epoch, 40));
  }
}
