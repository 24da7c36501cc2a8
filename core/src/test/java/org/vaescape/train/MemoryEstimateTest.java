package org.vaescape.train;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vaescape.engine.WideInput;
import org.vaescape.engine.WideOutput;

/// What the estimate of a trial on the fused path consists of; whether it is near what a process
/// takes is [MemoryPeakTest]'s.
class MemoryEstimateTest {

  /// Products are prepared for each number of rows; rounded operands have one place for all.
  @ParameterizedTest
  @ValueSource(strings = {"fp32", "bf16"})
  void aSmallerLastBatchAddsWhatItsProductsKeepAndNothingThatIsRounded(String precision) {
    MemoryCase trial = MemoryCase.of("vae batch=1000 path=auto precision=" + precision);
    long numbers =
        WideInput.productNumbers(256) + WideOutput.productNumbers(300, 256, trial.genes());
    assertEquals(Float.BYTES * numbers, bytes(trial, 2300) - bytes(trial, 2000));
  }

  @Test
  void whatALossHoldsIsNotCountedBesideTheCopyOfTheLargestWeights() {
    String shape = " batch=20 genes=20000 path=auto";
    assertEquals(
        MemoryCase.of("vae" + shape).estimate(), MemoryCase.of("infovae" + shape).estimate());
  }

  private static long bytes(MemoryCase trial, int trainingSamples) {
    return MemoryEstimate.bytes(trial.training(), trial.genes(), trainingSamples);
  }
}
