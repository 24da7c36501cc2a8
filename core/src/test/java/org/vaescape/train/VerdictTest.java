package org.vaescape.train;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The cases are runs that were made in PyTorch on one data set, where the mean predictor has an
/// error of .0217. Untrained networks: .0777 with BatchNorm before the output's sigmoid, .0456
/// without.
class VerdictTest {
  private static final double MEAN_PREDICTOR = 0.0217;
  private static final double UNTRAINED_BATCH_NORM = 0.0777;
  private static final double UNTRAINED_SIGMOID = 0.0456;

  @ParameterizedTest
  @CsvSource({
    "Adam 1e-4,    .0431, BELOW_MEAN",
    "Adam 1e-3,    .0250, BELOW_MEAN",
    "Adam 1e-2,    .0104, LEARNED",
    "Adam 1e-1,    .0117, LEARNED",
    "RMSprop 1e-4, .0347, BELOW_MEAN",
    "RMSprop 1e-3, .0208, LEARNED",
    "RMSprop 1e-2, .0096, LEARNED",
    "SGD 1e-4,     .0777, UNTRAINED",
    "SGD 1e-3,     .0777, UNTRAINED",
    "SGD 1e-2,     .0776, UNTRAINED",
    "SGD 1e-1,     .0775, UNTRAINED",
  })
  void judgesRunsWithBatchNormBeforeTheOutput(String run, double mse, Verdict expected) {
    assertEquals(expected, Verdict.of(carrying(mse, UNTRAINED_BATCH_NORM)), run);
  }

  @ParameterizedTest
  @CsvSource({
    "Adam 1e-4,    .0198, LEARNED",
    "Adam 1e-2,    .0086, LEARNED",
    "Adam 1e-1,    .0195, LEARNED",
    "RMSprop 1e-3, .0090, LEARNED",
    "SGD 1e-4,     .0456, UNTRAINED",
    "SGD 1e-1,     .0450, UNTRAINED",
    "SGD 1,        .0408, BELOW_MEAN",
    "SGD 10,       .0225, BELOW_MEAN",
    "SGD 100,      .0130, LEARNED",
  })
  void judgesRunsWithTheSigmoidAlone(String run, double mse, Verdict expected) {
    assertEquals(expected, Verdict.of(carrying(mse, UNTRAINED_SIGMOID)), run);
  }

  @Test
  void judgesByRecalibratedStatisticsWhetherANetworkIsUntrained() {
    // SGD after one epoch: .0443 with running statistics, .0781 with recalibrated ones.
    assertEquals(
        Verdict.UNTRAINED,
        Verdict.of(evidence(units(10, 0.11, 0.02), .0443, .0443, .0781, UNTRAINED_BATCH_NORM)));
  }

  @Test
  void callsAnUntrainedNetworkSoThoughTheVarianceRuleFindsAllUnitsInUse() {
    LatentUnits units = units(10, 0.11, 0.02);
    assertEquals(10, units.inUseByVariance());
    assertEquals(1.1, units.totalKl(), 1e-12);
    assertEquals(
        Verdict.UNTRAINED, Verdict.of(evidence(units, .0777, .0777, .0777, UNTRAINED_BATCH_NORM)));
  }

  @ParameterizedTest
  @ValueSource(doubles = {.0214, .0219, .0227})
  void callsAModelWithoutKlCollapsedThoughItsErrorIsTheMeanPredictors(double mse) {
    assertEquals(
        Verdict.COLLAPSED,
        Verdict.of(evidence(units(200, 0, 0), mse, mse, mse, UNTRAINED_SIGMOID)));
  }

  @Test
  void callsACollapsedModelSoThoughItsMeanLatentDecodesWorseThanASample() {
    assertEquals(
        Verdict.COLLAPSED,
        Verdict.of(evidence(units(10, 1e-4, 1e-4), .0321, .0226, .0321, UNTRAINED_SIGMOID)));
  }

  @Test
  void callsAModelOfAFewWeakUnitsNotCollapsedIfTheyCarryANatTogether() {
    assertEquals(
        Verdict.LEARNED,
        Verdict.of(evidence(units(200, 0.006, 0.02), .0195, .0210, .0195, UNTRAINED_SIGMOID)));
  }

