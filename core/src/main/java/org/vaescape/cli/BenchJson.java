package org.vaescape.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import org.vaescape.engine.MachineLimits;
import org.vaescape.engine.Processor;
import org.vaescape.train.BenchmarkPlan;
import org.vaescape.train.StepTimes;
import org.vaescape.train.TrainingSpeed;

/// What `bench` found out, for programs: seconds, bytes and operations, not rounded. The fields are
/// described in `docs/speed.md`; each is always there, with null where there is no number.
final class BenchJson {
  /// Raised when a field changes its meaning or goes; new ones may come.
  private static final int SCHEMA = 1;

  private BenchJson() {}

  static String text(MachineSpeed speed) {
    Processor processor = speed.processor();
    BenchmarkPlan plan = speed.plan();
    Map<String, @Nullable Object> all =
        fields(
            "schema", SCHEMA,
            "machine",
                fields(
                    "cpu", processor.name(),
                    "cores", processor.cores(),
                    "vector_bits", processor.vectorBits(),
                    "amx", processor.tiles(),
                    "fast_bfloat16", processor.fastBfloat16(),
                    "java", speed.java(),
                    "library", speed.library(),
                    "system", speed.system()),
            "plan",
                fields(
                    "models", plan.models(),
                    "samples", plan.samples(),
                    "genes", plan.genes(),
                    "batch", plan.batch(),
                    "hidden", BenchmarkPlan.HIDDEN,
                    "latent", plan.latent(),
                    "seconds", plan.seconds(),
                    "workers", plan.trials(),
                    "memory_bytes", plan.memory(),
                    "epoch_samples", BenchmarkPlan.STUDY_SAMPLES,
                    "trial_epochs", BenchmarkPlan.TRIAL_EPOCHS),
            "products", speed.limits().products().stream().map(BenchJson::product).toList(),
            "memory", speed.limits().memory().stream().map(BenchJson::memory).toList(),
            "training", speed.speeds().stream().map(row -> training(speed, row)).toList(),
            "conclusions", speed.conclusions());
    try {
      return new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsString(all);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("numbers and words can be written", impossible);
    }
  }

  private static Map<String, @Nullable Object> product(MachineLimits.Product product) {
    return fields(
        "product", product.name(),
        "rows", product.shape().rows(),
        "inner", product.shape().inner(),
        "columns", product.shape().columns(),
        "library", product.library().text(),
        "precision", product.precision().text(),
        "operations_per_second", product.rate().isPresent() ? product.rate().getAsDouble() : null,
        "reason", orNull(product.reason()));
  }

  private static Map<String, @Nullable Object> memory(MachineLimits.Memory memory) {
    return fields(
        "kind", memory.kind().text(),
        "cores", memory.cores(),
        "bytes_per_second", memory.rate());
  }

  private static Map<String, @Nullable Object> training(MachineSpeed speed, TrainingSpeed row) {
    Optional<StepTimes> alone = row.alone();
    Optional<StepTimes> together = row.together();
    double products = speed.productSeconds(row);
    return fields(
        "model", row.model(),
        "path", row.path().text(),
        "precision", row.precision().text(),
        "reason", orNull(row.reason()),
        "step_seconds_min", alone.map(StepTimes::minimum).orElse(null),
        "step_seconds_median", alone.map(StepTimes::median).orElse(null),
        "steps_timed", alone.map(times -> times.seconds().size()).orElse(null),
        "steps_per_second", alone.map(times -> 1 / times.median()).orElse(null),
        "epoch_seconds", alone.map(t -> speed.plan().epochSeconds(t.median())).orElse(null),
        "step_operations", row.operations(),
        "products_seconds", finite(products),
        "products_share", alone.map(times -> finite(products / times.minimum())).orElse(null),
        "step_bytes", row.bytes(),
        "memory_seconds", speed.memorySeconds(row),
        "trials_per_minute", alone.map(speed::aloneInAMinute).orElse(null),
        "at_once",
            fields(
                "trials", together.map(StepTimes::trials).orElse(null),
                "step_seconds_median", together.map(StepTimes::median).orElse(null),
                "trials_per_minute", together.map(speed::togetherInAMinute).orElse(null),
                "reason", orNull(row.reasonTogether())));
  }

  private static @Nullable String orNull(String text) {
    return text.isEmpty() ? null : text;
  }

  private static @Nullable Double finite(double value) {
    return Double.isFinite(value) ? value : null;
  }

  /// Names and values in turns, in this order.
  private static Map<String, @Nullable Object> fields(@Nullable Object... namesAndValues) {
    SequencedMap<String, @Nullable Object> fields = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      fields.put(String.valueOf(namesAndValues[i]), namesAndValues[i + 1]);
    }
    return fields;
  }
}
