package org.vaescape.train;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.vaescape.engine.NativeLibrary;
import org.vaescape.engine.Scope;
import org.vaescape.engine.Tensor;
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
  private final long started = WorkClock.nanoTime();
  private final Networks networks;
  private final GatheredBatch gathered;
  private final TrainingSteps steps;
  private final Outcomes outcomes;
  private final Optional<BestEpoch> best;
  private final List<SequencedMap<String, Double>> curve = new ArrayList<>();
  private final List<ValidationLosses> losses = new ArrayList<>();

  private Trainer(
      TrainingSettings settings,
      TrainingData data,
      Randomness randomness,
      TrainingMonitor monitor) {
    this.settings = settings;
    this.data = data;
    this.randomness = randomness;
    this.monitor = monitor;
    this.networks = drawn(settings, data, randomness);
    this.gathered = new GatheredBatch(settings, data);
    this.steps = new TrainingSteps(settings, data, gathered, randomness, networks);
    this.outcomes = new Outcomes(settings, data, gathered, randomness, networks);
    this.best = settings.stopping().best().map(curve -> new BestEpoch(curve, networks));
  }

  /// Networks with the first weights.
  private static Networks drawn(
      TrainingSettings settings, TrainingData data, Randomness randomness) {
    int genes = data.prepared().training().genes();
    return new Networks(
        settings.shape(genes),
        settings.parts(genes),
        randomness.initializer(settings.initialization()),
        settings.numerics().precision(),
        settings.numerics().device(),
        settings.numerics().path());
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
    steps.showResult();
    Stopping stopping = settings.stopping();
    boolean restores = stopping.restore() != Stopping.Restore.LAST;
    int epochs = curve.size();
    Outcomes.Recalibrated untrained = errorsBeforeTraining();
    Checkpoint recorded = checkpoint(restores ? Checkpoint.BEST : Checkpoint.STOP, untrained);
    Weights weights = restores ? best().restored(networks::weights) : networks.weights();
    double seconds = secondsSinceStart();
    List<Checkpoint> others = new ArrayList<>();
    Optional<Ending> afterStop = Optional.empty();
    if (stopping.horizon() > 0 && !(ending instanceof Ending.TimedOut)) {
      others.add(checkpoint(restores ? Checkpoint.STOP : Checkpoint.BEST, untrained));
      afterStop = trainToHorizon();
      networks.freeGradients();
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

  /// Errors of a network with the first weights. Another one than was trained: so the first step
  /// waits for no pass over the data, and a run that is not measured needs none. It is there where
  /// gradients were.
  private Outcomes.Recalibrated errorsBeforeTraining() {
    networks.freeGradients();
    try (Scope _ = Scope.withoutGradients()) {
      Networks untrained = drawn(settings, data, randomness);
      return new Outcomes(settings, data, gathered, randomness, untrained).recalibrated(() -> {});
    }
  }

  /// Outcomes of the network as it is, or was at the best epoch.
  private Checkpoint checkpoint(String name, Outcomes.Recalibrated untrained) {
    return name.equals(Checkpoint.BEST)
        ? best().restored(() -> measure(name, best().progress(), untrained))
        : measure(name, progress(), untrained);
  }

  private Progress progress() {
    return steps.progress(curve.size());
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
    Outcomes.putIfNumber(metrics, TrainingSteps.RELATIVE_UPDATE, meanRelativeUpdate(at.epochs()));
    Outcomes.Measured measured =
        outcomes.measure(metrics, untrained, () -> putReconstruction(metrics, at));
    return new Checkpoint(name, at.epochs(), measured.verdict(), metrics, measured.plane());
  }

  private BestEpoch best() {
    return best.orElseThrow();
  }

  private static final String VALIDATION = "val_";

  private double secondsSinceStart() {
    return (WorkClock.nanoTime() - started) / 1e9;
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
    long begun = WorkClock.nanoTime();
    Pace pace = pace(epoch);
    Sums training = new Sums();
    Optional<Ending> ended = steps.epoch(epoch, pace, this::giveUp, training);
    if (ended.isPresent()) {
      return ended;
    }
    steps.showResult();
    Sums validation = validate(data.validation(), epoch, progress().steps());
    // Not the loss: with running statistics its KL can overflow while training is sound; such a
    // trial goes on, and its verdict says what became of it.
    if (!Double.isFinite(validation.mean(Terms.RECONSTRUCTION))) {
      return Optional.of(steps.divergedInValidation(epoch));
    }
    SequencedMap<String, Double> row = new LinkedHashMap<>();
    row.put("learning_rate", pace.rate());
    pace.momentum().ifPresent(momentum -> row.put("momentum", momentum));
    training.putMeans("train_", row);
    validation.putMeans(VALIDATION, row);
    row.put(TrainingResult.SECONDS, (WorkClock.nanoTime() - begun) / 1e9);
    curve.add(row);
    losses.add(
        new ValidationLosses(validation.mean("loss"), validation.mean(Terms.RECONSTRUCTION)));
    monitor.epoch(epoch + 1, row);
    return Optional.empty();
  }

  /// Whether the run is to end at once, and how.
  private Optional<Ending> giveUp() {
    if (monitor.cancelled()) {
      return Optional.of(new Ending.Interrupted());
    }
    return settings
        .timeLimit()
        .filter(limit -> secondsSinceStart() > limit.toMillis() / 1e3)
        .map(Ending.TimedOut::new);
  }

  private Pace pace(int epoch) {
    Scheduler scheduler = settings.scheduler();
    int epochs = settings.stopping().maxEpochs();
    return new Pace(
        scheduler.rate(settings.learningRate(), epoch, epochs, losses),
        scheduler.momentum(epoch, epochs));
  }

  /// Mean over the last steps of the epochs.
  private double meanRelativeUpdate(int epochs) {
    return curve.subList(0, epochs).stream()
        .mapToDouble(row -> row.getOrDefault("train_" + TrainingSteps.RELATIVE_UPDATE, Double.NaN))
        .average()
        .orElse(Double.NaN);
  }

  /// The model's own terms on the test part, as [#validate] has them on the validation part.
  private void putTestTerms(SequencedMap<String, Double> metrics, Progress at) {
    data.test()
        .ifPresent(test -> validate(test, at.epochs() - 1, at.steps()).putMeans("test_", metrics));
  }

  /// The model's own reconstruction term on both parts, under the same noise as at that epoch.
  private void putReconstruction(SequencedMap<String, Double> metrics, Progress at) {
    String name = VALIDATION + Terms.RECONSTRUCTION + "_recalibrated";
    metrics.put(name, reconstruction(data.validation(), at));
    data.test().ifPresent(test -> metrics.put(Outcomes.onTest(name), reconstruction(test, at)));
  }

  private double reconstruction(HeldOut held, Progress at) {
    return validate(held, at.epochs() - 1, at.steps()).mean(Terms.RECONSTRUCTION);
  }

  /// Means of the terms on a part.
  ///
  /// @param epoch from 0
  /// @param steps taken until then, for what changes with them
  private Sums validate(HeldOut held, int epoch, long steps) {
    networks.use(Networks.Mode.EVALUATION);
    Sums sums = new Sums();
    List<Batches.Range> ranges = settings.validationBatches(held.part().size()).ranges();
    for (int batch = 0; batch < ranges.size(); batch++) {
      try (Scope _ = Scope.withoutGradients()) {
        Batches.Range range = ranges.get(batch);
        Noise noise = randomness.validation(epoch, batch);
        Tensor x = held.x().rows(range.from(), range.to());
        Validation rule = settings.validation();
        Batch rows =
            new Batch(x, rule.meanLatent() ? Outcomes.meanLatent(noise) : noise, steps, false);
        Objective objective =
            settings.validationObjective(
                data.prepared().training().size(), held.part().size(), range.size());
        Terms terms = settings.model().loss(rows, networks, objective);
        sums.add(terms, terms.loss().item(), rule.likeEltager() ? 1 : range.size());
      }
    }
    return sums;
  }
}
