package org.vaescape.train;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.vaescape.model.BatchNormalization;
import org.vaescape.model.GenePath;
import org.vaescape.model.Initialization;
import org.vaescape.model.LayerStyle;
import org.vaescape.model.NetworkParts;
import org.vaescape.model.NetworkShape;
import org.vaescape.model.Objective;
import org.vaescape.model.ReconstructionTerm;
import org.vaescape.model.VaeModel;

/// Everything that decides a training run, but the data and the seeds.
///
/// Equal settings are equal runs: what changes nothing beside the others has a fixed value,
/// whatever was asked for.
///
/// @param hidden sizes of the encoder's hidden layers
/// @param style what layers consist of beside their linear part
/// @param initialization first weights
/// @param learningRate of the first epoch, above 0
/// @param reconstruction the term that the study asks for
/// @param inNats reconstruction as the sum over genes and not their mean
/// @param klWeight units of reconstruction per nat, at least 0
/// @param warmUp what becomes of that weight in the first epochs
/// @param freeBits nats of each unit's mean KL that cost nothing, at least 0
/// @param batch samples of a step; a training part that is smaller makes one batch
/// @param dropLast leave out the last incomplete batch, in training and, where there is a complete
///   one, in validation
/// @param clip largest Euclidean norm of all gradients together
/// @param validation how its losses are taken
/// @param sampledClusters have clusters of sampled latents of all samples among the outcomes
/// @param timeLimit wall time after which the run ends with what it has
public record TrainingSettings(
    VaeModel model,
    List<Integer> hidden,
    int latent,
    LayerStyle style,
    Initialization initialization,
    Optimizer optimizer,
    double learningRate,
    Scheduler scheduler,
    ReconstructionTerm reconstruction,
    boolean inNats,
    double klWeight,
    WarmUp warmUp,
    double freeBits,
    int batch,
    boolean dropLast,
    Stopping stopping,
    OptionalDouble clip,
    Validation validation,
    boolean sampledClusters,
    Numerics numerics,
    Optional<Duration> timeLimit) {
  public TrainingSettings {
    hidden = List.copyOf(hidden);
    require(latent >= 1, "latent must be at least 1 but was " + latent);
    require(learningRate > 0, "learning-rate must be above 0 but was " + learningRate);
    require(klWeight >= 0, "kl-weight must be at least 0 but was " + klWeight);
    require(freeBits >= 0, "free-bits must be at least 0 but was " + freeBits);
    require(batch >= 1, "batch must be at least 1 but was " + batch);
    require(
        batch >= smallestBatch(hidden, style),
        "batch must be at least 2 under batch normalisation but was 1; for a batch of 1 set normalization to none or layer, output-norm to none and heads to plain");
    require(
        clip.isEmpty() || clip.getAsDouble() > 0, "clip must be above 0 but was " + clip.orElse(0));
    if (!optimizer.followsRate()) {
      scheduler = new ConstantRate();
    }
    if (!optimizer.hasMomentum()) {
      scheduler = scheduler.withoutMomentum();
    }
    OptionalDouble momentum = scheduler.momentum(0, stopping.maxEpochs());
    if (momentum.isPresent()) {
      optimizer = optimizer.withMomentum(momentum.getAsDouble());
    }
    if (hidden.isEmpty()) {
      style = style.withStandardHiddenLayers();
      initialization = initialization.hiddenOnly() ? Initialization.PYTORCH : initialization;
    }
    if (!style.hasBatchNormalization(!hidden.isEmpty())) {
      style = style.withConstants(BatchNormalization.PYTORCH);
    }
    if (!reconstruction.usesOutput()) {
      style = style.withStandardOutput();
    }
    if (!model.followsObjective()) {
      inNats = false;
    }
    if (!model.weighsKl()) {
      klWeight = 0;
    }
    if (klWeight == 0) {
      model = model.withoutKl();
      validation = validation.withoutKl();
      warmUp = new NoWarmUp();
      freeBits = 0;
    }
  }

  private static void require(boolean kept, String rule) {
    if (!kept) {
      throw new IllegalArgumentException(rule);
    }
  }

  /// The weight that `kl-weight: batch/n` stands for: the share of the training part that a batch
  /// is.
  public static double batchOverN(int batch, int trainingSamples) {
    return (double) Math.min(batch, trainingSamples) / trainingSamples;
  }

  /// The smallest batch that can be trained on: batch normalisation has no variance of one sample.
  ///
  /// @param hidden sizes of the encoder's hidden layers
  public static int smallestBatch(List<Integer> hidden, LayerStyle style) {
    return style.hasBatchNormalization(!hidden.isEmpty()) ? 2 : 1;
  }

  /// Batches of a training part.
  Batches trainingBatches(int samples) {
    return Batches.ofTraining(samples, batch, dropLast, smallestBatch(hidden, style));
  }

  NetworkShape shape(int genes) {
    return new NetworkShape(genes, hidden, latent, style);
  }

  /// How many numbers of a sample the decoder sees: the latent units, or for a model whose units
  /// are vectors all that these consist of.
  int code() {
    return model.heads(latent).code();
  }

  /// How the layers that touch the genes are computed.
  public GenePath path() {
    return GenePath.of(
        numerics.path(),
        style,
        model.reconstruction(reconstruction),
        numerics.precision(),
        numerics.device());
  }

  NetworkParts parts(int genes) {
    return NetworkParts.of(model, reconstruction, shape(genes));
  }

  /// Refuses a model under an objective that makes no sense for it, and a warm-up that leaves its
  /// KL without a weight.
  ///
  /// @throws org.vaescape.search.Inapplicable where one key has no meaning beside the others
  /// @throws IllegalArgumentException with rule, value and what to do
  public void check() {
    model.reconstruction(reconstruction);
    model.check(objective(1, 1));
    warmUp.check(stopping.maxEpochs());
  }

  /// The first epoch, from 1, from which on the KL keeps its full weight; beyond the last one where
  /// warm-up never ends.
  public int firstEpochAtFullWeight() {
    int epoch = stopping.maxEpochs();
    while (epoch > 0 && warmUp.share(epoch - 1, stopping.maxEpochs()) == 1) {
      epoch--;
    }
    return epoch + 1;
  }

  /// The objective at a share of the KL's weight.
  Objective objective(double share, int trainingSamples) {
    return new Objective(klWeight, freeBits, inNats, trainingSamples).atShare(share);
  }

  /// The objective of a batch of validation, at the full weight, so that warm-up does not move the
  /// curve.
  ///
  /// @param samples of the part that is looked at
  /// @param rows of the batch
  Objective validationObjective(int trainingSamples, int samples, int rows) {
    if (!validation.likeEltager()) {
      return objective(1, trainingSamples);
    }
    double weight = validation.klOverSamples() ? (double) batch / samples : klWeight;
    return new Objective(
        weight, freeBits, inNats, Math.toIntExact(Math.round((double) rows * samples / batch)));
  }

  /// Batches of a part that is not trained on.
  Batches validationBatches(int samples) {
    return Batches.ofValidation(samples, batch, dropLast && !validation.likeEltager());
  }

  /// The variance of a Gaussian decoder that the weights amount to; NaN where there is none.
  double decoderVariance(int genes, int trainingSamples) {
    return objective(1, trainingSamples)
        .decoderVariance(genes, model.klFactor(), model.reconstruction(reconstruction));
  }
}
