package org.vaescape.train;

import java.util.List;
import org.vaescape.search.Catalogue;

/// Every KL warm-up that a study can name. A new one is a file of its own and a line here.
public final class WarmUps {
  public static final Catalogue<WarmUp> CATALOGUE =
      new Catalogue<>(
          "kl-warm-up", List.of(NoWarmUp.MEMBER, LinearWarmUp.MEMBER, CyclicalWarmUp.MEMBER));

  private WarmUps() {}
}
