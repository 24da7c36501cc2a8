package org.vaescape.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SequencedMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.vaescape.engine.Device;
import org.vaescape.engine.ErrorSums;
import org.vaescape.engine.OutputFunction;
import org.vaescape.engine.PairSums;
import org.vaescape.engine.Precision;
import org.vaescape.engine.Tensor;
import org.vaescape.engine.WideInput;
import org.vaescape.engine.WideOutput;

/// Encoder and decoder of a model.
///
/// Encoder: for each hidden size Linear, BatchNorm, ReLU; then the heads `mu` and `logvar`.
/// Decoder: the hidden sizes mirrored, the same way; then Linear, BatchNorm, sigmoid. So the
/// standard style has it; the [LayerStyle] of the shape decides. Parameters carry PyTorch's names
/// (`encoder.0.linear.weight`), so that weights move to and from it.
///
/// A bias that BatchNorm follows has gradient 0, and an adaptive optimizer would turn its rounding
/// noise into steps: it keeps its initial value.
///
/// Memory belongs to the scope that is open when the networks are made.
///
/// Over 400 lines because what each layer does on the plain and on the fused path stands together.
public final class Networks {
  private final NetworkShape shape;
  private final ReconstructionTerm term;
  private final Precision precision;
  private final List<Layer> encoder = new ArrayList<>();
  private final List<Layer> decoder = new ArrayList<>();
  private final Layer mu;
  private final @Nullable Layer logvar;
  private final Layer output;
  private final Optional<WideOutput> wideOutput;
  private final Optional<PairSums> pairSums;
  private final SequencedMap<String, Tensor> parameters;
  private final SequencedMap<String, Tensor> statistics;
  private final SequencedMap<String, Tensor> trained;
  private final SequencedMap<String, Tensor> opponent;
  private Mode mode = Mode.TRAINING;

  /// How batch normalisation and dropout behave.
  ///
  /// @param usesBatchStatistics normalise with the statistics of the batch and update the running
  ///   ones, or normalise with the running ones
  /// @param momentum weight of the batch in that update, in [0, 1]; empty for the layers' own
  /// @param dropout what drops out comes from; empty where nothing does
  public record Mode(
      boolean usesBatchStatistics, OptionalDouble momentum, Optional<Noise> dropout) {
    /// Training of networks without dropout.
    public static final Mode TRAINING =
        training((_, _) -> {
          throw new IllegalStateException("a training step with dropout needs its noise");
        });

    public static final Mode EVALUATION = new Mode(false, OptionalDouble.empty(), Optional.empty());

    /// A step of training. In one step a layer draws the same mask for every input of the same
    /// shape, so that all terms of a loss see one thinned network.
    public static Mode training(Noise noise) {
      return new Mode(true, OptionalDouble.empty(), Optional.of(noise));
    }

    /// The same, but leaves the running statistics as they are.
    public Mode withoutMemory() {
      return new Mode(usesBatchStatistics, OptionalDouble.of(0), dropout);
    }

    /// Makes the running statistics the plain mean over batches: `number` is the batch's, from 1.
    public static Mode recalibrating(int number) {
      return new Mode(true, OptionalDouble.of(1.0 / number), Optional.empty());
    }
  }

  /// Networks whose parameters and running statistics start as the initializer says.
  ///
  /// @param parts what the model and its reconstruction term ask for
  public Networks(
      NetworkShape shape,
      NetworkParts parts,
      Initializer initializer,
      Precision precision,
      Device device) {
    this(shape, parts, initializer, precision, device, GenePath.Choice.AUTO);
  }

  /// The same, computed in the way that is asked for.
  public Networks(
      NetworkShape shape,
      NetworkParts parts,
      Initializer initializer,
      Precision precision,
      Device device,
      GenePath.Choice choice) {
    this.shape = shape;
    this.term = parts.term();
    this.precision = precision;
    LayerStyle style = shape.style();
    boolean fused =
        GenePath.of(choice, style, term, precision, device).kind() == GenePath.Kind.FUSED;
    LayerMaker maker = new LayerMaker(initializer, precision, device, style.constants());
    int inputs = shape.genes();
    boolean wide = fused; // until a layer stands between the data and the next one
    for (int i = 0; i < shape.hidden().size(); i++) {
      int outputs = shape.hidden().get(i);
      encoder.add(maker.hiddenLayer("encoder." + i, inputs, outputs, style.normalization(), wide));
      inputs = outputs;
      wide = false;
    }
    Normalization ofHeads = style.normalisedHeads() ? Normalization.BATCH : Normalization.NONE;
    mu = maker.head("mu", inputs, parts.heads().mu(), ofHeads, wide);
    logvar =
        parts.heads().logvar() == 0
            ? null
            : maker.head("logvar", inputs, parts.heads().logvar(), ofHeads, wide);
    inputs = parts.heads().code();
    List<Integer> mirrored = shape.hidden().reversed();
    for (int i = 0; i < mirrored.size(); i++) {
      int outputs = mirrored.get(i);
      decoder.add(maker.hiddenLayer("decoder." + i, inputs, outputs, style.normalization(), false));
      inputs = outputs;
    }
    // Without normalisation the output layer still is called output.linear, as in PyTorch.
    output =
        maker.hiddenLayer(
            "output",
            inputs,
            shape.genes(),
            style.outputNorm() ? Normalization.BATCH : Normalization.NONE,
            false);
    parts.extras().forEach(maker::extra);
    parameters = maker.parameters();
    trained = maker.trained();
    opponent = maker.opponent();
    statistics = maker.statistics();
    wideOutput = fused ? Optional.of(wideOutput()) : Optional.empty();
    pairSums = fused ? Optional.of(new PairSums()) : Optional.empty();
  }

