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
import org.vaescape.engine.NativeLibrary;
import org.vaescape.study.MachineMemory;
import org.vaescape.study.Overrides;
import org.vaescape.study.RunOptions;
import org.vaescape.study.Study;
import org.vaescape.study.StudyFile;
import org.vaescape.study.StudySession;
import org.vaescape.study.TimeLimit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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
      description =
          "Changes a key of the study file: --set space.latent=10,50. The last one of a key counts.")
  private List<String> sets = new ArrayList<>();

  @Mixin private WorkerOption workers = new WorkerOption();

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

  @Option(
      names = "--dry-run",
      description = "Says what would be run, and adds nothing to the folder.")
  private boolean dryRun;

  @Option(names = "--strict", description = "Turns warnings into errors.")
  private boolean strict;

  @Option(
      names = "--isolate",
      description =
          "Trains in processes of their own, so that a crash costs one trial: each takes about as much memory more as the data.")
  private boolean isolate;

  @Option(names = "--quiet", description = "Shows no progress.")
  private boolean quiet;

  private final PrintWriter stdout;
  private final PrintWriter stderr;
  private final ResultFiles results;

  RunCommand(ResultFiles results) {
    stdout = results.out();
    stderr = results.err();
    this.results = results;
  }

  @Override
  public Integer call() {
    if (only != null && !only.equals("failed")) {
      throw new UserError("--only must be failed but was " + only);
    }
    if (maxTrials < 1) {
      throw new UserError("--max-trials must be at least 1 but was " + maxTrials);
    }
    workers.check();
    long asked = memory == null ? 0 : parsed("--memory", memory, ByteCount::of);
    Duration limit = timeLimit == null ? null : parsed("--time-limit", timeLimit, TimeLimit::of);
    NativeLibrary.loadAhead();
    Overrides overrides = new Overrides(sets, data, labels, precision, Path.of(""));
    Study study = StudyFile.read(source, overrides);
    Path folder = out == null ? Path.of(study.name()) : out;
    checkFolder(folder, StoreLocation.of(folder, study));
    try (StudySession session = StudySession.open(study)) {
      warn(session.notes());
      session.cacheTrouble().ifPresent(trouble -> stderr.println("Warning: " + trouble));
      // Asked only now, since what the data take is no longer free.
      long bytes = memory == null ? MachineMemory.defaultBytes() : asked;
      RunOptions options = new RunOptions(workers.count(session), bytes, maxTrials, limit);
      if (dryRun) {
        new DryRun(session, folder, options, only != null, isolate).describe(stdout);
        return Main.DONE;
      }
      return new StudyRun(session, folder, options, only != null, isolate, quiet, results).run();
    }
  }

  private void checkFolder(Path folder, StoreLocation location) {
    if (folder.toString().isEmpty()) {
      throw new UserError("--out must name a folder but was empty");
    }
    FolderLock.check(folder, location.mark());
    location.check();
    if (only != null && !Files.exists(folder.resolve(location.mark()))) {
      throw new UserError(
          "--only failed: %s holds no study yet; run it without --only first".formatted(folder));
    }
  }

  private void warn(List<String> warnings) {
    if (strict && !warnings.isEmpty()) {
      throw new UserError("--strict takes no warning: " + String.join("; ", warnings));
    }
    warnings.forEach(warning -> stderr.println("Warning: " + warning));
  }

  private static <T> T parsed(String option, String text, Function<String, T> parser) {
    try {
      return parser.apply(text);
    } catch (IllegalArgumentException e) {
      throw new UserError(option + " " + e.getMessage(), e);
    }
  }
}
