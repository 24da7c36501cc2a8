package org.vaescape.train;

import java.util.List;
import org.vaescape.search.Catalogue;

/// Every stopping rule that a study can name. A new one is a file of its own and a line here. A
/// setting that several rules have may have a default in each.
public final class StopRules {
  public static final Catalogue<StopRule> CATALOGUE =
      new Catalogue<>(
          "stopping rule",
          List.of(RelativeChange.MEMBER, LossAndChange.MEMBER, Patience.MEMBER, NoStop.MEMBER));

  private StopRules() {}
}
