package org.vaescape.train;

import java.util.List;
import org.vaescape.model.Extra;
import org.vaescape.model.Heads;
import org.vaescape.model.LayerStyle;
import org.vaescape.model.Normalization;

/// How much native memory a trial needs at its peak, told from its shapes before it starts.
public final class MemoryEstimate {
  /// Tensors of rows x latent: both heads, sigma, noise, sample, KL and its parts, and gradients.
  private static final int LATENT = 16;

  private MemoryEstimate() {}

  /// Bytes of a trial's own tensors; the data, which trials share, are left out.
  ///
  /// @param genes columns of the data
  /// @param trainingSamples rows of the training part
  public static long bytes(TrainingSettings settings, int genes, int trainingSamples) {
    long batch = Math.min(settings.batch(), trainingSamples);
    long rows = batch * settings.model().samples();
    long widths = settings.hidden().stream().mapToLong(Integer::longValue).sum();
    long parameters = parameters(settings, genes);
    long elements =
        // Weights and gradients, what the optimizer keeps, and the weights of the best epoch.
        parameters
                * (2
                    + settings.optimizer().tensorsForEachParameter()
                    + (settings.stopping().best().isPresent() ? 1 : 0))
            + batch * genes
            + rows
                * genes
                * settings.model().reconstruction(settings.reconstruction()).outputTensors()
            + (rows + batch) * widths * hiddenTensors(settings.style())
            + (rows + batch) * settings.model().heads(settings.latent()).code() * LATENT
            + settings.model().ownElements(batch, settings.shape(genes));
    return elements * settings.numerics().precision().storage().bytes();
  }

  /// Tensors of rows x width that a step holds of each hidden layer: linear, normalised, activated,
  /// the mask of dropout and what it leaves, and a gradient.
  private static int hiddenTensors(LayerStyle style) {
    return 3
        + style.activation().ownTensors()
        + (style.normalization() == Normalization.NONE ? 0 : 1)
        + (style.dropout() > 0 ? 2 : 0);
  }

  private static long parameters(TrainingSettings settings, long genes) {
    List<Integer> hidden = settings.hidden();
    Heads heads = settings.model().heads(settings.latent());
    long sum = 0;
    long inputs = genes;
    for (int width : hidden) {
      sum += inputs * width;
      inputs = width;
    }
    sum += inputs * (heads.mu() + heads.logvar());
    inputs = heads.code();
    for (int width : hidden.reversed()) {
      sum += inputs * width;
      inputs = width;
    }
    long extras =
        settings.parts(Math.toIntExact(genes)).extras().stream().mapToLong(Extra::size).sum();
    return sum + inputs * genes + extras;
  }
}
