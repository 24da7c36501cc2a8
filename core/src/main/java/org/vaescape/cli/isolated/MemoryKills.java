package org.vaescape.cli.isolated;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// How often the system has killed a process because memory ran out.
final class MemoryKills {
  private static final Pattern COUNT = Pattern.compile("(?m)^oom_kill (\\d{1,18})$");

  /// Of the control group, in either version, and of the machine.
  private static final List<Path> COUNTERS =
      List.of(
          Path.of("/sys/fs/cgroup/memory.events"),
          Path.of("/sys/fs/cgroup/memory/memory.oom_control"),
          Path.of("/proc/vmstat"));

  private MemoryKills() {}

  /// A number that grows with every such kill; 0 where the system does not tell.
  static long count() {
    return COUNTERS.stream().mapToLong(MemoryKills::count).sum();
  }

  private static long count(Path file) {
    try {
      return COUNT
          .matcher(Files.readString(file))
          .results()
          .map(MatchResult::group)
          .mapToLong(line -> Long.parseLong(line.substring(line.indexOf(' ') + 1)))
          .sum();
    } catch (IOException _) {
      return 0;
    }
  }
}
