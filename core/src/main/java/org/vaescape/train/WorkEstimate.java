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
    double batch = Math.min(settings.batch(), trainingSamples);
    double steps = settings.trainingBatches(trainingSamples).ranges().size();
    double rows = batch * settings.model().samples();
    Heads heads = settings.model().heads(settings.latent());
    double encoder = layers(genes, settings.hidden(), heads.mu() + heads.logvar());
    double decoder = layers(heads.code(), settings.hidden().reversed(), genes);
    double extras = settings.parts(genes).extras().stream().mapToDouble(Extra::size).sum();
    double toTheInput = settings.hidden().isEmpty() ? heads.mu() : settings.hidden().getFirst();
    double products =
        2 * PRODUCTS * (batch * (encoder + extras) + rows * decoder)
            - 2 * batch * genes * toTheInput; // nobody asks for the gradient of the data
    double kept = 1.0 + settings.optimizer().tensorsForEachParameter(false);
    double numbers =
        MemoryEstimate.passing(settings, genes, trainingSamples)
            + kept * (encoder + decoder + extras);
    return steps * (products + FOR_EACH_NUMBER * numbers);
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
