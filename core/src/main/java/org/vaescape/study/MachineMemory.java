package org.vaescape.study;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How much memory a study may take where nobody says.
public final class MachineMemory {
  /// The rest is for the program itself and for what an estimate misses.
  private static final double SHARE = 0.8;

  private static final Pattern AVAILABLE = Pattern.compile("(?m)^MemAvailable:\\s+(\\d+) kB$");

  private MachineMemory() {}

  /// 0.8 of what is available or of the control group's limit, whichever is less, in bytes.
  public static long defaultBytes() {
    return defaultBytes(Path.of("/"), Runtime.getRuntime().maxMemory());
  }

  /// @param root of the file system, `/` but in tests
  /// @param otherwise bytes to start from where the system does not say, as outside Linux
  static long defaultBytes(Path root, long otherwise) {
    long bytes = Long.MAX_VALUE;
    for (String file :
        List.of("sys/fs/cgroup/memory.max", "sys/fs/cgroup/memory/memory.limit_in_bytes")) {
      bytes = Math.min(bytes, number(text(root.resolve(file)).strip()).orElse(Long.MAX_VALUE));
    }
    Matcher available = AVAILABLE.matcher(text(root.resolve("proc/meminfo")));
    if (available.find()) {
      bytes = Math.min(bytes, 1024 * number(available.group(1)).orElse(Long.MAX_VALUE / 1024));
    }
    return (long) (SHARE * (bytes == Long.MAX_VALUE ? otherwise : bytes));
  }

  /// Empty for `max`, the word for no limit.
  private static OptionalLong number(String text) {
    return text.matches("\\d{1,18}") ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty();
  }

  /// Empty where there is no such file, which is what a system without control groups looks like.
  private static String text(Path file) {
    try {
      return Files.isReadable(file) ? Files.readString(file) : "";
    } catch (IOException e) {
      return "";
    }
  }
}