  /// Frees what is kept from step to step for gradients, until the next step; they must be cleared.
  public void freeGradients() {
    wideOutput.ifPresent(WideOutput::freeGradients);
    Stream.concat(encoder.stream(), Stream.of(mu, logvar))
        .filter(Objects::nonNull)
        .forEach(layer -> layer.wide().ifPresent(WideInput::freeGradients));
  }

  private WideOutput wideOutput() {
    return new WideOutput(
        output.weight(),
        output.bias(),
        switch (output.norm()) {
          case Layer.Norm.Batch(
                  Tensor scale,
                  Tensor shift,
                  Tensor mean,
                  Tensor variance,
                  BatchNormalization constants) ->
              new WideOutput.Norm(scale, shift, mean, variance, constants.epsilon());
          case Layer.Norm.None _ -> null;
          case Layer.Norm.Units _ -> throw new IllegalStateException("units of an output");
        },
        term.usesOutput()
            ? shape.style().output().function().orElseThrow()
            : OutputFunction.IDENTITY,
        term.elementError().orElseThrow(),
        term.logVariance().map(this::extra).orElse(null),
        precision == Precision.BF16);
  }

  public NetworkShape shape() {
    return shape;
  }

  public Precision precision() {
    return precision;
  }

  /// Every parameter by name, frozen ones too, in the order of the layers.
  public SequencedMap<String, Tensor> parameters() {
    return parameters;
  }

  /// The parameters that the model's own steps change.
  public SequencedMap<String, Tensor> trained() {
    return trained;
  }

  /// The parameters that the steps of an opponent change; see [Adversarial].
  public SequencedMap<String, Tensor> opponent() {
    return opponent;
  }

  /// A parameter beside encoder and decoder.
  ///
  /// @throws IllegalArgumentException if there is none of this name
  public Tensor extra(String name) {
    Tensor parameter = parameters.get(name);
    if (parameter == null) {
      throw new IllegalArgumentException("no parameter " + name + " among " + parameters.keySet());
    }
    return parameter;
  }

  /// The output of a linear layer beside encoder and decoder.
  ///
  /// @param name of an [Extra.Linear]
  /// @param x (rows, inputs)
  /// @return (rows, outputs)
  public Tensor linear(String name, Tensor x) {
    return x.linear(extra(name + ".weight"), extra(name + ".bias"), precision.products());
  }

  /// Running mean and variance of every batch normalisation, by name.
  public SequencedMap<String, Tensor> statistics() {
    return statistics;
  }

  /// On the fused path, what sums over all pairs of a batch without holding them.
  Optional<PairSums> pairSums() {
    return pairSums;
  }

  public void use(Mode mode) {
    this.mode = mode;
  }

  /// The encoder's Gaussian for each row; without a head `logvar` that has no columns.
  ///
  /// @param x (batch, genes)
  public Posterior encode(Tensor x) {
    Tensor hidden = through(encoder, term.input(x));
    Tensor first = head(mu, hidden);
    return new Posterior(first, logvar == null ? first.columns(0, 0) : head(logvar, hidden));
  }

  private Tensor head(Layer head, Tensor hidden) {
    Tensor value = head.apply(hidden, precision.products(), mode);
    return shape.style().normalisedHeads() ? value.relu() : value;
  }

  /// What the last of some hidden layers hands on.
  private Tensor through(List<Layer> layers, Tensor x) {
    Tensor hidden = x;
    for (Layer layer : layers) {
      Tensor normalised = layer.apply(hidden, precision.products(), mode);
      hidden = thinned(shape.style().activation().apply(normalised), layer.name());
    }
    return hidden;
  }

  /// Dropout (Srivastava et al. 2014, JMLR 15), inverted: what stays is scaled up in training, so
  /// that nothing is to be done outside it.
  private Tensor thinned(Tensor hidden, String layer) {
    double share = shape.style().dropout();
    if (share == 0 || mode.dropout().isEmpty()) {
      return hidden;
    }
    try (Tensor drawn = mode.dropout().get().uniform("dropout " + layer, hidden.shape());
        Tensor kept = drawn.isAtLeast(share)) {
      return hidden.times(kept.times(1 / (1 - share)));
    }
  }

  /// The decoder's activated output for each row.
  ///
  /// @param z (rows, code)
  /// @return (rows, genes)
  public Tensor decode(Tensor z) {
    return decoding(z, z.size(0), shape.genes()).output();
  }

