package org.vaescape.cli.isolated;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.vaescape.study.Status;

/// How a worker's process ended without a result, and what that makes of its trial.
///
/// @param status of the trial
/// @param message one sentence without its end
record WorkerEnd(Status status, String message) {
  /// A process that a signal ended has this plus the signal's number as its exit code.
  private static final int SIGNALLED = 128;

  private static final int SIGKILL = 9;

  /// Numbers that are the same on Linux and macOS.
  private static final Map<Integer, String> SIGNALS =
      Map.of(
          1, "SIGHUP", 2, "SIGINT", 3, "SIGQUIT", 4, "SIGILL", 6, "SIGABRT", 8, "SIGFPE", 9,
          "SIGKILL", 11, "SIGSEGV", 13, "SIGPIPE", 15, "SIGTERM");

  /// What begins the lines of a JVM that says why it ends.
  private static final String JVM = "#";

  /// How the JVM, OpenBLAS and C++ say that the system gave them no more memory, and end.
  private static final Pattern NO_MEMORY =
      Pattern.compile("insufficient memory|Memory allocation still failed|bad_alloc");

  /// @param code exit code of the process
  /// @param lastWords lines that it printed last
  /// @param memoryKill whether the system killed some process for memory meanwhile
  static WorkerEnd of(int code, List<String> lastWords, boolean memoryKill) {
    String process = "the process that trained it ";
    if (code == SIGNALLED + SIGKILL && memoryKill) {
      return new WorkerEnd(
          Status.OUT_OF_MEMORY,
          process
              + "was killed (SIGKILL) when the system had no memory left; fewer --workers or a smaller --memory leave it more");
    }
    if (lastWords.stream().anyMatch(line -> NO_MEMORY.matcher(line).find())) {
      return new WorkerEnd(
          Status.OUT_OF_MEMORY, process + "ended, since the system gave it no more memory");
    }
    Optional<String> crash = crash(lastWords);
    if (crash.isPresent()) {
      return new WorkerEnd(Status.FAILED, process + "crashed: " + crash.get());
    }
    String how =
        code > SIGNALLED
            ? "was ended by signal %s (%s)"
                .formatted(
                    code - SIGNALLED, SIGNALS.getOrDefault(code - SIGNALLED, "see 'kill -l'"))
            : "ended with exit code " + code;
    return new WorkerEnd(
        Status.FAILED,
        process + how + (lastWords.isEmpty() ? "" : "; it said last: " + lastWords.getLast()));
  }

  /// What the JVM says of a crash: the signal, the place, and where the rest is written.
  private static Optional<String> crash(List<String> lastWords) {
    List<String> said =
        lastWords.stream()
            .filter(line -> line.startsWith(JVM))
            .map(line -> line.substring(1).strip())
            .toList();
    return said.stream()
        .filter(line -> line.startsWith("SIG") || line.startsWith("Internal Error"))
        .findFirst()
        .map(signal ->
            signal.replaceAll(" at pc=.*", "")
                + after(said, "Problematic frame:").map(frame -> " in " + frame).orElse("")
                + after(said, "An error report file with more information is saved as:")
                    .map(file -> "; more is in " + file)
                    .orElse(""));
  }

  private static Optional<String> after(List<String> said, String line) {
    int place = said.indexOf(line);
    return place >= 0 && place + 1 < said.size()
        ? Optional.of(said.get(place + 1))
        : Optional.empty();
  }
}
