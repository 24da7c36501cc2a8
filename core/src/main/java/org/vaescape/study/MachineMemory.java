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
  /// The rest is for the program itself, for the data of a second split while repeats go from one
  /// to the next, and for what an estimate misses.
  private static final double SHARE = 0.8;

  private static final Pattern AVAILABLE = Pattern.compile("(?m)^MemAvailable:\\s+(\\d+) kB$");

  private static final Pattern OWN = Pattern.compile("(?m)^RssAnon:\\s+(\\d+) kB$");

  private MachineMemory() {}

  /// What this process has taken, in bytes, but for files that others read too: its heap and what
  /// native libraries allocated.
  public static long ownBytes() {
    Matcher own = OWN.matcher(text(Path.of("/proc/self/status")));
    return own.find()
        ? 1024 * number(own.group(1)).orElse(0)
        : Runtime.getRuntime().totalMemory(); // outside Linux
  }

  /// 0.8 of what is available, or of what the control group may still take, whichever is less, in
  /// bytes. What is taken already, such as data that were read, counts in neither.
  public static long defaultBytes() {
    return defaultBytes(Path.of("/"), Runtime.getRuntime().maxMemory());
  }

  /// @param root of the file system, `/` but in tests
  /// @param otherwise bytes to start from where the system does not say, as outside Linux
  static long defaultBytes(Path root, long otherwise) {
    long bytes = Long.MAX_VALUE;
    for (ControlGroup group : GROUPS) {
      bytes = Math.min(bytes, group.free(root.resolve("sys/fs/cgroup")));
    }
    Matcher available = AVAILABLE.matcher(text(root.resolve("proc/meminfo")));
    if (available.find()) {
      bytes = Math.min(bytes, 1024 * number(available.group(1)).orElse(Long.MAX_VALUE / 1024));
    }
    return (long) (SHARE * (bytes == Long.MAX_VALUE ? otherwise : bytes));
  }

  /// Where a version of control groups has its numbers.
  ///
  /// @param cache key of the pages of files, which can be given back; those of a matrix that was
  ///   read more than once are the active ones
  private record ControlGroup(String limit, String taken, String statistics, String cache) {
    /// Bytes that can still be taken, the largest number where there is no limit.
    long free(Path folder) {
      OptionalLong most = number(text(folder.resolve(limit)).strip());
      if (most.isEmpty()) {
        return Long.MAX_VALUE;
      }
      long used = number(text(folder.resolve(taken)).strip()).orElse(0);
      long given =
          Pattern.compile("(?m)^" + cache + " (\\d+)$")
              .matcher(text(folder.resolve(statistics)))
              .results()
              .mapToLong(pages -> number(pages.group(1)).orElse(0))
              .sum();
      return Math.max(0, most.getAsLong() - Math.max(0, used - given));
    }
  }

  private static final List<ControlGroup> GROUPS =
      List.of(
          new ControlGroup("memory.max", "memory.current", "memory.stat", "(?:in)?active_file"),
          new ControlGroup(
              "memory/memory.limit_in_bytes",
              "memory/memory.usage_in_bytes",
              "memory/memory.stat",
              "total_(?:in)?active_file"));

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
