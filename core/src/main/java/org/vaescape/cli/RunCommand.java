package org.vaescape.cli;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.vaescape.UserError;
import org.vaescape.store.SqliteStore;
import org.vaescape.study.MachineMemory;
import org.vaescape.study.Overrides;
import org.vaescape.study.Remaining;
import org.vaescape.study.RunOptions;
import org.vaescape.study.Study;
import org.vaescape.study.StudyFile;
import org.vaescape.study.StudySession;
import org.vaescape.study.TimeLimit;
import org.vaescape.study.Trial;
import org.vaescape.study.TrialStore;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Runs a study, or goes on with one.
@Command(
    name = "run",
    description = "Train every trial of a study, or those that are left, and draw the landscape.",
    mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {
  @Parameters(paramLabel = "STUDY", description = "A study file, or a preset: see 'list presets'.")
  private String source = "";

  @Option(
      names = "--data",
      paramLabel = "MATRIX",
      description = "Replaces the study's matrix, and drops its labels.")
  private @Nullable Path data;

  @Option(names = "--labels", paramLabel = "FILE", description = "Replaces the study's labels.")
  private @Nullable Path labels;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Folder for results; default: the study's name.")
  private @Nullable Path out;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Changes a key of the study file: --set space.latent=10,50.")
  private List<String> sets = new ArrayList<>();

  @Option(
      names = "--workers",
      paramLabel = "N",
      description = "Trials trained at once; default: one for each core, as far as memory goes.")
  private @Nullable Integer workers;

  @Option(names = "--precision", paramLabel = "P", description = "auto, fp32 or bf16.")
  private @Nullable String precision;

  @Option(
      names = "--max-trials",
      paramLabel = "N",
      description = "Trains at most so many trials now.")
  private int maxTrials = Integer.MAX_VALUE;

  @Option(
      names = "--time-limit",
      paramLabel = "TIME",
      description = "Starts no trial after this time: 90m.")
  private @Nullable String timeLimit;

  @Option(
      names = "--memory",
      paramLabel = "SIZE",
      description = "What all trials together may take: 8g; default: 0.8 of what is free.")
  private @Nullable String memory;

  @Option(
      names = "--only",
      paramLabel = "failed",
      description = "Trains again what failed, ran out of memory or of time.")
  private @Nullable String only;

  @Option(names = "--dry-run", description = "Says what would be run, and writes nothing.")
  private boolean dryRun;

  @Option(names = "--strict", description = "Turns warnings into errors.")
  private boolean strict;

  @Option(names = "--quiet", description = "Shows no progress.")
  private boolean quiet;

  /// Where trials of the study's kind stop, about.
  private static final int TYPICAL_EPOCHS = 20;

  private final PrintWriter stdout;
  private final PrintWriter stderr;

  RunCommand(PrintWriter out, PrintWriter err) {
    stdout = out;
    stderr = err;
  }

  @Override
  public Integer call() {
    if (only != null && !only.equals("failed")) {
      throw new UserError("--only must be failed but was " + only);
    }
    atLeastOne("--max-trials", maxTrials);
    long asked = memory == null ? 0 : parsed("--memory", memory, ByteCount::of);
    Duration limit = timeLimit == null ? null : parsed("--time-limit", timeLimit, TimeLimit::of);
    Overrides overrides = new Overrides(sets, data, labels, precision, Path.of(""));
    Study study = StudyFile.read(source, overrides);
    Path folder = out == null ? Path.of(study.name()) : out;
    FolderLock.check(folder, study.store());
    try (StudySession session = StudySession.open(study)) {
      warn(session.notes());
      // Asked only now, since what the data take is no longer free.
      long bytes = memory == null ? MachineMemory.defaultBytes() : asked;
      int threads =
          workers == null
              ? session.defaultWorkers(Runtime.getRuntime().availableProcessors(), bytes)
              : atLeastOne("--workers", workers);
      if (dryRun) {
        describe(session, folder, threads, bytes);
        return Main.DONE;
      }
      RunOptions options = new RunOptions(threads, bytes, maxTrials, limit);
      return new StudyRun(session, folder, options, only != null, quiet, stdout, stderr).run();
    }
  }

  private void warn(List<String> warnings) {
    if (strict && !warnings.isEmpty()) {
      throw new UserError("--strict takes no warning: " + String.join("; ", warnings));
    }
    warnings.forEach(warning -> stderr.println("Warning: " + warning));
  }

  private void describe(StudySession session, Path folder, int threads, long bytes) {
    List<Trial> left = left(session, folder);
    int planned = session.plan().trials().size();
    stdout.println("Data: " + session.dataText());
    stdout.printf(
        "Trials: %d, of which %d are in %s already; %d at once%n",
        planned, planned - left.size(), folder, threads);
    long most = session.largestTrialBytes();
    stdout.printf(
        "Memory: the largest trial needs about %d MiB; all together may take %d MiB%n",
        Math.ceilDiv(most, 1L << 20), bytes >> 20);
    if (most > bytes) {
      return; // no step of such a trial can be timed
    }
    double epoch = session.epochSeconds(left) / threads;
    long longest =
        left.stream().mapToLong(t -> (Long) t.cell().value("max-epochs")).max().orElse(0);
    long typical = Math.min(TYPICAL_EPOCHS, longest);
    stdout.printf(
        "Time: about %s an epoch of all trials: %s if they stop after %d epochs, %s if none stops before %d%n",
        time(epoch), time(typical * epoch), typical, time(longest * epoch), longest);
  }

  private static String time(double seconds) {
    return Tally.time(Math.round(Math.ceil(seconds)));
  }

  /// The trials that a run would train.
  private static List<Trial> left(StudySession session, Path folder) {
    Path stored = folder.resolve(session.study().store());
    if (!Files.exists(stored)) {
      return session.plan().trials();
    }
    try (TrialStore store = SqliteStore.open(stored)) {
      return Remaining.of(session.plan(), store);
    }
  }

  private static int atLeastOne(String option, int value) {
    if (value < 1) {
      throw new UserError(option + " must be at least 1 but was " + value);
    }
    return value;
  }

  private static <T> T parsed(String option, String text, Function<String, T> parser) {
    try {
      return parser.apply(text);
    } catch (IllegalArgumentException e) {
      throw new UserError(option + " " + e.getMessage(), e);
    }
  }
}
