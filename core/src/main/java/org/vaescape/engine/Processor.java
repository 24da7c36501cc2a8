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
/// @param fastBfloat16 whether it is known to multiply them faster than 32-bit numbers: in tiles,
///   or in AMD's vectors
public record Processor(
    String name, int cores, int vectorBits, boolean tiles, boolean fastBfloat16) {
  private static final Path DESCRIPTION = Path.of("/proc/cpuinfo");
  private static final String UNKNOWN = "unknown";

  /// This machine's.
  public static Processor ofMachine() {
    return new Processor(
        describe(),
        Runtime.getRuntime().availableProcessors(),
        WideLayers.vectorBits(),
        OneDnn.hasTiles(),
        multipliesBfloat16Fast());
  }

  /// Whether this machine's is known to multiply bfloat16 numbers faster than 32-bit ones.
  ///
  /// By its maker and not by a measurement at the start, so that the same machine always gives the
  /// same bits. Without tiles, 16 bits doubled the rate of an AMD processor and halved that of an
  /// Intel one (docs/decisions/006-products.md).
  static boolean multipliesBfloat16Fast() {
    return FastBfloat16.IS;
  }

  /// Looked up once.
  private static final class FastBfloat16 {
    private static final boolean IS =
        OneDnn.hasTiles()
            || (OneDnn.hasBfloat16Vectors() && described("vendor_id").equals("AuthenticAMD"));
  }

  /// The maker's name of this machine's processor.
  public static String describe() {
    return described("model name");
  }

  /// What the system says of the first processor.
  private static String described(String property) {
    if (!Files.isReadable(DESCRIPTION)) {
      return UNKNOWN;
    }
    try (Stream<String> lines = Files.lines(DESCRIPTION)) {
      return lines
          .filter(line -> line.startsWith(property))
          .findFirst()
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .orElse(UNKNOWN);
    } catch (IOException e) {
      return UNKNOWN;
    }
  }
}
