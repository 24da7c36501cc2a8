package org.vaescape.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/// The processor, as far as it decides how fast networks are trained.
///
/// @param name as the maker writes it, `unknown` where the system does not say
/// @param cores that this process may use
/// @param vectorBits of the Vector API; 0 where java was started without it
/// @param tiles whether it multiplies bfloat16 numbers in tiles (AMX)
public record Processor(String name, int cores, int vectorBits, boolean tiles) {
  private static final Path DESCRIPTION = Path.of("/proc/cpuinfo");

  /// This machine's.
  public static Processor ofMachine() {
    return new Processor(
        describe(),
        Runtime.getRuntime().availableProcessors(),
        WideLayers.vectorBits(),
        OneDnn.hasTiles());
  }

  /// The maker's name of this machine's processor.
  public static String describe() {
    if (!Files.isReadable(DESCRIPTION)) {
      return "unknown";
    }
    try (Stream<String> lines = Files.lines(DESCRIPTION)) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .findFirst()
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .orElse("unknown");
    } catch (IOException e) {
      return "unknown";
    }
  }
}
