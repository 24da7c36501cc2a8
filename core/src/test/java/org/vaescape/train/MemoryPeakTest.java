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
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/// The estimate is compared with what the system says that a process takes.
///
/// The system keeps the peak itself. A thread that looked for it in this process would miss short
/// ones on a busy machine, and takes half of the training's time.
@EnabledOnOs(value = OS.LINUX, disabledReason = "only Linux tells the peak of a process, in /proc")
class MemoryPeakTest {
  private static final double TOLERANCE = 0.15;
  private static final long SMALLEST = 50L << 20;

  /// From which size on the C library gives back what was freed.
  private static final String ALLOCATOR = "MALLOC_MMAP_THRESHOLD_";

  /// With this all tensors that count go back at once: the process takes what the trial holds.
  private static final String OF_TENSORS = "65536";

  private static final String OF_LAUNCHER = "1048576";

  /// Every kind of model, term, layer and optimizer; those on the same data in a row.
  private static final List<String> TRIALS =
      """
      vae batch=500
      vae batch=500 optimizer=sgd latent=200
      beta-vae batch=500
      capacity-vae batch=500
      logcosh-vae batch=500
      infovae batch=500 latent=200
      dip-vae batch=500
      factor-vae batch=500
      joint-vae batch=500
      cat-vae batch=500 latent=100
      aae batch=500
      wae batch=500 latent=200
      swae batch=500
      rae batch=500
      dae batch=500
      vae batch=500 path=auto
      vae batch=500 path=auto precision=bf16
      infovae batch=500 latent=200 path=auto
      aae batch=500 path=auto
      rae batch=500 path=auto
      rae batch=500 regularizer=gradient-penalty
      rae batch=500 regularizer=gradient-penalty output=linear output-norm=false
      rae batch=500 regularizer=gradient-penalty output=softplus output-norm=false
      rae batch=500 regularizer=gradient-penalty term=nb
      vae batch=500 term=gaussian
      vae batch=500 term=bce
      vae batch=500 term=laplace
      vae batch=500 term=logcosh
      vae batch=500 term=nb
      vae batch=500 term=zinb
      beta-tcvae batch=500 genes=1000
      vamp-vae batch=500 genes=1000 optimizer=sgd latent=100
      vq-vae batch=500 genes=1000 optimizer=sgd latent=20
      vq-vae batch=500 genes=1000 optimizer=sgd latent=20 path=auto
      vamp-vae batch=500 genes=1000 optimizer=sgd latent=100 path=auto
      iwae batch=200 optimizer=rmsprop
      ciwae batch=200
      iwae batch=200 optimizer=rmsprop path=auto
      miwae batch=100
      piwae batch=100
      miwae batch=100 path=auto
      ae batch=20 genes=20000 optimizer=sgd
      ae batch=20 genes=20000 optimizer=sgd path=auto
      vae batch=100 genes=10000 optimizer=sgd latent=200 path=auto
      ae batch=20 optimizer=sgd hidden=1000,200 latent=20
      ae batch=20 hidden=1000,200 latent=20 restore=best
      ae batch=20 optimizer=lion hidden=1000,200 latent=20
      vae batch=1500 genes=100 optimizer=sgd hidden=1500 latent=10 dropout=0.3 output-norm=false
      vae batch=1500 genes=100 optimizer=sgd hidden=1500 latent=10 activation=gelu normalization=layer output=linear output-norm=false
      vae batch=1500 genes=100 optimizer=sgd hidden=1500 latent=10 activation=tanh normalization=none dropout=0.3 output=softplus output-norm=false
      """
          .lines()
          .toList();

