package org.vaescape.train;

import java.util.ArrayList;
import java.util.List;
import org.vaescape.engine.DType;
import org.vaescape.engine.Precision;
import org.vaescape.engine.WideInput;
import org.vaescape.engine.WideOutput;
import org.vaescape.model.DecodedRows;
import org.vaescape.model.GenePath;
import org.vaescape.model.Heads;
import org.vaescape.model.LayerStyle;
import org.vaescape.model.Normalization;
import org.vaescape.model.ReconstructionTerm;

/// How much native memory a trial needs at its peak, told from its shapes before it starts.
public final class MemoryEstimate {
  /// Bytes from which on the allocator gives back what was freed, as the launcher sets it.
  private static final long GIVEN_BACK = 1 << 20;

  private MemoryEstimate() {}

  /// Bytes of a trial's own tensors; the data, which trials share, are left out.
  ///
  /// A step is at its peak where the way back passes the output, or later, when those tensors are
  /// gone and gradients of the weights have come. What is counted was measured tensor by tensor,
  /// with networks of which one dimension is far larger than the others.
  ///
  /// @param genes columns of the data
  /// @param trainingSamples rows of the training part
  public static long bytes(TrainingSettings settings, int genes, int trainingSamples) {
    long batch = Math.min(settings.batch(), trainingSamples);
    long rows = batch * settings.model().samples();
    LayerStyle style = settings.style();
    List<Long> sizes = parameters(settings, genes);
    long parameters = sizes.stream().mapToLong(Long::longValue).sum();
    long widest = settings.hidden().stream().mapToLong(Integer::longValue).max().orElse(0);
    long largest = sizes.stream().mapToLong(Long::longValue).max().orElse(0);
    long kept = kept(settings, parameters);
    if (settings.path().kind() == GenePath.Kind.FUSED) {
      long numbers = kept + fused(settings, genes, trainingSamples, parameters, largest);
      return numbers * settings.numerics().precision().storage().bytes();
    }
    long throughout =
        kept
            + batch * genes
            + ofStep(settings, genes, batch)
            + Math.max(0, earlier(settings, genes, batch) - 2 * rows * genes)
            + copies(settings, genes, batch, parameters);
    long atOutput = rows * genes * outputTensors(settings) + inProducts(settings, rows * genes);
    // The normalised layer's input stays; gradients of all weights, and beside them those that go
    // through the widest layer, or a copy of the largest weights, whose change is measured.
    long later =
        rows * genes * (style.outputNorm() ? 1 : 0)
            + parameters
            + Math.max(rows * widest * hiddenGradients(style), largest);
    return (throughout + Math.max(atOutput, later))
        * settings.numerics().precision().storage().bytes();
  }

  /// Bytes that the first trial of a split to be measured takes once, beside its own, to fit the
  /// principal components that all of them are compared with; 0 once that is done.
  public static long bytesOnce(TrainingSettings settings, TrainingData data) {
    return data.baselines().bytesToFit(settings.code());
  }

  /// Weights, what the optimizer keeps, and the weights of the best epoch.
  private static long kept(TrainingSettings settings, long parameters) {
    return parameters
        * (1
            + settings.optimizer().tensorsForEachParameter(settings.numerics().inOnePass())
            + (settings.stopping().best().isPresent() ? 1 : 0));
  }

  /// What there is beside them where the output is computed in blocks: buffers, and the larger of
  /// what a step makes and of what the outcomes do, while the allocator still has what it handed
  /// out in small pieces for the step.
  private static long fused(
      TrainingSettings settings, int genes, int trainingSamples, long parameters, long largest) {
    LayerStyle style = settings.style();
    long batch = Math.min(settings.batch(), trainingSamples);
    long rows = batch * settings.model().samples();
    long widest = settings.hidden().stream().mapToLong(Integer::longValue).max().orElse(0);
    // The batch stays from step to step.
    long buffers =
        WideOutput.bufferedNumbers(rows, genes, settings.model().samples() > 1)
            + batch * genes
            + rounded(settings, genes, batch, rows)
            + products(settings, genes, trainingSamples);
    // What a loss holds beside the output is gone when the weights' change is measured.
    long step =
        ofStep(settings, genes, batch)
            + parameters
            + Math.max(
                earlier(settings, genes, batch) + rows * widest * hiddenGradients(style), largest);
    Precision precision = settings.numerics().precision();
    int tensors =
        (style.outputNorm() ? 4 : 3) + (precision.products() == precision.storage() ? 0 : 2);
    long decoded =
        DecodedRows.numbers(batch, genes, tensors)
            + inProducts(settings, decoderWidth(settings) * (long) genes)
            + smallPieces(settings, batch);
    long outcomes = Math.max(decoded, untrained(settings, genes, batch, parameters));
    // Freed pieces that the allocator keeps, since what is asked for next fits into none of them.
    long unused =
        rows * widest * DType.FLOAT32.bytes() < GIVEN_BACK
            ? hiddenPieces(settings, batch) + rows * widest * hiddenGradients(style)
            : 0;
    return buffers + Math.max(step, outcomes) + unused;
  }

  /// Of the network with the first weights, while it is measured.
  private static long untrained(TrainingSettings settings, int genes, long batch, long parameters) {
    return parameters
        + WideInput.productNumbers(decoderWidth(settings))
        + rounded(settings, genes, batch, batch)
        + WideOutput.productNumbers(0, decoderWidth(settings), genes)
        + WideOutput.blockNumbers(batch, genes);
  }

