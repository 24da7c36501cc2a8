package org.vaescape.cli;

import java.io.PrintWriter;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.SequencedMap;
import org.vaescape.engine.MachineLimits;
import org.vaescape.engine.MemoryRate;
import org.vaescape.engine.Precision;
import org.vaescape.engine.Processor;
import org.vaescape.engine.ProductRate;
import org.vaescape.train.BenchmarkPlan;
import org.vaescape.train.StepTimes;
import org.vaescape.train.TrainingSpeed;

/// What `bench` found out, for people.
final class BenchTable {
  private static final String ABSENT = "-";
  private static final String ROW = "%-12s %-6s %-5s %8s %8s %8s %9s %9s %7s %9s %7s %8s %8s %6s%n";

  private final MachineSpeed speed;
  private final PrintWriter out;

  private BenchTable(MachineSpeed speed, PrintWriter out) {
    this.speed = speed;
    this.out = out;
  }

  static void print(MachineSpeed speed, PrintWriter out) {
    BenchTable table = new BenchTable(speed, out);
    table.machine();
    table.products();
    table.memory();
    table.training();
    speed.conclusions().forEach(out::println);
  }

  private void machine() {
    Processor processor = speed.processor();
    out.printf(
        Locale.ROOT,
        "%s, %s cores, vectors of %s bits, bfloat16 %s%n",
        processor.name(),
        processor.cores(),
        processor.vectorBits(),
        bfloat16(processor));
    out.printf(Locale.ROOT, "Java %s, %s, %s%n%n", speed.java(), speed.library(), speed.system());
  }

  private static String bfloat16(Processor processor) {
    if (processor.tiles()) {
      return "in tiles (AMX)";
    }
    return processor.fastBfloat16() ? "in vectors" : "operands in 32 bits";
  }

  private void products() {
    SequencedMap<String, ProductRate.Shape> shapes = new LinkedHashMap<>();
    speed.limits().products().forEach(product -> shapes.put(product.name(), product.shape()));
    out.printf(Locale.ROOT, "Products on one core, GFLOP/s%n%-32s", "");
    for (ProductRate.Library library : ProductRate.Library.values()) {
      for (Precision precision : List.of(Precision.FP32, Precision.BF16)) {
        out.printf(Locale.ROOT, "%16s", library.text() + " " + precision.text());
      }
    }
    out.println();
    shapes.forEach((name, shape) -> {
      String sizes = "%s x %s x %s".formatted(shape.rows(), shape.inner(), shape.columns());
      out.printf(Locale.ROOT, "%-12s%-20s", name, sizes);
      speed.limits().products().stream()
          .filter(product -> product.name().equals(name))
          .forEach(product -> out.printf(Locale.ROOT, "%16s", rate(product.rate())));
      out.println();
    });
    speed.limits().products().stream()
        .filter(product -> !product.reason().isEmpty())
        .map(product ->
            "%s %s: %s"
                .formatted(product.library().text(), product.precision().text(), product.reason()))
        .distinct()
        .forEach(out::println);
    out.println();
  }

  private static String rate(OptionalDouble rate) {
    return rate.isEmpty() ? ABSENT : fixed(0, rate.getAsDouble() / 1e9);
  }

  private void memory() {
    out.printf(Locale.ROOT, "Memory, GB/s%n");
    for (MemoryRate.Kind kind : MemoryRate.Kind.values()) {
      out.printf(Locale.ROOT, "%-12s", kind == MemoryRate.Kind.READ ? "read" : "read + write");
      for (MachineLimits.Memory rate : speed.limits().memory()) {
        if (rate.kind() == kind) {
          out.printf(
              Locale.ROOT,
              "%8.1f on %s",
              rate.rate() / 1e9,
              rate.cores() == 1 ? "one core" : rate.cores() + " cores at once");
        }
      }
      out.println();
    }
    out.println();
  }

  private void training() {
    BenchmarkPlan plan = speed.plan();
    out.printf(
        Locale.ROOT,
        "Training on made data: %s samples x %s genes, batch %s, hidden %s, latent %s, Adam%n",
        plan.samples(),
        plan.genes(),
        plan.batch(),
        BenchmarkPlan.HIDDEN,
        plan.latent());
    out.printf(
        Locale.ROOT,
        "step: least and median time; epoch: of %s samples; floor: the step's products at the best rate above, and the bytes that it must move;%n"
            + "trials a minute: of %s epochs, on one core and several at once; validation and outcomes are left out%n",
        BenchmarkPlan.STUDY_SAMPLES,
        BenchmarkPlan.TRIAL_EPOCHS);
    out.printf(
        Locale.ROOT,
        ROW,
        "model",
        "path",
        "prec.",
        "least ms",
        "median",
        "steps/s",
        "epoch s",
        "floor ms",
        "share",
        "least MB",
        "ms",
        "1 core",
        "at once",
        "gain");
    speed.speeds().forEach(this::row);
    out.println();
  }

  private void row(TrainingSpeed row) {
    String precision = row.precision().text();
    if (row.alone().isEmpty()) {
      out.printf(
          Locale.ROOT,
          "%-12s %-6s %-5s %s%n",
          row.model(),
          row.path().text(),
          precision,
          row.reason());
      return;
    }
    StepTimes alone = row.alone().get();
    double floor = speed.productSeconds(row);
    double one = speed.aloneInAMinute(alone);
    String several = ABSENT;
    String gain = ABSENT;
    if (row.together().isPresent()) {
      double rate = speed.togetherInAMinute(row.together().get());
      several = "%s: %s".formatted(row.together().get().trials(), fixed(1, rate));
      gain = fixed(2, rate / one);
    }
    out.printf(
        Locale.ROOT,
        ROW,
        row.model(),
        row.path().text(),
        precision,
        fixed(1, 1e3 * alone.minimum()),
        fixed(1, 1e3 * alone.median()),
        fixed(1, 1 / alone.median()),
        fixed(2, speed.plan().epochSeconds(alone.median())),
        fixed(1, 1e3 * floor),
        fixed(0, 100 * floor / alone.minimum()) + " %",
        fixed(1, row.bytes() / 1e6),
        fixed(1, 1e3 * speed.memorySeconds(row)),
        fixed(1, one),
        several,
        gain);
  }

  private static String fixed(int decimals, double value) {
    return new BigDecimal(value).setScale(decimals, RoundingMode.HALF_EVEN).toPlainString();
  }
}