  /// Those in which what the C library keeps of smaller pieces is little beside the rest.
  private static final List<String> TRIALS_OF_LAUNCHER =
      """
      vae batch=1000
      vae batch=1000 genes=5000 optimizer=sgd latent=200
      vae batch=100 genes=10000 optimizer=rmsprop hidden=512 latent=10
      vae batch=50 genes=5000 optimizer=lion hidden=1000
      vae batch=1000 precision=bf16
      iwae batch=300
      iwae batch=200 optimizer=sgd precision=bf16
      infovae batch=1000 genes=3000 latent=200
      logcosh-vae batch=1000 genes=3000 optimizer=rmsprop hidden=512
      beta-tcvae batch=500 genes=1000
      aae batch=500 hidden=512
      vae batch=1000 genes=5000 path=auto
      vae batch=700 genes=5000 path=auto
      vae batch=350 genes=5000 path=auto
      vae batch=100 genes=10000 optimizer=rmsprop hidden=512 latent=10 path=auto
      iwae batch=500 path=auto
      infovae batch=1000 genes=5000 optimizer=sgd latent=200 path=auto
      """
          .lines()
          .toList();

  /// Exact ones by the covariance and by products of samples, and one by iteration.
  private static final List<String> FITS =
      List.of("pca 3000 1500 256", "pca 700 5000 256", "pca 3000 3000 40");

  private static final Map<String, Long> PEAKS = new HashMap<>();
  private static final Map<String, Long> PEAKS_OF_LAUNCHER = new HashMap<>();

  /// A process for each trial would take most of its time to start.
  @BeforeAll
  static void trainInTwoProcesses() throws IOException, InterruptedException {
    train(Stream.concat(TRIALS.stream(), FITS.stream()).toList(), OF_TENSORS, PEAKS);
    train(TRIALS_OF_LAUNCHER, OF_LAUNCHER, PEAKS_OF_LAUNCHER);
  }

  private static void train(List<String> trials, String threshold, Map<String, Long> peaks)
      throws IOException, InterruptedException {
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
                // None compiles beside the trial, or still holds memory when it begins.
                "-Xbatch",
                "-cp",
                System.getProperty("java.class.path"),
                MemoryProbe.class.getName()));
    command.addAll(trials);
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().put(ALLOCATOR, threshold);
    Process child = builder.start();
    try (BufferedReader lines = child.inputReader()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] parts = line.split(" ", 2);
        peaks.put(parts[1], Long.valueOf(parts[0]));
      }
    }
    assertEquals(0, child.waitFor());
  }

  @ParameterizedTest
  @FieldSource("TRIALS")
  void isNearThePeakOfWhatATrialHolds(String trial) {
    assertNear(PEAKS, trial);
  }

  @ParameterizedTest
  @FieldSource("TRIALS_OF_LAUNCHER")
  void isNearThePeakOfAProcessUnderTheLaunchersSettings(String trial) {
    assertNear(PEAKS_OF_LAUNCHER, trial);
  }

  @ParameterizedTest
  @FieldSource("FITS")
  void isNearThePeakOfWhatAFitOfPrincipalComponentsHolds(String fit) {
    assertNear(PEAKS, fit, PcaCase.of(fit).estimate());
  }

  static boolean near(long peak, long estimate) {
    return Math.abs((double) peak / estimate - 1) < TOLERANCE;
  }

  private static void assertNear(Map<String, Long> peaks, String trial) {
    assertNear(peaks, trial, MemoryCase.of(trial).estimate());
  }

  private static void assertNear(Map<String, Long> peaks, String measured, long estimate) {
    assertTrue(estimate > SMALLEST, "too small to be measured: " + estimate);
    long peak = Objects.requireNonNull(peaks.get(measured));
    assertTrue(
        near(peak, estimate),
        "%d MB at the peak, %d MB estimated".formatted(peak >> 20, estimate >> 20));
  }

  @Test
  void isMeasuredUnderTheLaunchersSettings() throws IOException {
    String launcher =
        Files.readString(Path.of(System.getProperty("vaescape.home")).resolve("vaescape"));
    assertTrue(launcher.contains("\nexport %s=%s\n".formatted(ALLOCATOR, OF_LAUNCHER)));
  }
}
