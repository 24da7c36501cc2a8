package org.vaescape.cli;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.vaescape.engine.MachineLimits;
import org.vaescape.engine.Precision;
import org.vaescape.engine.Processor;
import org.vaescape.model.GenePath;
import org.vaescape.train.BenchmarkPlan;
import org.vaescape.train.Numerics;
import org.vaescape.train.StepTimes;
import org.vaescape.train.TrainingSpeed;

/// What `bench` found out.
///
/// @param library version of the tensor library and the instructions that it uses
record MachineSpeed(
    BenchmarkPlan plan,
    Processor processor,
    String library,
    String java,
    String system,
    MachineLimits limits,
    List<TrainingSpeed> speeds) {
  MachineSpeed {
    speeds = List.copyOf(speeds);
  }

  static MachineSpeed of(BenchmarkPlan plan, MachineLimits limits, List<TrainingSpeed> speeds) {
    return new MachineSpeed(
        plan,
        Processor.ofMachine(),
        Numerics.libraryText(),
        Runtime.version().toString(),
        "%s %s".formatted(System.getProperty("os.name"), System.getProperty("os.arch")),
        limits,
        speeds);
  }

  /// Seconds that the products of a step take at the fastest rate measured in that precision.
  double productSeconds(TrainingSpeed speed) {
    return speed.operations() / limits.fastest(speed.precision());
  }

  /// Seconds that the bytes of a step take at the rate of one core that reads and writes.
  double memorySeconds(TrainingSpeed speed) {
    return speed.bytes() / limits.ofOneCore();
  }

  /// Trials a minute of one core.
  double aloneInAMinute(StepTimes times) {
    return plan.trialsPerMinute(1, times.median());
  }

  /// Trials a minute of those at once.
  double togetherInAMinute(StepTimes times) {
    return plan.trialsPerMinute(times.trials(), times.median());
  }

  /// What follows, in plain sentences.
  List<String> conclusions() {
    List<TrainingSpeed> best = best();
    SequencedMap<String, List<TrainingSpeed>> winners = new LinkedHashMap<>();
    for (TrainingSpeed speed : best) {
      winners.computeIfAbsent(name(speed), _ -> new ArrayList<>()).add(speed);
    }
    List<String> sentences = new ArrayList<>();
    winners.entrySet().stream()
        .sorted(
            Comparator.comparingInt(
                    (Map.Entry<String, List<TrainingSpeed>> winner) -> winner.getValue().size())
                .reversed())
        .forEach(winner -> sentences.add(sentence(winner.getKey(), winner.getValue())));
    workers(best).ifPresent(sentences::add);
    return sentences;
  }

  /// The fastest of each model.
  private List<TrainingSpeed> best() {
    SequencedMap<String, TrainingSpeed> best = new LinkedHashMap<>();
    for (TrainingSpeed speed : speeds) {
      if (speed.alone().isPresent()) {
        best.merge(speed.model(), speed, (a, b) -> seconds(b) < seconds(a) ? b : a);
      }
    }
    return List.copyOf(best.values());
  }

  private static double seconds(TrainingSpeed speed) {
    return speed.alone().orElseThrow().minimum();
  }

  private static String name(TrainingSpeed speed) {
    return "path %s in %s".formatted(speed.path().text(), speed.precision().text());
  }

  private String sentence(String name, List<TrainingSpeed> winners) {
    List<String> models = winners.stream().map(this::told).toList();
    return "Fastest here is %s for %s.".formatted(name, String.join(", ", models));
  }

  /// A model with how much faster it is than on the plain path in 32 bits, and what of the
  /// products' rate it reaches.
  private String told(TrainingSpeed speed) {
    String share =
        String.format(
            Locale.ROOT,
            "%.0f %% of the products' rate",
            100 * productSeconds(speed) / seconds(speed));
    return plain(speed.model())
        .filter(plain -> !plain.equals(speed))
        .map(plain ->
            String.format(
                Locale.ROOT,
                "%s (%.1f x plain fp32, %s)",
                speed.model(),
                seconds(plain) / seconds(speed),
                share))
        .orElseGet(() -> "%s (%s)".formatted(speed.model(), share));
  }

  private Optional<TrainingSpeed> plain(String model) {
    return speeds.stream()
        .filter(speed ->
            speed.model().equals(model)
                && speed.path() == GenePath.Kind.PLAIN
                && speed.precision() == Precision.FP32
                && speed.alone().isPresent())
        .findFirst();
  }

  /// How much workers gain where training is fastest.
  private Optional<String> workers(List<TrainingSpeed> best) {
    return best.stream()
        .filter(speed -> speed.together().isPresent())
        .findFirst()
        .map(speed -> {
          StepTimes together = speed.together().orElseThrow();
          return String.format(
              Locale.ROOT,
              "%s trials at once finish %.2f x as many as one alone (%s, %s).",
              together.trials(),
              togetherInAMinute(together) / aloneInAMinute(speed.alone().orElseThrow()),
              speed.model(),
              name(speed));
        });
  }
}
