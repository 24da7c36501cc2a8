package org.vaescape.train;

import java.util.Locale;

/// What a trial became, told from its outcomes whatever its status. Only [#LEARNED] is ever ranked
/// as best.
///
/// The rules are tried in the order of the constants in [#of]: a model that is both untrained and
/// below the mean predictor is called untrained.
public enum Verdict {
  UNTRAINED,
  COLLAPSED,
  EXPLODED,
  BELOW_MEAN,
  LEARNED;

  /// Validation KL above this many nats is beyond reason; a model that learned has tens of nats,
  /// and 200 units that each tell 2^16 values apart have about 2,200.
  public static final double KL_BEYOND_REASON = 1e5;

  /// A weight of larger absolute value is beyond reason; trained ones stay below 100.
  public static final double WEIGHT_BEYOND_REASON = 1e4;

  /// A model has to come below this share of the untrained network's error. The untrained network's
  /// own error moves by about 1 % with its initial weights.
  public static final double SHARE_OF_UNTRAINED = 0.95;

  /// Where all units together tell less than this many nats of a sample, and none is in use, the
  /// latent carries nothing.
  public static final double COLLAPSED_INFORMATION = 1;

  /// As files and figures write it: `below-mean`.
  public String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// What the rules look at, all on the validation part.
  ///
  /// @param kl of the trained model, in nats per sample; 0 for a deterministic encoder
  /// @param information that its latent carries
  /// @param largestWeight largest absolute value of all weights, running statistics left out
  /// @param mse decoded from the mean latent
  /// @param mseSampled decoded from a sampled latent; the same as `mse` for a deterministic encoder
  /// @param mseRecalibrated decoded from the mean latent after recomputing BatchNorm statistics on
  ///   the training part
  /// @param untrainedMseRecalibrated the same of the network before its first step
  /// @param meanPredictorMse error of predicting the training mean
  record Evidence(
      double kl,
      Information information,
      double largestWeight,
      double mse,
      double mseSampled,
      double mseRecalibrated,
      double untrainedMseRecalibrated,
      double meanPredictorMse) {}

  /// The first rule that holds:
  ///
  /// 1. `exploded`: an error is not finite, KL is above [#KL_BEYOND_REASON] or a weight above
  ///    [#WEIGHT_BEYOND_REASON]; NaN counts as above.
  /// 2. `untrained`: the recalibrated error is not below [#SHARE_OF_UNTRAINED] of the untrained
  ///    network's.
  /// 3. `collapsed`: no unit tells more than [Information#IN_USE] of a sample, and all together
  ///    tell less than [#COLLAPSED_INFORMATION]; for a deterministic encoder, every sample has the
  ///    same code. The KL itself is no measure of it: against a prior that is learned, or one that
  ///    the codes all lie beside, it is large where the latent carries nothing.
  /// 4. `below-mean`: R2 <= 0 by mean and by sampled latent.
  /// 5. `learned`.
  static Verdict of(Evidence evidence) {
    if (!Double.isFinite(evidence.mse())
        || !Double.isFinite(evidence.mseSampled())
        || !Double.isFinite(evidence.mseRecalibrated())
        || !(evidence.kl() <= KL_BEYOND_REASON)
        || !(evidence.largestWeight() <= WEIGHT_BEYOND_REASON)) {
      return EXPLODED;
    }
    if (evidence.mseRecalibrated() >= SHARE_OF_UNTRAINED * evidence.untrainedMseRecalibrated()) {
      return UNTRAINED;
    }
    if (evidence.information().unitsInUse() == 0
        && evidence.information().total() < COLLAPSED_INFORMATION) {
      return COLLAPSED;
    }
    if (evidence.mse() >= evidence.meanPredictorMse()
        && evidence.mseSampled() >= evidence.meanPredictorMse()) {
      return BELOW_MEAN;
    }
    return LEARNED;
  }
}
