package org.vaescape.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/// The estimate is compared with what the system says that a process takes.
@EnabledOnOs(value = OS.LINUX, disabledReason = "only Linux tells the peak of a process, in /proc")
class MemoryPeakTest {
  static final double TOLERANCE = 0.15;
  private static final long SMALLEST = 50L << 20;

  /// How the launcher has the C library give back what was freed.
  private static final String ALLOCATOR = "MALLOC_MMAP_THRESHOLD_";

  private static final String THRESHOLD = "1048576";

  /// Path, model, optimizer, precision, batch, genes, hidden, latent.
  private static final List<String> TRIALS =
      """
      plain vae         adam    fp32 1000  4000  256  50
      plain vae         sgd     fp32 1000  5000  256 200
      plain vae         rmsprop fp32  100 10000  512  10
      plain vae         lion    fp32   50  5000 1000  50
      plain vae         adam    bf16 1000  4000  256  50
      plain iwae        adam    fp32  300  4000  256  50
      plain iwae        sgd     bf16  200  4000  256  50
      plain infovae     adam    fp32 1000  3000  256 200
      plain logcosh-vae rmsprop fp32 1000  3000  512  50
      plain beta-tcvae  adam    fp32  500  1000  256  50
      plain aae         adam    fp32  500  4000  512  50
      auto  vae         adam    fp32 1000  5000  256  50
      auto  vae         rmsprop fp32  100 10000  512  10
      auto  iwae        adam    fp32  500  4000  256  50
      auto  infovae     sgd     fp32 1000  5000  256 200
      """
          .lines()
          .toList();

  private static final Map<String, Long> PEAKS = new HashMap<>();

  /// One process after the other would take most of its time to start.
  @BeforeAll
  static void trainInAProcess() throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--add-modules",
                "jdk.incubator.vector",
                // A heap that neither grows nor shrinks.
                "-Xms400m",
                "-Xmx400m",
                "-XX:+AlwaysPreTouch",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                MemoryProbe.class.getName()));
    command.addAll(TRIALS);
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().put(ALLOCATOR, THRESHOLD);
    Process child = builder.start();
    try (BufferedReader lines = child.inputReader()) {
      for (String trial : TRIALS) {
        String peak = lines.readLine();
        if (peak == null) {
          break;
        }
        PEAKS.put(trial, Long.valueOf(peak));
      }
    }
    assertEquals(0, child.waitFor());
  }

  @ParameterizedTest
  @FieldSource("TRIALS")
  void isNearThePeakOfAProcess(String trial) {
    long estimate = MemoryProbe.parse(trial).estimate();
    assertTrue(estimate > SMALLEST, "too small to be measured: " + estimate);
    long peak = Objects.requireNonNull(PEAKS.get(trial));
    assertTrue(
        Math.abs((double) peak / estimate - 1) < TOLERANCE,
        "%d MB at the peak, %d MB estimated".formatted(peak >> 20, estimate >> 20));
  }

  @Test
  void isMeasuredUnderTheLaunchersSettings() throws IOException {
    String launcher =
        Files.readString(Path.of(System.getProperty("vaescape.home")).resolve("vaescape"));
    assertTrue(launcher.contains("\nexport %s=%s\n".formatted(ALLOCATOR, THRESHOLD)));
  }
}
