package org.vaescape.train;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Scanner;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.vaescape.data.PreparedData;
import org.vaescape.engine.NativeMemory;
import org.vaescape.engine.Precision;
import org.vaescape.model.GenePath;

/// A program that trains trials one after the other, and prints for each by how much the resident
/// memory of the process has grown at its peak, in bytes.
///
/// Where it is compared with, the data are in place and the same trial has been trained on them
/// before, so that code, compiled, and baselines are there. Its heap must be of one size, and
/// touched.
public final class MemoryProbe {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final Path CLEAR = Path.of("/proc/self/clear_refs");

  /// To [#CLEAR]: the peak begins anew from what is resident now.
  private static final String PEAK = "5";

  /// The JVM's compilers may take tens of megabytes in one of them, hardly in each; more are tried
  /// only where the first is above what is allowed.
  private static final int ROUNDS = 3;

  private MemoryProbe() {}

  /// Takes lines of [#parse].
  public static void main(String[] args) throws Exception {
    for (String line : args) {
      System.out.println(peakOverBaseline(parse(line)));
    }
  }

  /// A trial as a line: path, model, optimizer, precision, batch, genes, hidden, latent.
  static MemoryCase parse(String line) {
    try (Scanner words = new Scanner(line)) {
      GenePath.Choice path = GenePath.Choice.of(words.next());
      String model = words.next();
      String optimizer = words.next();
      Precision precision = Precision.valueOf(words.next().toUpperCase(Locale.ROOT));
      int batch = words.nextInt();
      int genes = words.nextInt();
      int hidden = words.nextInt();
      int latent = words.nextInt();
      return new MemoryCase(model, optimizer, batch, genes, latent)
          .with(precision)
          .with(path)
          .with(List.of(hidden));
    }
  }

  private static long peakOverBaseline(MemoryCase asked) throws Exception {
    PreparedData prepared = TestData.lowRank(asked.trainingSamples(), 20, asked.genes(), 3, 5);
    try (TrainingData data = TrainingData.of(prepared, asked.numerics())) {
      train(asked, data);
      long smallest = Long.MAX_VALUE;
      long near = Math.round(asked.estimate() * (1 + MemoryPeakTest.TOLERANCE));
      for (int round = 0; round < ROUNDS && smallest > near; round++) {
        NativeMemory.trim();
        Files.writeString(CLEAR, PEAK);
        long before = status("VmRSS");
        train(asked, data);
        smallest = Math.min(smallest, status("VmHWM") - before);
      }
      return smallest;
    }
  }

  /// On a thread of its own, as the runner does.
  private static void train(MemoryCase asked, TrainingData data) throws InterruptedException {
    Thread worker =
        Thread.ofPlatform()
            .start(() ->
                Trainer.train(asked.training(), data, new Seeds(1, 2, 3, 4), TrainingMonitor.NONE));
    worker.join();
  }

  private static long status(String key) {
    try {
      Matcher found =
          Pattern.compile("(?m)^" + key + ":\\s+(\\d+) kB$").matcher(Files.readString(STATUS));
      if (!found.find()) {
        throw new IllegalStateException(STATUS + " does not say " + key);
      }
      return 1024 * Long.parseLong(found.group(1));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
