package org.vaescape.train;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SequencedMap;
import java.util.Set;
import org.vaescape.engine.NativeLibrary;
import org.vaescape.engine.Scope;
import org.vaescape.engine.Tensor;
import org.vaescape.model.Adversarial;
import org.vaescape.model.Batch;
import org.vaescape.model.Networks;
import org.vaescape.model.Noise;
import org.vaescape.model.Objective;
import org.vaescape.model.Terms;
import org.vaescape.model.Weights;

/// Trains one network, from first weights to outcomes.
///
/// The result is a function of settings, data and seeds: equal arguments give equal bits, whatever
/// else the process does. One thread trains one network; native memory is freed before it returns.
public final class Trainer {
  private final TrainingSettings settings;
  private final TrainingData data;
  private final Randomness randomness;
  private final TrainingMonitor monitor;
  private final long started = System.nanoTime();
  private final Networks networks;
  private final Map<Tensor, Optimizer.Update> updates = new LinkedHashMap<>();
  private final Map<Tensor, Optimizer.Update> opponent = new LinkedHashMap<>();
  private final Outcomes outcomes;
  private final Optional<BestEpoch> best;
  private final List<SequencedMap<String, Double>> curve = new ArrayList<>();
  private final List<ValidationLosses> losses = new ArrayList<>();
  private double lastFiniteLoss = Double.NaN;
  private double rateBudget;
  private long steps;

  private Trainer(
      TrainingSettings settings,
      TrainingData data,
      Randomness randomness,
      TrainingMonitor monitor) {
    this.settings = settings;
    this.data = data;
    this.randomness = randomness;
    this.monitor = monitor;
    this.networks =
        new Networks(
            settings.shape(data.prepared().training().genes()),
            settings.parts(data.prepared().training().genes()),
            randomness.initializer(settings.initialization()),
            settings.numerics().precision(),
            settings.numerics().device());
    this.outcomes = new Outcomes(settings, data, randomness, networks);
    this.best = settings.stopping().best().map(curve -> new BestEpoch(curve, networks));
  }

  /// Trains a network and measures it.
  public static TrainingResult train(
      TrainingSettings settings, TrainingData data, Seeds seeds, TrainingMonitor monitor) {
    return train(settings, data, Randomness.of(seeds, settings.numerics()), monitor);
  }

  static TrainingResult train(
      TrainingSettings settings,
      TrainingData data,
      Randomness randomness,
      TrainingMonitor monitor) {
    NativeLibrary.useThreads(settings.numerics().threads());
    try (Scope _ = Scope.open()) {
      return new Trainer(settings, data, randomness, monitor).run();
    }
  }

  private TrainingResult run() {
    Outcomes.Recalibrated untrained = outcomes.recalibrated();
    networks.trained().values().forEach(p -> updates.put(p, settings.optimizer().start(p)));
    networks.opponent().values().forEach(p -> opponent.put(p, settings.optimizer().start(p)));
    Ending ending = trainToStop();
    boolean measurable =
        switch (ending) {
          case Ending.Converged _, Ending.MaxEpochs _ -> true;
          case Ending.TimedOut _ -> !curve.isEmpty();
          case Ending.Diverged _, Ending.Interrupted _ -> false;
        };
    if (!measurable) {
      return TrainingResult.withoutOutcomes(ending, curve, secondsSinceStart());
    }
    showResult();
    Stopping stopping = settings.stopping();
    boolean restores = stopping.restore() != Stopping.Restore.LAST;
    int epochs = curve.size();
    Checkpoint recorded = checkpoint(restores ? Checkpoint.BEST : Checkpoint.STOP, untrained);
    Weights weights = restores ? best().restored(networks::weights) : networks.weights();
    double seconds = secondsSinceStart();
    List<Checkpoint> others = new ArrayList<>();
    Optional<Ending> afterStop = Optional.empty();
    if (stopping.horizon() > 0 && !(ending instanceof Ending.TimedOut)) {
      others.add(checkpoint(restores ? Checkpoint.STOP : Checkpoint.BEST, untrained));
      afterStop = trainToHorizon();
      if (afterStop.isEmpty()) {
        others.add(checkpoint(Checkpoint.HORIZON, untrained));
      } else if (afterStop.get() instanceof Ending.Interrupted interrupted) {
        return TrainingResult.withoutOutcomes(interrupted, curve, secondsSinceStart());
      }
    }
    return new TrainingResult(
        ending,
        curve,
        epochs,
        Optional.of(recorded),
        others,
        afterStop,
        seconds,
        Optional.of(weights));
  }

