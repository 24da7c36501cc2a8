package org.vaescape.train;

import java.util.ArrayList;
import java.util.List;
import org.vaescape.model.Extra;
import org.vaescape.model.Heads;

/// How much work an epoch of a trial is, told from its shapes: good enough to tell long trials from
/// short ones.
public final class WorkEstimate {
  /// Operations of a product of matrices in the time that all steps on one number take which
  /// training holds: about ten nanoseconds an output that is held four times, where products run at
  /// 130 GFLOP/s.
  private static final double FOR_EACH_NUMBER = 300;

  /// A product forward, and on the way back one for the weights and one for the inputs.
  private static final int PRODUCTS = 3;

  private WorkEstimate() {}

  /// Floating-point operations of the products in an epoch, and as many as the rest of the steps
  /// has time for; outcomes and validation are left out.
  ///
  /// @param genes columns of the data
  /// @param trainingSamples rows of the training part
  public static double operations(TrainingSettings settings, int genes, int trainingSamples) {
    double steps = settings.trainingBatches(trainingSamples).ranges().size();
    double kept = 1.0 + settings.optimizer().tensorsForEachParameter(false);
    double numbers =
        MemoryEstimate.passing(settings, genes, trainingSamples)
            + kept * Counts.of(settings, genes).all();
    return steps * (products(settings, genes, trainingSamples) + FOR_EACH_NUMBER * numbers);
  }

  /// Floating-point operations of the products of a step.
  ///
  /// @param genes columns of the data
  /// @param trainingSamples rows of the training part
  static double products(TrainingSettings settings, int genes, int trainingSamples) {
    double batch = Math.min(settings.batch(), trainingSamples);
    double rows = batch * settings.model().samples();
    Counts weights = Counts.of(settings, genes);
    Heads heads = settings.model().heads(settings.latent());
    double toTheInput =
        settings.hidden().isEmpty() ? heads.mu() + heads.logvar() : settings.hidden().getFirst();
    return 2 * PRODUCTS * (batch * (weights.encoder + weights.extras) + rows * weights.decoder)
        - 2 * batch * genes * toTheInput; // nobody asks for the gradient of the data
  }

  /// Bytes of memory that a step must go through at least, whatever it computes in which order: its
  /// samples once, and each weight and what the optimizer keeps of it read once and written once.
  /// What else passes could stay in caches.
  ///
  /// @param genes columns of the data
  /// @param trainingSamples rows of the training part
  /// @param state numbers that the optimizer keeps of each weight from step to step
  static double leastBytes(TrainingSettings settings, int genes, int trainingSamples, int state) {
    double batch = Math.min(settings.batch(), trainingSamples);
    double kept = 1.0 + state;
    return (batch * genes + 2 * kept * Counts.of(settings, genes).all())
        * settings.numerics().precision().storage().bytes();
  }

  /// How many weights there are.
  private record Counts(double encoder, double decoder, double extras) {
    static Counts of(TrainingSettings settings, int genes) {
      Heads heads = settings.model().heads(settings.latent());
      return new Counts(
          layers(genes, settings.hidden(), heads.mu() + heads.logvar()),
          layers(heads.code(), settings.hidden().reversed(), genes),
          settings.parts(genes).extras().stream().mapToDouble(Extra::size).sum());
    }

    double all() {
      return encoder + decoder + extras;
    }
  }

  /// Weights of linear layers one after the other.
  private static double layers(int inputs, List<Integer> hidden, int outputs) {
    List<Integer> sizes = new ArrayList<>(hidden);
    sizes.add(outputs);
    double weights = 0;
    double before = inputs;
    for (int size : sizes) {
      weights += before * size;
      before = size;
    }
    return weights;
  }
}