  /// What products of the wide layers keep, which are prepared for each number of rows: those of
  /// the training batches, and those of validation, which are not gone back.
  private static long products(TrainingSettings settings, int genes, int trainingSamples) {
    int width = decoderWidth(settings);
    long training =
        settings.trainingBatches(trainingSamples).ranges().stream()
            .mapToLong(range -> (long) range.size() * settings.model().samples())
            .distinct()
            .map(rows ->
                WideInput.productNumbers(width) + WideOutput.productNumbers(rows, width, genes))
            .sum();
    return training + WideInput.productNumbers(width) + WideOutput.productNumbers(0, width, genes);
  }

  /// What operands of these take that are rounded.
  private static long rounded(TrainingSettings settings, int genes, long batch, long rows) {
    boolean inBfloat16 = settings.numerics().precision() == Precision.BF16;
    int width = decoderWidth(settings);
    return WideInput.roundedNumbers(batch, genes, width, inBfloat16)
        + WideOutput.roundedNumbers(rows, width, inBfloat16);
  }

  /// Where products take operands of another type, what a step keeps for its way back: weights and
  /// inputs of all linear layers as that type, and their results before and after they are of the
  /// type of everything else again, without a bias.
  private static long copies(TrainingSettings settings, long genes, long batch, long parameters) {
    Precision precision = settings.numerics().precision();
    if (precision.products() == precision.storage()) {
      return 0;
    }
    long rows = batch * settings.model().samples();
    long widths = settings.hidden().stream().mapToLong(Integer::longValue).sum();
    long results = rows * genes + (rows + batch) * widths;
    return inProducts(settings, parameters + batch * genes + (rows + batch) * widths + results)
        + results;
  }

  /// As many numbers as the operands of products, counted in those of everything else; 0 where both
  /// are of one type, and nothing is copied.
  private static long inProducts(TrainingSettings settings, long numbers) {
    Precision precision = settings.numerics().precision();
    return precision.products() == precision.storage()
        ? 0
        : numbers * precision.products().bytes() / precision.storage().bytes();
  }

  /// How many numbers a step makes that are no weights, the way back included.
  static long passing(TrainingSettings settings, int genes, int trainingSamples) {
    long batch = Math.min(settings.batch(), trainingSamples);
    return batch * genes
        + ofStep(settings, genes, batch)
        + earlier(settings, genes, batch)
        + batch * settings.model().samples() * genes * outputTensors(settings);
  }

  /// Those that it holds until the way back comes to the output.
  private static long earlier(TrainingSettings settings, long genes, long batch) {
    return settings
        .model()
        .elementsBeforeOutput(
            batch, settings.shape(Math.toIntExact(genes)), settings.path().kind());
  }

  /// Those that it holds until its end, beside the batch.
  private static long ofStep(TrainingSettings settings, long genes, long batch) {
    return smallPieces(settings, batch)
        + settings.model().ownElements(batch, settings.shape(Math.toIntExact(genes)));
  }

  /// Of hidden layers and of the latent.
  private static long smallPieces(TrainingSettings settings, long batch) {
    return hiddenPieces(settings, batch)
        + settings.model().latentElements(batch, settings.latent());
  }

  private static long hiddenPieces(TrainingSettings settings, long batch) {
    long rows = batch * settings.model().samples();
    long widths = settings.hidden().stream().mapToLong(Integer::longValue).sum();
    return (rows + batch) * widths * hiddenTensors(settings.style());
  }

  /// Bytes of a trial's weights in a file, as 32-bit floats.
  public static long weightBytes(TrainingSettings settings, int genes) {
    return Float.BYTES * parameters(settings, genes).stream().mapToLong(Long::longValue).sum();
  }

  /// Tensors of rows x genes: those of the reconstruction term, the input of a normalisation, and
  /// of an activation that needs its own.
  private static int outputTensors(TrainingSettings settings) {
    ReconstructionTerm term = settings.model().reconstruction(settings.reconstruction());
    LayerStyle style = settings.style();
    return term.outputTensors()
        + (style.outputNorm() ? 1 : 0)
        + (term.usesOutput() && style.output().keeps() > 1 ? 1 : 0);
  }

  /// Tensors of rows x width that a step keeps of each hidden layer: linear, normalised, activated,
  /// and with dropout its mask and what that leaves.
  private static int hiddenTensors(LayerStyle style) {
    return 2
        + style.activation().ownTensors()
        + (style.normalization() == Normalization.NONE ? 0 : 1)
        + (style.dropout() > 0 ? 2 : 0);
  }

  /// Those that the way back through a layer makes: gradients of what it gives and of what it is
  /// given, and with dropout one between them.
  private static int hiddenGradients(LayerStyle style) {
    return style.dropout() > 0 ? 3 : 2;
  }

  /// What the output layer sees.
  private static int decoderWidth(TrainingSettings settings) {
    return settings.hidden().isEmpty() ? settings.code() : settings.hidden().getFirst();
  }

  /// Sizes of the weights.
  private static List<Long> parameters(TrainingSettings settings, long genes) {
    Heads heads = settings.model().heads(settings.latent());
    List<Long> sizes = new ArrayList<>();
    long inputs = genes;
    for (int width : settings.hidden()) {
      sizes.add(inputs * width);
      inputs = width;
    }
    sizes.add(inputs * heads.mu());
    sizes.add(inputs * heads.logvar());
    inputs = heads.code();
    for (int width : settings.hidden().reversed()) {
      sizes.add(inputs * width);
      inputs = width;
    }
    sizes.add(inputs * genes);
    settings.parts(Math.toIntExact(genes)).extras().forEach(extra -> sizes.add(extra.size()));
    return sizes;
  }
}
