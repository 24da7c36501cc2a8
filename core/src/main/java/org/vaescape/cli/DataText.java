package org.vaescape.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.vaescape.UserError;
import org.vaescape.data.AxisNames;
import org.vaescape.data.DataSettings;
import org.vaescape.data.DataSettings.Counts;
import org.vaescape.data.Matrix;
import org.vaescape.data.MatrixFacts;
import org.vaescape.data.MatrixFile;
import org.vaescape.data.PreparedData;
import org.vaescape.report.Wrapped;
import org.vaescape.study.DataReview;
import org.vaescape.study.StudyData;

/// A review of data for a terminal.
///
/// @param asked the matrix as it was named on the command line
/// @param labels as they were
record DataText(DataReview review, Path asked, @Nullable Path labels) {
  /// What the command that is printed runs, and so what is told of.
  static final String STUDY = "quickstart";

  private static final String BELOW = " ".repeat(15);
  private static final int NAMED = 3;

  static List<String> lines(DataReview review, Path asked, @Nullable Path labels) {
    return new DataText(review, asked, labels).lines();
  }

  private List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(asked.toString());
    file(lines);
    values(lines);
    labels(lines);
    PreparedData prepared = review.prepared();
    if (prepared != null) {
      lines.add("");
      lines.add(
          "What %s makes of it%s"
              .formatted(STUDY, review.settings().isEmpty() ? "" : ", with the settings below"));
      study(prepared, lines);
    }
    List<String> wrong = new ArrayList<>();
    if (prepared != null && !review.refusal().isEmpty()) {
      wrong.add("without the settings below a run is refused: " + review.refusal());
    }
    wrong.addAll(review.notes());
    if (!wrong.isEmpty()) {
      lines.add("");
      lines.add("What is wrong");
      wrong.forEach(note -> lines.addAll(Wrapped.lines(shortened(note), "  - ", "    ")));
    }
    hints(lines);
    better(lines);
    return lines;
  }

  private Matrix matrix() {
    return review.matrix();
  }

  private MatrixFacts facts() {
    return review.facts();
  }

  private StudyData source() {
    return review.study().data();
  }

  private DataSettings settings() {
    return source().settings();
  }

  private static void add(List<String> lines, String label, String text) {
    lines.addAll(Wrapped.lines(text, String.format(Locale.ROOT, "  %-12s ", label), BELOW));
  }

  private void file(List<String> lines) {
    Path path = source().matrix();
    String compression = MatrixFile.compression(path);
    List<String> format = new ArrayList<>();
    if (!matrix().form().format().isEmpty()) {
      format.add(matrix().form().format());
    }
    if (!compression.isEmpty()) {
      format.add(compression);
    }
    size(path).ifPresent(format::add);
    add(lines, "format", String.join(", ", format));
    List<String> layers = MatrixFile.layers(path);
    if (!layers.isEmpty()) {
      add(lines, "layers", String.join(", ", layers) + "; --set data.layer=NAME reads one");
    }
    int samples = matrix().samples().size();
    add(
        lines,
        "samples",
        "%s%s: %s"
            .formatted(
                count(samples),
                facts().patients() < samples
                    ? " of %s patients".formatted(count(facts().patients()))
                    : "",
                AxisNames.some(matrix().samples(), NAMED)));
    add(
        lines,
        "genes",
        "%s%s: %s"
            .formatted(
                count(matrix().genes().size()),
                facts().ensembl() ? " with identifiers of Ensembl" : "",
                AxisNames.some(matrix().genes(), NAMED)));
    if (!matrix().form().orientation().isEmpty()) {
      add(lines, "orientation", matrix().form().orientation());
    }
  }

  /// Of a file; a folder of 10x Genomics has several.
  private static Optional<String> size(Path path) {
    try {
      return Files.isRegularFile(path)
          ? Optional.of(megabytes(Files.size(path)))
          : Optional.empty();
    } catch (IOException e) {
      throw new UserError("%s cannot be read: %s".formatted(path, UserError.reason(e)), e);
    }
  }

  private static String megabytes(long bytes) {
    return bytes < 1_000_000
        ? "%,d kB".formatted(Math.ceilDiv(bytes, 1000))
        : "%,.1f MB".formatted(bytes / 1e6);
  }

  private void values(List<String> lines) {
    long all = (long) matrix().samples().size() * matrix().genes().size();
    if (facts().missing() < all) {
      add(
          lines,
          "values",
          "%s to %s, mean %s, %s are 0; %s"
              .formatted(
                  number(facts().smallest()),
                  number(facts().largest()),
                  number(facts().mean()),
                  percent(facts().zeros(), all),
                  facts().kind().words()));
    }
    add(
        lines,
        "missing",
        facts().missing() == 0
            ? "none"
            : "%s values (%s), in %s genes (%s of them without any) and %s samples"
                .formatted(
                    count(facts().missing()),
                    percent(facts().missing(), all),
                    count(facts().incompleteGenes()),
                    count(facts().emptyGenes()),
                    count(facts().incompleteSamples())));
    add(
        lines,
        "constant",
        facts().constantGenes() == 0
            ? "no gene"
            : count(facts().constantGenes(), "gene") + " in all samples");
    if (review.prepared() != null) {
      add(
          lines,
          "duplicates",
          review.twins().isEmpty()
              ? "no two samples are nearly the same"
              : "%s nearly the same as another: %s"
                  .formatted(
                      count(review.twins().size(), "sample")
                          + (review.twins().size() == 1 ? " is" : " are"),
                      AxisNames.some(review.twins(), NAMED)));
    }
  }

  private void labels(List<String> lines) {
    SequencedMap<String, Integer> classes = review.classes();
    if (classes.isEmpty()) {
      add(lines, "labels", "none");
      return;
    }
    int labelled = classes.values().stream().mapToInt(size -> size).sum();
    String smallest =
        classes.entrySet().stream()
            .sorted(Map.Entry.comparingByValue(Comparator.naturalOrder()))
            .limit(NAMED)
            .map(label -> label.getKey() + " " + count(label.getValue()))
            .collect(Collectors.joining(", "));
    add(
        lines,
        "labels",
        "%s classes of %s of %s samples; smallest: %s"
            .formatted(
                count(classes.size()),
                count(labelled),
                count(matrix().samples().size()),
                smallest));
  }

  private void study(PreparedData data, List<String> lines) {
    add(lines, "drops", dropped());
    Counts counts = settings().counts();
    add(
        lines,
        "counts",
        counts.equals(Counts.AS_THEY_ARE)
            ? "taken as they are"
            : "data.normalize is %s, data.log is %s"
                .formatted(counts.normalize().text(), counts.log().text()));
    String fit = settings().fit() == DataSettings.Fit.ALL ? "all samples" : "the training samples";
    add(
        lines,
        "selects",
        "%s genes of the largest %s in %s"
            .formatted(count(data.genes().size()), settings().by().text().replace('-', ' '), fit));
    boolean clips = settings().scale() == DataSettings.Scale.MIN_MAX;
    add(
        lines,
        "scales",
        settings().scale() == DataSettings.Scale.NONE
            ? "nothing"
            : "each gene by %s of %s%s"
                .formatted(
                    settings().scale().text(),
                    fit,
                    clips
                        ? "; %s of the validation values lie outside and are clipped"
                            .formatted(percent(data.clippedShare()))
                        : ""));
    boolean patients =
        settings().group() == DataSettings.Group.PATIENT
            && facts().patients() < matrix().samples().size();
    add(
        lines,
        "splits",
        "%s samples train, %s validate, %s are put aside%s"
            .formatted(
                count(data.training().size()),
                count(data.validation().size()),
                count(data.test().size()),
                patients ? "; those of a patient stay together" : ""));
  }

  private String dropped() {
    List<String> dropped = new ArrayList<>();
    switch (settings().missing()) {
      case DROP_GENES -> add(dropped, facts().incompleteGenes(), "incomplete gene");
      case DROP_SAMPLES -> {
        add(dropped, facts().emptyGenes(), "empty gene");
        add(dropped, facts().incompleteSamples(), "incomplete sample");
      }
      case MEAN -> add(dropped, facts().emptyGenes(), "empty gene");
      case REFUSE -> {}
    }
    return dropped.isEmpty() ? "nothing" : String.join(", ", dropped);
  }

  private static void add(List<String> dropped, int count, String what) {
    if (count > 0) {
      dropped.add(count(count, what));
    }
  }

  /// What can be added, and is not wrong without.
  private void hints(List<String> lines) {
    List<String> hints = new ArrayList<>();
    String columns =
        review.columns().entrySet().stream()
            .filter(column -> column.getValue() > 1 && column.getValue() <= DataReview.MOST_CLASSES)
            .map(column -> "%s (%s)".formatted(column.getKey(), column.getValue()))
            .collect(Collectors.joining(", "));
    if (review.classes().isEmpty() && !columns.isEmpty()) {
      hints.add(
          "labels may be a column of its obs, by --set data.label-column=NAME; with their numbers of classes: "
              + columns);
    }
    if (facts().ensembl() && source().probeMap() == null) {
      hints.add(
          "genes get their symbols by --set data.probe-map=FILE, a table of id and gene such as Xena's probe maps; results are the same");
    }
    if (!hints.isEmpty()) {
      lines.add("");
      lines.add("What could be added");
      hints.forEach(hint -> lines.addAll(Wrapped.lines(hint, "  - ", "    ")));
    }
  }

  private void better(List<String> lines) {
    lines.add("");
    if (review.prepared() == null) {
      lines.add("It cannot be trained on with these settings.");
      return;
    }
    if (review.settings().isEmpty()) {
      lines.add("It can be trained on as it is: " + command());
      return;
    }
    lines.add("Settings to use");
    review
        .settings()
        .forEach((key, better) ->
            lines.addAll(
                Wrapped.lines(
                    "%s=%s: %s".formatted(key, better.value(), better.reason()), "  - ", "    ")));
    lines.add("");
    // A command is one line, however long, so that it can be copied.
    lines.add(command());
  }

  private String command() {
    List<String> words =
        new ArrayList<>(List.of("./vaescape run", STUDY, "--data", ShellWord.of(asked.toString())));
    if (labels != null) {
      words.addAll(List.of("--labels", ShellWord.of(labels.toString())));
    }
    words.addAll(List.of("--out", folder()));
    review.sets().forEach(set -> words.addAll(List.of("--set", ShellWord.of(set))));
    return String.join(" ", words);
  }

  /// Called like the file, as any shell takes it, and not there yet: two matrices are two studies.
  private String folder() {
    String name =
        String.valueOf(source().matrix().getFileName())
            .replaceFirst("(?i)([.](tsv|csv|txt|gct|npy|npz|h5|h5ad|mtx|parquet|gz|zst|bz2))+$", "")
            .replaceAll("[^A-Za-z0-9._]+", "-")
            .replaceAll("^[-.]+|-+$", "");
    String stem = name.isEmpty() ? STUDY : name;
    String free = stem;
    for (int i = 2; Files.exists(Path.of(free)); i++) {
      free = stem + "-" + i;
    }
    return free;
  }

  /// Without the folder of the file that the sentence is about, which stands at the top.
  private String shortened(String note) {
    String text =
        note.replace(matrix().source() + ": ", "").replace(matrix().source(), "the matrix");
    Path file = source().labels();
    return file == null ? text : text.replace(file.toString(), String.valueOf(file.getFileName()));
  }

  private static String count(long count, String what) {
    return count(count) + " " + what + (count == 1 ? "" : "s");
  }

  private static String count(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  /// Four digits, since these are for a look.
  private static String number(double value) {
    boolean whole = value == Math.rint(value) && Math.abs(value) < 1e15;
    return whole ? count((long) value) : String.format(Locale.ROOT, "%.4g", value);
  }

  private static String percent(long some, long of) {
    return percent((double) some / of);
  }

  private static String percent(double share) {
    return share == 0
        ? "0 %"
        : share < 0.001 ? "less than 0.1 %" : String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }
}