  /// What [#reconstruct] gives, while running statistics stay as they are: for a second look at the
  /// decoder in a step.
  Tensor reconstructAgain(Tensor z, Tensor x) {
    Mode usual = mode;
    mode = usual.withoutMemory();
    try {
      return reconstruct(z, x);
    } finally {
      mode = usual;
    }
  }

  /// The decoder's parameters that training changes.
  List<Tensor> decoderParameters() {
    return trained.entrySet().stream()
        .filter(
            named -> named.getKey().startsWith("decoder.") || named.getKey().startsWith("output."))
        .map(Map.Entry::getValue)
        .toList();
  }

  private Decoding decoding(Tensor z, long... handedOut) {
    Tensor hidden = through(decoder, z);
    return new Decoding(this, hidden, output.apply(hidden, precision.products(), mode), handedOut);
  }

  /// Free numbers made into what data could be: by the output's activation, or positive where the
  /// data are counts.
  public Tensor asData(Tensor free) {
    return switch (term.support()) {
      case REALS, UNIT_INTERVAL -> activated(free);
      case COUNTS -> free.softplus();
    };
  }

  /// The output's activation.
  Tensor activated(Tensor preactivation) {
    return shape.style().output().apply(preactivation);
  }

  /// The error of decoding z, averaged over genes, for each row.
  ///
  /// Models ask for this and not for [#decode], because it is what a faster path can compute
  /// without ever holding the output.
  ///
  /// @param z (rows, code), where rows is a multiple of the batch: all samples of the first row of
  ///   the batch, then all of the second, and so on
  /// @param x (batch, genes)
  /// @return (rows)
  Tensor reconstructionError(Tensor z, Tensor x) {
    if (wideOutput.isPresent()) {
      return wideOutput.get().error(through(decoder, z), x, statistics(shape.style().constants()));
    }
    long batch = x.size(0);
    long rows = z.size(0);
    long genes = shape.genes();
    Decoding decoding =
        rows == batch ? decoding(z, batch, genes) : decoding(z, batch, rows / batch, genes);
    // Large; closed early, what the way back needs of it stays with the gradients' graph.
    try (Tensor errors = term.errors(decoding, rows == batch ? x : x.unsqueeze(1))) {
      return errors.mean(-1).reshape(rows);
    }
  }

  /// Lets the running statistics of the decoder follow a batch.
  ///
  /// @param z (batch, code)
  /// @param x (batch, genes), which on the fused path keeps the outputs from being held
  public void follow(Tensor z, Tensor x) {
    (wideOutput.isPresent() ? reconstructionError(z, x) : decode(z)).close();
  }

  private WideOutput.Statistics statistics(BatchNormalization constants) {
    return new WideOutput.Statistics(
        mode.usesBatchStatistics(), mode.momentum().orElse(constants.momentum()));
  }

  /// What is expected of each element of x when z is decoded, in x's own scale.
  ///
  /// @param z (batch, code)
  /// @param x (batch, genes)
  /// @return (batch, genes)
  public Tensor reconstruct(Tensor z, Tensor x) {
    return term.mean(decoding(z, z.size(0), shape.genes()), x);
  }

  /// Squared errors of what [#reconstruct] gives in evaluation, which the fused path computes
  /// without ever holding that.
  ///
  /// @param z (rows, code)
  /// @param x (rows, genes)
  /// @throws IllegalStateException if statistics are those of a batch
  public ErrorSums squaredErrors(Tensor z, Tensor x) {
    return errorsInPassing(z, x)
        .orElseGet(() -> DecodedRows.squaredErrors(this, z, x, (_, _, _) -> {}));
  }

  /// The same errors, to the last bit, and a look at what they are of: on the fused path another
  /// pass, which sums in another order.
  ///
  /// @param look at all rows, from the first to the last
  public ErrorSums squaredErrors(Tensor z, Tensor x, DecodedRows.Work look) {
    Optional<ErrorSums> inPassing = errorsInPassing(z, x);
    inPassing.ifPresent(_ -> DecodedRows.forEach(this, z, x, look));
    return inPassing.orElseGet(() -> DecodedRows.squaredErrors(this, z, x, look));
  }

  /// Empty where the output has to be held for them.
  private Optional<ErrorSums> errorsInPassing(Tensor z, Tensor x) {
    if (mode.usesBatchStatistics()) {
      throw new IllegalStateException("squared errors are those of networks in evaluation");
    }
    Optional<OutputFunction> mean = term.meanFunction(shape.style().output());
    return wideOutput.isPresent() && mean.isPresent()
        ? Optional.of(wideOutput.get().squaredErrors(through(decoder, z), x, mean.get()))
        : Optional.empty();
  }

  /// A copy of all parameters and running statistics.
  public Weights weights() {
    SequencedMap<String, Weights.Array> all = new LinkedHashMap<>();
    parameters.forEach((name, tensor) -> all.put(name, array(tensor)));
    statistics.forEach((name, tensor) -> all.put(name, array(tensor)));
    return new Weights(all);
  }

  private static Weights.Array array(Tensor tensor) {
    List<Integer> lengths = Arrays.stream(tensor.shape()).mapToObj(Math::toIntExact).toList();
    return new Weights.Array(lengths, tensor.floats());
  }
}
