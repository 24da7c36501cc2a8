package org.vaescape.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.vaescape.UserError;
import org.vaescape.engine.MachineLimits;
import org.vaescape.model.Models;
import org.vaescape.search.NearMiss;
import org.vaescape.study.MachineMemory;
import org.vaescape.train.Benchmark;
import org.vaescape.train.BenchmarkPlan;
import org.vaescape.train.TrainingSpeed;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Measures how fast this machine trains, beside its own limits.
@Command(
    name = "bench",
    description =
        "Measure how fast this machine trains each model, on each path and in each precision, beside what its products and its memory allow. One to three minutes and up to 2 GB on two idle cores; other work on the machine shows in the figures.",
    mixinStandardHelpOptions = true)
final class BenchCommand implements Callable<Integer> {
  private static final String ALL = "all";

  /// The four of the study, and one for each further kind of step: no noise, an opponent,
  /// categories.
  private static final List<String> REPRESENTATIVES =
      List.of("vae", "iwae", "infovae", "logcosh-vae", "ae", "aae", "cat-vae");

  @Option(names = "--json", description = "Prints JSON and nothing else.")
  private boolean json;

  @Option(
      names = "--models",
      split = ",",
      paramLabel = "MODEL",
      description =
          "Models to train, or 'all'; default: the study's four and one for each further kind of step.")
  private List<String> models = REPRESENTATIVES;

  @Option(
      names = "--samples",
      paramLabel = "N",
      description = "Samples to train on, at least two batches; default: ${DEFAULT-VALUE}.")
  private int samples = 3000;

  @Option(names = "--genes", paramLabel = "N", description = "Default: ${DEFAULT-VALUE}.")
  private int genes = 5000;

  @Option(
      names = "--batch",
      paramLabel = "N",
      description = "Samples of a step; default: ${DEFAULT-VALUE}.")
  private int batch = 1000;

  @Option(
      names = "--latent",
      paramLabel = "N",
      description = "Latent units; default: ${DEFAULT-VALUE}.")
  private int latent = 50;

  @Option(
      names = "--seconds",
      paramLabel = "S",
      description =
          "Time to spend on the steps of each model, path and precision; default: ${DEFAULT-VALUE}.")
  private double seconds = 1;

  @Option(
      names = "--workers",
      paramLabel = "N",
      description = "Trials trained at once; default: one for each core.")
  private @Nullable Integer workers;

  @Option(
      names = "--memory",
      paramLabel = "SIZE",
      description =
          "What all trials at once may take beside the data: 2g; default: what `run` takes, 80 % of what the machine has.")
  private @Nullable String memory;

  @Option(names = "--quiet", description = "Shows no progress.")
  private boolean quiet;

  private final PrintWriter stdout;
  private final PrintWriter stderr;

  BenchCommand(PrintWriter out, PrintWriter err) {
    stdout = out;
    stderr = err;
  }

  @Override
  public Integer call() {
    BenchmarkPlan plan = plan();
    say("Measuring products and memory ...");
    MachineLimits limits =
        MachineLimits.measure(plan.batch(), plan.genes(), BenchmarkPlan.HIDDEN, plan.seconds());
    List<TrainingSpeed> speeds =
        Benchmark.run(plan, model -> say("Training %s ...".formatted(model)));
    MachineSpeed speed = MachineSpeed.of(plan, limits, speeds);
    if (json) {
      stdout.println(BenchJson.text(speed));
    } else {
      BenchTable.print(speed, stdout);
    }
    return Main.DONE;
  }

  private BenchmarkPlan plan() {
    atLeast("--genes", genes, 1);
    atLeast("--batch", batch, 2);
    atLeast("--latent", latent, 1);
    if (samples < 2L * batch) {
      throw new UserError(
          "--samples must be at least %s, two batches of %s, but was %s"
              .formatted(2L * batch, batch, samples));
    }
    long numbers = (long) Math.max(samples, BenchmarkPlan.HIDDEN) * genes;
    if (numbers > Integer.MAX_VALUE) {
      throw new UserError(
          "--samples (or %s) times --genes must be at most %s but was %s"
              .formatted(BenchmarkPlan.HIDDEN, Integer.MAX_VALUE, numbers));
    }
    if (!(seconds > 0 && seconds <= 3600)) {
      throw new UserError("--seconds must be above 0 and at most 3600 but was " + seconds);
    }
    int cores = Runtime.getRuntime().availableProcessors();
    int trials = workers == null ? cores : atLeast("--workers", workers, 1);
    return new BenchmarkPlan(
        known(models), samples, genes, batch, latent, seconds, trials, bytes());
  }

  private long bytes() {
    if (memory == null) {
      return MachineMemory.defaultBytes();
    }
    try {
      return ByteCount.of(memory);
    } catch (IllegalArgumentException e) {
      throw new UserError("--memory " + e.getMessage(), e);
    }
  }

  private static List<String> known(List<String> asked) {
    if (asked.contains(ALL)) {
      return Models.CATALOGUE.names();
    }
    List<String> words = new ArrayList<>(Models.CATALOGUE.names());
    words.add(ALL);
    for (String name : asked) {
      if (!Models.CATALOGUE.names().contains(name)) {
        throw new UserError("--models: " + NearMiss.unknown("model", name, words));
      }
    }
    return asked.stream().distinct().toList();
  }

  private static int atLeast(String option, int value, int least) {
    if (value < least) {
      throw new UserError("%s must be at least %s but was %s".formatted(option, least, value));
    }
    return value;
  }

  private void say(String sentence) {
    if (!quiet) {
      stderr.println(sentence);
      stderr.flush();
    }
  }
}