  /// Outcomes of the network as it is, or was at the best epoch.
  private Checkpoint checkpoint(String name, Outcomes.Recalibrated untrained) {
    return name.equals(Checkpoint.BEST)
        ? best().restored(() -> measure(name, best().progress(), untrained))
        : measure(name, progress(), untrained);
  }

  private Progress progress() {
    return new Progress(curve.size(), steps, rateBudget);
  }

  private Checkpoint measure(String name, Progress at, Outcomes.Recalibrated untrained) {
    SequencedMap<String, Double> metrics = new LinkedHashMap<>();
    for (Map.Entry<String, Double> term : curve.get(at.epochs() - 1).entrySet()) {
      if (term.getKey().startsWith(VALIDATION)) {
        metrics.put(term.getKey(), term.getValue());
      }
    }
    putTestTerms(metrics, at);
    metrics.put("learning_rate_budget", at.rateBudget());
    Outcomes.putIfNumber(metrics, "relative_update", meanRelativeUpdate(at.epochs()));
    Verdict verdict = outcomes.measure(metrics, untrained);
    return new Checkpoint(name, at.epochs(), verdict, metrics);
  }

  private BestEpoch best() {
    return best.orElseThrow();
  }

  private static final String VALIDATION = "val_";
  private static final String RELATIVE_UPDATE = "relative_update";

  private double secondsSinceStart() {
    return (System.nanoTime() - started) / 1e9;
  }

  private Ending trainToStop() {
    while (curve.size() < settings.stopping().maxEpochs()) {
      Optional<Ending> ended = nextEpoch();
      if (ended.isPresent()) {
        return ended.get();
      }
      best.ifPresent(epoch -> epoch.look(losses.getLast(), progress()));
      if (settings.stopping().rule().stops(losses)) {
        return new Ending.Converged();
      }
    }
    return new Ending.MaxEpochs();
  }

  /// Why the horizon was not reached, or empty.
  private Optional<Ending> trainToHorizon() {
    Optional<Ending> ended = Optional.empty();
    while (ended.isEmpty() && curve.size() < settings.stopping().horizon()) {
      ended = nextEpoch();
    }
    return ended;
  }

  /// Trains and validates an epoch; why it was not completed, or empty.
  private Optional<Ending> nextEpoch() {
    int epoch = curve.size();
    long begun = System.nanoTime();
    Pace pace = pace(epoch);
    Sums training = new Sums();
    Optional<Ending> ended = trainEpoch(epoch, pace, training);
    if (ended.isPresent()) {
      return ended;
    }
    showResult();
    Sums validation = validate(data.validation(), epoch, steps);
    // Not the loss: with running statistics its KL can overflow while training is sound; such a
    // trial goes on, and its verdict says what became of it.
    if (!Double.isFinite(validation.mean(Terms.RECONSTRUCTION))) {
      return Optional.of(
          new Ending.Diverged(
              "validation reconstruction",
              epoch + 1,
              trainingBatches().ranges().size(),
              lastFiniteLoss));
    }
    SequencedMap<String, Double> row = new LinkedHashMap<>();
    row.put("learning_rate", pace.rate());
    pace.momentum().ifPresent(momentum -> row.put("momentum", momentum));
    training.putMeans("train_", row);
    validation.putMeans(VALIDATION, row);
    row.put(TrainingResult.SECONDS, (System.nanoTime() - begun) / 1e9);
    curve.add(row);
    losses.add(
        new ValidationLosses(validation.mean("loss"), validation.mean(Terms.RECONSTRUCTION)));
    monitor.epoch(epoch + 1, row);
    return Optional.empty();
  }

  private Pace pace(int epoch) {
    Scheduler scheduler = settings.scheduler();
    int epochs = settings.stopping().maxEpochs();
    return new Pace(
        scheduler.rate(settings.learningRate(), epoch, epochs, losses),
        scheduler.momentum(epoch, epochs));
  }

  private Batches trainingBatches() {
    return settings.trainingBatches(data.prepared().training().size());
  }

