package org.vaescape.train;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.vaescape.model.NetworkShape;
import org.vaescape.model.VaeModel;

/// Everything that decides a training run, but the data and the seeds.
///
/// @param hidden sizes of the encoder's hidden layers
/// @param outputNorm whether batch normalisation stands before the output's sigmoid
/// @param learningRate of the first epoch, above 0
/// @param klWeight units of reconstruction per nat, at least 0
/// @param batch samples of a step; a training part that is smaller makes one batch
/// @param dropLast leave out the last incomplete batch, in training and, where there is a complete
///   one, in validation
/// @param clip largest Euclidean norm of all gradients together
/// @param meanLatent validate with the mean of the posterior instead of a sample of it
/// @param timeLimit wall time after which the run ends with what it has
public record TrainingSettings(
    VaeModel model,
    List<Integer> hidden,
    int latent,
    boolean outputNorm,
    Optimizer optimizer,
    double learningRate,
    Scheduler scheduler,
    double klWeight,
    int batch,
    boolean dropLast,
    Stopping stopping,
    OptionalDouble clip,
    boolean meanLatent,
    Numerics numerics,
    Optional<Duration> timeLimit) {
  public TrainingSettings {
    hidden = List.copyOf(hidden);
    require(latent >= 1, "latent must be at least 1 but was " + latent);
    require(learningRate > 0, "learning-rate must be above 0 but was " + learningRate);
    require(klWeight >= 0, "kl-weight must be at least 0 but was " + klWeight);
    require(batch >= 2, "batch must be at least 2 under batch normalisation but was " + batch);
    require(
        clip.isEmpty() || clip.getAsDouble() > 0, "clip must be above 0 but was " + clip.orElse(0));
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

  NetworkShape shape(int genes) {
    return new NetworkShape(genes, hidden, latent, outputNorm);
  }
}
