package org.vaescape.cli;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.vaescape.UserError;
import org.vaescape.data.DataCache;
import org.vaescape.data.MatrixFile;
import org.vaescape.study.DataReview;
import org.vaescape.study.Overrides;
import org.vaescape.study.StudyFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Says what is in a matrix and what the study of the command that it prints would make of it.
@Command(
    name = "data",
    description =
        "Say what is in a matrix, what the study quickstart would make of it, what is wrong with it, and which settings to use.",
    mixinStandardHelpOptions = true)
final class DataCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "MATRIX",
      description = "A file, or a folder of 10x Genomics; or built-in:NAME.")
  private Path matrix = Path.of("");

  @Option(
      names = "--labels",
      paramLabel = "FILE",
      description = "A table of sample and label; of an .h5ad file its obs.")
  private @Nullable Path labels;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description =
          "A key of the study file at another value than its default: --set data.select.keep=2000.")
  private List<String> sets = new ArrayList<>();

  private final PrintWriter stdout;
  private final PrintWriter stderr;

  DataCommand(PrintWriter stdout, PrintWriter stderr) {
    this.stdout = stdout;
    this.stderr = stderr;
  }

  @Override
  public Integer call() {
    check();
    Overrides asked = new Overrides(sets, matrix, labels, null, Path.of(""));
    try (DataCache cache = DataCache.of(System.getenv())) {
      DataReview review = DataReview.of(DataText.STUDY, asked, cache);
      cache.trouble().ifPresent(trouble -> stderr.println("Warning: " + trouble));
      DataText.lines(review, matrix, labels).forEach(stdout::println);
      // What defaults refuse other settings mend, and those have been printed.
      boolean isMended = review.prepared() != null && review.sets().containsAll(sets);
      if (!review.refusal().isEmpty() && !isMended) {
        stdout.flush(); // so that what is wrong comes last
        throw new UserError(review.refusal());
      }
      return Main.DONE;
    }
  }

  private void check() {
    if (Files.isDirectory(matrix) && !MatrixFile.is(matrix)) {
      throw new UserError(
          "%s is a folder without a matrix.mtx, as 10x Genomics has it; name a file in it"
              .formatted(matrix));
    }
    if (!Files.exists(matrix) && !StudyFile.isBuiltIn(matrix)) {
      throw UserError.missing(matrix);
    }
  }
}
