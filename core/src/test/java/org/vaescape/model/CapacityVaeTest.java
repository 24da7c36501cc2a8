package org.vaescape.model;

import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vaescape.Golden;
import org.vaescape.engine.Precision;
import org.vaescape.engine.Scope;

class CapacityVaeTest {
  private static final double WEIGHT = 0.1;

  @ParameterizedTest
  @CsvSource({"0, 0", "50, 4", "100, 8", "5000, 8"})
  void holdsTheKlAtACapacityThatGrowsToItsEnd(long step, double capacity) {
    VaeModel model = new CapacityVae(3, 8, 100);
    try (Scope _ = Scope.withoutGradients()) {
      Networks networks = SmallNetworks.of(model, SmallNetworks.SHAPE, Precision.FP64);
      Batch batch =
          new Batch(
              SmallNetworks.batch(Precision.FP64, 7, 6),
              new SeededNoise(1, Precision.FP64),
              step,
              true);
      Terms terms = model.loss(batch, networks, new Objective(WEIGHT, 0, false, 70));
      double error = Objects.requireNonNull(terms.parts().get(Terms.RECONSTRUCTION)).item();
      double kl = Objects.requireNonNull(terms.parts().get(Terms.KL)).item();
      double expected = error + 3 * WEIGHT * Math.abs(kl - capacity);
      Golden.assertClose(expected, terms.loss().item(), 1e-14, 0, "loss");
    }
  }

  @Test
  void refusesFreeBits() {
    VaeModel model = new CapacityVae(3, 8, 100);
    assertThrows(
        IllegalArgumentException.class, () -> model.check(new Objective(1, 0.5, false, 9)));
  }
}