  @Test
  void callsFiniteLossWithKlBeyondReasonExploded() {
    // RMSprop 0.1, latent 50: an error like the mean predictor's, KL 3.4e16.
    assertEquals(
        Verdict.EXPLODED,
        Verdict.of(evidence(units(50, 6.8e14, 1), .0223, .0223, .0223, UNTRAINED_BATCH_NORM)));
  }

  @Test
  void callsAWeightBeyondReasonExploded() {
    assertEquals(Verdict.EXPLODED, Verdict.of(withLargestWeight(1.1e4)));
    assertEquals(Verdict.EXPLODED, Verdict.of(withLargestWeight(Double.NaN)));
    assertEquals(Verdict.LEARNED, Verdict.of(withLargestWeight(1e4)));
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY})
  void callsAnErrorThatIsNotFiniteExploded(double bad) {
    LatentUnits units = units(10, 2, 0.5);
    assertEquals(Verdict.EXPLODED, Verdict.of(evidence(units, bad, .01, .01, .0777)));
    assertEquals(Verdict.EXPLODED, Verdict.of(evidence(units, .01, bad, .01, .0777)));
    assertEquals(Verdict.EXPLODED, Verdict.of(evidence(units, .01, .01, bad, .0777)));
  }

  @Test
  void asksMeanAndSampledLatentBothToBeNoBetterThanTheMeanPredictor() {
    LatentUnits units = units(10, 2, 0.5);
    // Adam 1e-3, epoch 40: .0209 by the mean, .0227 by a sample.
    assertEquals(
        Verdict.LEARNED, Verdict.of(evidence(units, .0209, .0227, .0209, UNTRAINED_BATCH_NORM)));
    assertEquals(
        Verdict.LEARNED, Verdict.of(evidence(units, .0227, .0209, .0227, UNTRAINED_BATCH_NORM)));
    assertEquals(
        Verdict.BELOW_MEAN,
        Verdict.of(evidence(units, MEAN_PREDICTOR, MEAN_PREDICTOR, .0209, UNTRAINED_BATCH_NORM)));
  }

  @Test
  void callsAModelFarFromItsPriorCollapsedIfItSaysTheSameOfAllSamples() {
    assertEquals(
        Verdict.COLLAPSED,
        Verdict.of(
            new Verdict.Evidence(
                45, new Information(new double[10]), 3, .0215, .0215, .0215, .0456, .0217)));
  }

  @Test
  void callsADeterministicEncoderWhoseCodesDifferNeverCollapsed() {
    assertEquals(
        Verdict.BELOW_MEAN, Verdict.of(evidence(null, .0219, .0219, .0219, UNTRAINED_SIGMOID)));
    assertEquals(
        Verdict.LEARNED, Verdict.of(evidence(null, .0090, .0090, .0090, UNTRAINED_SIGMOID)));
  }

  @Test
  void isWrittenWithHyphens() {
    assertEquals("below-mean", Verdict.BELOW_MEAN.text());
  }

  /// A run of which only one error is known, with units that carry something.
  private static Verdict.Evidence carrying(double mse, double untrainedMse) {
    return evidence(units(10, 2, 0.5), mse, mse, mse, untrainedMse);
  }

  private static Verdict.Evidence withLargestWeight(double largestWeight) {
    return new Verdict.Evidence(
        20,
        new Information(units(10, 2, 0.5).kl()),
        largestWeight,
        .01,
        .01,
        .01,
        UNTRAINED_SIGMOID,
        MEAN_PREDICTOR);
  }

  private static Verdict.Evidence evidence(
      @Nullable LatentUnits units,
      double mse,
      double mseSampled,
      double mseRecalibrated,
      double untrainedMse) {
    Information information =
        new Information(units == null ? new double[] {Double.POSITIVE_INFINITY} : units.kl());
    return new Verdict.Evidence(
        units == null ? 0 : units.totalKl(),
        information,
        3,
        mse,
        mseSampled,
        mseRecalibrated,
        untrainedMse,
        MEAN_PREDICTOR);
  }

  private static LatentUnits units(int count, double kl, double variance) {
    double[] nats = new double[count];
    double[] variances = new double[count];
    Arrays.fill(nats, kl);
    Arrays.fill(variances, variance);
    return new LatentUnits(nats, variances);
  }
}
