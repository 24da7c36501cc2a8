package org.vaescape.train;

import java.util.List;
import org.vaescape.search.HyperParameter;
import org.vaescape.search.Member;

/// From 0 in the first epoch in equal steps to the full weight (Sonderby et al. 2016,
/// arXiv:1602.02282, section 3.2; Tybalt's kappa is 1 / epochs). The paper begins with the
/// reconstruction alone, and so does this one, for all models: importance-weighted bounds go on
/// dividing by the full weight meanwhile, so that 0 is no limit that they would have to take.
///
/// @param epochs epochs before the full weight
public record LinearWarmUp(int epochs) implements WarmUp {
  static final Member<WarmUp> MEMBER =
      new Member<>(
          "linear",
          "from 0 in equal steps to the full weight",
          "Sonderby et al. 2016, arXiv:1602.02282",
          List.of(new HyperParameter.Count("epochs", 10, 1, "epochs before the full weight")),
          settings -> new LinearWarmUp(settings.count("epochs")));

  @Override
  public double share(int epoch, int maxEpochs) {
    return Math.min(1, (double) epoch / epochs);
  }
}
