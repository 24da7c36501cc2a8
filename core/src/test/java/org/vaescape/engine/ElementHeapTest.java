package org.vaescape.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Once compiled, the loops over the numbers of the output leave the heap alone: a loop that is too
/// large for the compiler puts every vector there, and takes five times as long.
class ElementHeapTest {
  private static final Path LAUNCHER = Path.of("..", "vaescape");

  /// More than the compilers wait for.
  private static final int WARM_UP = 20_000;

  private static final int CALLS = 1000;

  /// By vectors on the heap it would be some ten thousand.
  private static final double BYTES_OF_A_CALL = 100;

  @ParameterizedTest
  @ValueSource(strings = {"squared", "absolute", "logcosh", "bernoulli"})
  void isNoPlaceForVectors(String term) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xbatch",
                "-XX:CompileCommand=quiet",
                "--add-modules",
                "jdk.incubator.vector",
                "--enable-native-access=ALL-UNNAMED"));
    command.addAll(inlined());
    command.addAll(
        List.of(
            "-cp", System.getProperty("java.class.path"), ElementHeapTest.class.getName(), term));
    Process child =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String printed = new String(child.getInputStream().readAllBytes(), UTF_8);
    assertEquals(0, child.waitFor());
    assertEquals("done\n", printed);
  }

  /// As the launcher has it.
  private static List<String> inlined() throws IOException {
    return Pattern.compile("\\b[A-Z]\\w+::[\\w*]+")
        .matcher(Files.readString(LAUNCHER))
        .results()
        .map(method -> "-XX:CompileCommand=inline,org.vaescape.engine." + method.group())
        .toList();
  }

  /// Prints what a chunk takes of the heap where that is much, for each activation.
  public static void main(String[] arguments) {
    ElementError error =
        switch (arguments[0]) {
          case "squared" -> new ElementError.Squared(1, 0);
          case "absolute" -> new ElementError.Absolute(1, 0);
          case "logcosh" -> new ElementError.LogCosh(10);
          default -> new ElementError.Bernoulli();
        };
    for (OutputFunction function : OutputFunction.values()) {
      try (WideOutput.Chunk chunk = new WideOutput.Chunk()) {
        double bytes = bytesOfACall(chunk, error, function);
        if (bytes > BYTES_OF_A_CALL) {
          System.out.printf("%s: %.0f bytes%n", function, bytes);
        }
      }
    }
    System.out.println("done");
  }

  private static double bytesOfACall(
      WideOutput.Chunk chunk, ElementError error, OutputFunction function) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    for (int i = 0; i < WARM_UP; i++) {
      call(chunk, error, function);
    }
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < CALLS; i++) {
      call(chunk, error, function);
    }
    return (double) (threads.getCurrentThreadAllocatedBytes() - before) / CALLS;
  }

  private static void call(WideOutput.Chunk chunk, ElementError error, OutputFunction function) {
    long bytes = (long) WideOutput.Chunk.SIZE * Float.BYTES;
    ElementKernels.apply(function, chunk.inputs, chunk.outputs, bytes);
    ElementKernels.apply(error, chunk.outputs, chunk.targets, chunk.errors, chunk.gradients, bytes);
    ElementKernels.timesDerivative(function, chunk.inputs, chunk.outputs, chunk.gradients, bytes);
  }
}
