package org.vaescape.train;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Supplier;
import org.vaescape.engine.Scope;
import org.vaescape.engine.Tensor;
import org.vaescape.model.Adversarial;
import org.vaescape.model.Batch;
import org.vaescape.model.Networks;
import org.vaescape.model.Noise;
import org.vaescape.model.Objective;
import org.vaescape.model.Terms;

/// The steps of a training run: an epoch's batches, losses, gradients and optimizers.
///
/// Memory belongs to the scope that is open when it is made.
final class TrainingSteps {
  /// Term of an epoch: how far its last step went, relative to the weights.
  static final String RELATIVE_UPDATE = "relative_update";

  private final TrainingSettings settings;
  private final TrainingData data;
  private final GatheredBatch gathered;
  private final Randomness randomness;
  private final Networks networks;
  private final Map<Tensor, Optimizer.Update<Tensor>> updates = new LinkedHashMap<>();
  private final Map<Tensor, Optimizer.Update<Tensor>> opponent = new LinkedHashMap<>();
  private double lastFiniteLoss = Double.NaN;
  private double rateBudget;
  private long steps;

  TrainingSteps(
      TrainingSettings settings,
      TrainingData data,
      GatheredBatch gathered,
      Randomness randomness,
      Networks networks) {
    this.settings = settings;
    this.data = data;
    this.randomness = randomness;
    this.networks = networks;
    this.gathered = gathered;
    networks.trained().values().forEach(p -> updates.put(p, start(p)));
    networks.opponent().values().forEach(p -> opponent.put(p, start(p)));
  }

  private Optimizer.Update<Tensor> start(Tensor parameter) {
    return settings.optimizer().start(parameter, settings.numerics().inOnePass());
  }

  private Batches trainingBatches() {
    return settings.trainingBatches(data.prepared().training().size());
  }

  /// Takes every step of an epoch; why it was not completed, or empty.
  ///
  /// @param epoch from 0
  /// @param giveUp asked before every batch; how the run ends there, or empty
  /// @param sums takes the terms of the loss
  Optional<Ending> epoch(int epoch, Pace pace, Supplier<Optional<Ending>> giveUp, Sums sums) {
    goOn();
    int[] order = randomness.order(epoch, data.prepared().training().size());
    List<Batches.Range> ranges = trainingBatches().ranges();
    for (int batch = 0; batch < ranges.size(); batch++) {
      Optional<Ending> given = giveUp.get();
      if (given.isPresent()) {
        return given;
      }
      Batches.Range range = ranges.get(batch);
      Optional<String> failure =
          step(
              Arrays.copyOfRange(order, range.from(), range.to()),
              randomness.step(epoch, batch),
              objective(epoch),
              pace,
              batch == ranges.size() - 1 ? Optional.of(new UpdateSize()) : Optional.empty(),
              sums);
      if (failure.isPresent()) {
        return Optional.of(diverged(failure.get(), epoch, batch + 1));
      }
    }
    return Optional.empty();
  }

  /// The end of a run whose validation after an epoch, from 0, is not finite.
  Ending divergedInValidation(int epoch) {
    return diverged("validation reconstruction", epoch, trainingBatches().ranges().size());
  }

  private Ending diverged(String what, int epoch, int batch) {
    return new Ending.Diverged(what, epoch + 1, batch, lastFiniteLoss);
  }

  /// How far the run has come, after so many epochs.
  Progress progress(int epochs) {
    return new Progress(epochs, steps, rateBudget);
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
      int[] rows,
      Noise noise,
      Objective objective,
      Pace pace,
      Optional<UpdateSize> size,
      Sums sums) {
    try (Scope _ = Scope.open()) {
      Batch batch = new Batch(gathered.of(rows), noise, steps++, true);
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
    networks.use(Networks.Mode.training(batch.noise()).withoutMemory());
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
      Map<Tensor, Optimizer.Update<Tensor>> group, Pace pace, Optional<UpdateSize> size) {
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
      Tensor parameter, Optimizer.Update<Tensor> update, double factor, Pace pace) {
    Tensor gradient = parameter.gradient();
    if (gradient == null) {
      return; // a head that the model does not use
    }
    update.apply(gradient, factor, pace);
    parameter.clearGradient();
  }

  /// Lets the network be looked at as the optimizer hands it back, until [#goOn].
  void showResult() {
    try (Scope _ = Scope.withoutGradients()) {
      updates.values().forEach(Optimizer.Update::showResult);
    }
  }

  private void goOn() {
    try (Scope _ = Scope.withoutGradients()) {
      updates.values().forEach(Optimizer.Update::goOn);
    }
  }
}
