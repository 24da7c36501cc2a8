package org.vaescape.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.vaescape.UserError;
import org.vaescape.engine.NativeLibrary;
import org.vaescape.engine.Precision;
import org.vaescape.model.GenePath;

/// Times steps of training: each model on each path in each precision that this machine allows, in
/// turns, since a machine's speed changes with what else it does.
public final class Benchmark {
  private static final int ROUNDS = 2;

  private static final List<Precision> PRECISIONS = List.of(Precision.FP32, Precision.BF16);

  private final BenchmarkPlan plan;
  private final TrainingData data;
  private final String bfloat16;

  private Benchmark(BenchmarkPlan plan, TrainingData data) {
    this.plan = plan;
    this.data = data;
    this.bfloat16 = NativeLibrary.bfloat16Failure();
  }

  /// Measures what a plan asks for.
  ///
  /// @param progress told the name of each model when its turn comes
  /// @return for each model every path in every precision, whether or not it can be had here
  /// @throws IllegalArgumentException with the near miss if there is no model of a name
  public static List<TrainingSpeed> run(BenchmarkPlan plan, Consumer<String> progress) {
    for (String model : plan.models()) {
      plan.settings(model, GenePath.Choice.PLAIN, Precision.FP32).check();
    }
    Numerics numerics =
        plan.settings(plan.models().getFirst(), GenePath.Choice.PLAIN, Precision.FP32).numerics();
    List<TrainingSpeed> speeds = new ArrayList<>();
    try (TrainingData data = TrainingData.of(MadeData.of(plan.samples(), plan.genes()), numerics)) {
      Benchmark benchmark = new Benchmark(plan, data);
      for (String model : plan.models()) {
        progress.accept(model);
        speeds.addAll(benchmark.model(model));
      }
    }
    return speeds;
  }

  /// What is measured together, round by round.
  private static final class Variant {
    private final GenePath.Kind path;
    private final TrainingSettings settings;
    private final String reason;
    private final int trials;
    private final List<Double> alone = new ArrayList<>();
    private final List<Double> together = new ArrayList<>();

    Variant(GenePath.Kind path, TrainingSettings settings, String reason, int trials) {
      this.path = path;
      this.settings = settings;
      this.reason = reason;
      this.trials = trials;
    }
  }

  private List<TrainingSpeed> model(String name) {
    List<Variant> variants = new ArrayList<>();
    for (GenePath.Kind path : GenePath.Kind.values()) {
      for (Precision precision : PRECISIONS) {
        variants.add(variant(name, path, precision));
      }
    }
    double seconds = plan.seconds() / ROUNDS;
    List<Variant> measured = variants.stream().filter(variant -> variant.reason.isEmpty()).toList();
    for (Variant variant : measured) {
      if (variant.path == GenePath.Kind.FUSED) {
        times(variant.settings, 1, seconds); // kernels in Java get fast by being used
      }
    }
    for (int round = 0; round < ROUNDS; round++) {
      for (Variant variant : measured) {
        variant.alone.addAll(times(variant.settings, 1, seconds));
      }
    }
    for (Variant variant : measured) {
      if (variant.trials > 1) {
        variant.together.addAll(times(variant.settings, variant.trials, seconds));
      }
    }
    return variants.stream().map(variant -> speed(name, variant)).toList();
  }

  private Variant variant(String model, GenePath.Kind path, Precision precision) {
    GenePath.Choice choice =
        path == GenePath.Kind.PLAIN ? GenePath.Choice.PLAIN : GenePath.Choice.AUTO;
    TrainingSettings settings = plan.settings(model, choice, precision);
    GenePath given = settings.path();
    long bytes = MemoryEstimate.bytes(settings, plan.genes(), plan.samples());
    String reason = "";
    if (precision == Precision.BF16 && !bfloat16.isEmpty()) {
      reason = bfloat16;
    } else if (given.kind() != path) {
      reason = given.reason();
    } else if (bytes > plan.memory()) {
      reason =
          "a trial needs about %d MiB of the %d that all may take (--memory)"
              .formatted(mebi(bytes), mebi(plan.memory()));
    }
    int trials = (int) Math.min(plan.trials(), plan.memory() / bytes);
    return new Variant(path, settings, reason, trials);
  }

  private static long mebi(long bytes) {
    return Math.ceilDiv(bytes, 1L << 20);
  }

  private TrainingSpeed speed(String model, Variant variant) {
    boolean measured = variant.reason.isEmpty();
    String reasonTogether = variant.reason;
    if (measured && variant.trials <= 1) {
      reasonTogether =
          plan.trials() == 1 ? "one core" : "two trials need more than all may take (--memory)";
    }
    return new TrainingSpeed(
        model,
        variant.path,
        variant.settings.numerics().precision(),
        variant.reason,
        measured ? Optional.of(new StepTimes(1, variant.alone)) : Optional.empty(),
        variant.together.isEmpty()
            ? Optional.empty()
            : Optional.of(new StepTimes(variant.trials, variant.together)),
        reasonTogether,
        WorkEstimate.products(variant.settings, plan.genes(), plan.samples()),
        WorkEstimate.leastBytes(
            variant.settings, plan.genes(), plan.samples(), BenchmarkPlan.ADAM_STATE));
  }

  /// Times of the steps of trials that are trained at once, each by a thread.
  private List<Double> times(TrainingSettings settings, int trials, double seconds) {
    AtomicBoolean over = new AtomicBoolean();
    List<Future<List<Double>>> runs = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(trials)) {
      for (int trial = 0; trial < trials; trial++) {
        Seeds seeds = new Seeds(trial, trial, trial, trial);
        runs.add(threads.submit(() -> times(settings, seeds, new StepClock(seconds, over))));
      }
    }
    List<Double> times = new ArrayList<>();
    runs.forEach(run -> times.addAll(done(run)));
    return times;
  }

  private List<Double> times(TrainingSettings settings, Seeds seeds, StepClock clock) {
    Ending ending = Trainer.train(settings, data, seeds, clock).ending();
    if (!(ending instanceof Ending.Interrupted)) {
      throw new UserError(
          "%s cannot be timed at these sizes, since its training ends by itself (%s); choose others or leave it out"
              .formatted(settings.model().getClass().getSimpleName(), ending));
    }
    return clock.seconds();
  }

  private static List<Double> done(Future<List<Double>> run) {
    try {
      return run.get();
    } catch (ExecutionException failure) {
      switch (failure.getCause()) {
        case RuntimeException cause -> throw cause;
        case Error cause -> throw cause;
        case null, default -> throw new IllegalStateException(failure);
      }
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException("nobody interrupts", interrupted);
    }
  }
}
