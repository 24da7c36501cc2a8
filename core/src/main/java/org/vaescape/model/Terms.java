package org.vaescape.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.vaescape.engine.Tensor;

/// What a loss is made of.
///
/// @param loss the scalar that is minimised
/// @param parts its unweighted terms by name, scalars: `reconstruction` always, `kl` in nats per
///   sample where there is one, then what the model adds
public record Terms(Tensor loss, SequencedMap<String, Tensor> parts) {
  public static final String RECONSTRUCTION = "reconstruction";
  public static final String KL = "kl";

  public Terms {
    parts = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(parts));
  }

  /// Terms of a loss with nothing but a reconstruction.
  public static Terms of(Tensor loss, Tensor reconstruction) {
    return new Terms(loss, new LinkedHashMap<>()).with(RECONSTRUCTION, reconstruction);
  }

  /// The same with the KL, in nats, mean over rows.
  ///
  /// @param byUnit (batch, units)
  public Terms withKl(Tensor byUnit) {
    return with(KL, byUnit.detach().sum(1).mean());
  }

  /// The same with one more part.
  public Terms with(String name, Tensor part) {
    SequencedMap<String, Tensor> more = new LinkedHashMap<>(parts);
    more.put(name, part.detach());
    return new Terms(loss, more);
  }
}
