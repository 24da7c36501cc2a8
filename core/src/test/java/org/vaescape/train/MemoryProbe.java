package org.vaescape.train;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.vaescape.engine.DType;
import org.vaescape.engine.NativeMemory;

/// A program that trains trials, or fits principal components, one after the other, and prints for
/// each by how much the resident memory of the process has grown at its peak, in bytes.
///
/// Where it is compared with, the data are in place and a trial has been trained on them before, so
/// that code, compiled, and baselines are there. Its heap must be of one size, and touched.
public final class MemoryProbe {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final Path CLEAR = Path.of("/proc/self/clear_refs");

  /// To [#CLEAR]: the peak begins anew from what is resident now.
  private static final String PEAK = "5";

  /// The JVM's compilers may take or give back tens of megabytes in one of them, hardly in each:
  /// more are tried only where the first is not near the estimate, and the median tells if none is.
  private static final int ROUNDS = 8;

  private MemoryProbe() {}

  /// What data are made from; trials in a row that ask for the same share them, and their
  /// baselines, which take longer than a trial.
  private record Shape(int samples, int genes, DType type) {
    static Shape of(MemoryCase trial) {
      return new Shape(
          trial.trainingSamples(),
          trial.genes(),
          trial.training().numerics().precision().storage());
    }
  }

  /// Takes lines of [MemoryCase#of] or [PcaCase#of], and prints each after its bytes.
  public static void main(String[] args) throws Exception {
    int next = 0;
    while (next < args.length) {
      if (PcaCase.isOne(args[next])) {
        PcaCase pca = PcaCase.of(args[next]);
        System.out.println(peakOverBaseline(pca.fit(), pca.estimate()) + " " + args[next]);
        next++;
        continue;
      }
      MemoryCase first = MemoryCase.of(args[next]);
      try (TrainingData data =
          TrainingData.of(
              TestData.lowRank(first.trainingSamples(), 20, first.genes(), 3, 5),
              first.training().numerics())) {
        onAThreadOfItsOwn(() -> train(first, data));
        while (next < args.length
            && !PcaCase.isOne(args[next])
            && Shape.of(MemoryCase.of(args[next])).equals(Shape.of(first))) {
          MemoryCase trial = MemoryCase.of(args[next]);
          System.out.println(
              peakOverBaseline(() -> train(trial, data), trial.estimate()) + " " + args[next]);
          next++;
        }
      }
    }
  }

  private static long peakOverBaseline(Runnable work, long estimate) throws Exception {
    List<Long> peaks = new ArrayList<>();
    while (peaks.size() < ROUNDS) {
      long before = resident();
      Files.writeString(CLEAR, PEAK);
      onAThreadOfItsOwn(work);
      long peak = status("VmHWM");
      // What the JVM gives back meanwhile would otherwise be taken away from what the work takes.
      long taken = peak - Math.min(before, resident());
      if (MemoryPeakTest.near(taken, estimate)) {
        return taken;
      }
      peaks.add(taken);
    }
    Collections.sort(peaks);
    return peaks.get(ROUNDS / 2);
  }

  private static long resident() {
    NativeMemory.trim();
    return status("VmRSS");
  }

  /// As the runner does.
  private static void onAThreadOfItsOwn(Runnable work) throws InterruptedException {
    Thread.ofPlatform().start(work).join();
  }

  private static void train(MemoryCase trial, TrainingData data) {
    Trainer.train(trial.training(), data, new Seeds(1, 2, 3, 4), TrainingMonitor.NONE);
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