  private Optional<Ending> trainEpoch(int epoch, Pace pace, Sums sums) {
    goOn();
    int[] order = randomness.order(epoch, data.prepared().training().size());
    List<Batches.Range> ranges = trainingBatches().ranges();
    for (int batch = 0; batch < ranges.size(); batch++) {
      if (monitor.cancelled()) {
        return Optional.of(new Ending.Interrupted());
      }
      Optional<Duration> limit = settings.timeLimit();
      if (limit.isPresent() && secondsSinceStart() > limit.get().toMillis() / 1e3) {
        return Optional.of(new Ending.TimedOut(limit.get()));
      }
      Batches.Range range = ranges.get(batch);
      long[] rows = Arrays.stream(order, range.from(), range.to()).asLongStream().toArray();
      Optional<String> failure =
          step(
              rows,
              randomness.step(epoch, batch),
              objective(epoch),
              pace,
              batch == ranges.size() - 1 ? Optional.of(new UpdateSize()) : Optional.empty(),
              sums);
      if (failure.isPresent()) {
        return Optional.of(
            new Ending.Diverged(failure.get(), epoch + 1, batch + 1, lastFiniteLoss));
      }
    }
    return Optional.empty();
  }

  private Objective objective(int epoch) {
    return settings.objective(
        settings.warmUp().share(epoch, settings.stopping().maxEpochs()),
        data.prepared().training().size());
  }

  /// One step; what became non-finite, or empty.
  ///
  /// @param size filled with how far the step went, where somebody asks
  private Optional<String> step(
      long[] rows,
      Noise noise,
      Objective objective,
      Pace pace,
      Optional<UpdateSize> size,
      Sums sums) {
    try (Scope _ = Scope.open()) {
      Tensor x = data.training().rows(Tensor.of(rows).on(settings.numerics().device()));
      Batch batch = new Batch(x, noise, steps++, true);
      networks.use(Networks.Mode.training(noise));
      Terms terms = settings.model().loss(batch, networks, objective);
      double loss = terms.loss().item();
      if (!Double.isFinite(loss)) {
        return Optional.of("loss");
      }
      terms.loss().backward();
      opponent.keySet().forEach(Tensor::clearGradient);
      OptionalDouble norm = update(updates, pace, size);
      if (norm.isEmpty()) {
        return Optional.of("gradient");
      }
      lastFiniteLoss = loss;
      sums.add(terms, loss, 1);
      sums.add("gradient_norm", norm.getAsDouble(), 1);
      size.ifPresent(told -> sums.add(RELATIVE_UPDATE, told.relative(), 1));
      rateBudget += pace.rate();
      return settings.model() instanceof Adversarial model
          ? opponentStep(model, batch, objective, pace, sums)
          : Optional.empty();
    }
  }

  /// The opponent's step on the same batch.
  private Optional<String> opponentStep(
      Adversarial model, Batch batch, Objective objective, Pace pace, Sums sums) {
    Tensor loss = model.adversaryLoss(batch, networks, objective);
    double value = loss.item();
    if (!Double.isFinite(value)) {
      return Optional.of("loss of the opponent");
    }
    loss.backward();
    updates.keySet().forEach(Tensor::clearGradient);
    if (update(opponent, pace.times(model.adversaryRate()), Optional.empty()).isEmpty()) {
      return Optional.of("gradient of the opponent");
    }
    sums.add("adversary_loss", value, 1);
    return Optional.empty();
  }

  /// Takes a step along the gradients; their norm before clipping, or empty, and no step, if one of
  /// them is not finite.
  private OptionalDouble update(
      Map<Tensor, Optimizer.Update> group, Pace pace, Optional<UpdateSize> size) {
    try (Scope _ = Scope.withoutGradients()) {
      double norm = gradientNorm(group.keySet());
      if (!Double.isFinite(norm) && !gradientsAreFinite(group.keySet())) {
        return OptionalDouble.empty();
      }
      double factor = clipFactor(norm);
      group.forEach((parameter, update) -> {
        Runnable change = () -> applyUpdate(parameter, update, factor, pace);
        size.ifPresentOrElse(told -> told.around(parameter, change), change);
      });
      return OptionalDouble.of(norm);
    }
  }

  /// Norms add up in the order of parameters, so that equal runs round equally.
  private static double gradientNorm(Set<Tensor> parameters) {
    double squares = 0;
    for (Tensor parameter : parameters) {
      Tensor gradient = parameter.gradient();
      if (gradient != null) {
        double norm = gradient.norm();
        squares += norm * norm;
      }
    }
    return Math.sqrt(squares);
  }

  /// Whether every element is finite. The norm of finite elements can overflow 32 bits; such a step
  /// is taken, as PyTorch takes it: RMSprop and Adam divide it away.
  private static boolean gradientsAreFinite(Set<Tensor> parameters) {
    for (Tensor parameter : parameters) {
      Tensor gradient = parameter.gradient();
      if (gradient != null && !Double.isFinite(gradient.largest())) {
        return false;
      }
    }
    return true;
  }

  /// As `torch.nn.utils.clip_grad_norm_` has it; 0 where the norm overflows.
  private double clipFactor(double norm) {
    return settings.clip().isEmpty()
        ? 1
        : Math.min(1, settings.clip().getAsDouble() / (norm + 1e-6));
  }

  private static void applyUpdate(
      Tensor parameter, Optimizer.Update update, double factor, Pace pace) {
    Tensor gradient = parameter.gradient();
    if (gradient == null) {
      return; // a head that the model does not use
    }
    if (factor != 1) {
      gradient.timesInPlace(factor);
    }
    update.apply(gradient, pace);
    parameter.clearGradient();
  }

  /// Mean over the last steps of the epochs.
  private double meanRelativeUpdate(int epochs) {
    return curve.subList(0, epochs).stream()
        .mapToDouble(row -> row.getOrDefault("train_" + RELATIVE_UPDATE, Double.NaN))
        .average()
        .orElse(Double.NaN);
  }

  /// The model's own terms on the test part, as [#validate] has them on the validation part.
  private void putTestTerms(SequencedMap<String, Double> metrics, Progress at) {
    data.test()
        .ifPresent(test -> validate(test, at.epochs() - 1, at.steps()).putMeans("test_", metrics));
  }

  /// Lets the network be looked at as the optimizer hands it back, until [#goOn].
  private void showResult() {
    try (Scope _ = Scope.withoutGradients()) {
      updates.values().forEach(Optimizer.Update::showResult);
    }
  }

  private void goOn() {
    try (Scope _ = Scope.withoutGradients()) {
      updates.values().forEach(Optimizer.Update::goOn);
    }
  }

  private Sums validate(HeldOut held, int epoch, long steps) {
    networks.use(Networks.Mode.EVALUATION);
    Sums sums = new Sums();
    // At the full weight, so that warm-up does not move the curve.
    Objective objective = settings.objective(1, data.prepared().training().size());
    List<Batches.Range> ranges =
        Batches.ofValidation(held.part().size(), settings.batch(), settings.dropLast()).ranges();
    for (int batch = 0; batch < ranges.size(); batch++) {
      try (Scope _ = Scope.withoutGradients()) {
        Batches.Range range = ranges.get(batch);
        Noise noise = randomness.validation(epoch, batch);
        Tensor x = held.x().rows(range.from(), range.to());
        Batch rows =
            new Batch(x, settings.meanLatent() ? Outcomes.meanLatent(noise) : noise, steps, false);
        Terms terms = settings.model().loss(rows, networks, objective);
        sums.add(terms, terms.loss().item(), range.size());
      }
    }
    return sums;
  }

  /// Weighted sums of terms by name.
  private static final class Sums {
    private final SequencedMap<String, Double> totals = new LinkedHashMap<>();
    private final Map<String, Double> weights = new LinkedHashMap<>();

    void add(Terms terms, double loss, double weight) {
      add("loss", loss, weight);
      terms.parts().forEach((name, part) -> add(name, part.item(), weight));
    }

    void add(String name, double value, double weight) {
      totals.merge(name, value * weight, Double::sum);
      weights.merge(name, weight, Double::sum);
    }

    double mean(String name) {
      return totals.getOrDefault(name, Double.NaN) / weights.getOrDefault(name, 1.0);
    }

    void putMeans(String prefix, SequencedMap<String, Double> row) {
      totals.keySet().forEach(name -> row.put(prefix + name, mean(name)));
    }
  }
}
