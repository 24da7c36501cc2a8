package org.vaescape.cli;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.vaescape.UserError;
import org.vaescape.data.LabelsFile;
import org.vaescape.data.Matrix;
import org.vaescape.data.MatrixFile;
import org.vaescape.data.Orientation;
import org.vaescape.data.ProbeMap;
import org.vaescape.data.RunTable;
import org.vaescape.data.SurvivalFile;
import org.vaescape.study.Overrides;
import org.vaescape.study.StudyFile;

/// Changes files that people bring and has them read: whatever was changed, they are read or
/// refused in a sentence, soon and in little memory.
///
/// As a program: `Fuzz SECONDS SEED FOLDER`, which keeps what it found in `FOLDER`.
final class Fuzz {
  /// On a machine that is busy with other things.
  private static final Duration LONGEST = Duration.ofSeconds(30);

  /// Files are below 100 kB; what a reader takes beyond this a header has made it take.
  private static final long MOST_BYTES = 400L << 20;

  /// The library takes one array of whatever size a header claims before it reads it; where the
  /// heap has not as much, that is a sentence too.
  private static final long MOST_OF_HDF5 = 1L << 31;

  private static final Path RESOURCES =
      Path.of(System.getProperty("basedir", "."), "src/test/resources");
  private static final Path BAD = RESOURCES.resolve("bad");
  private static final Matrix GOOD = MatrixFile.read(BAD.resolve("good.tsv"), Orientation.AUTO);

  private final Path folder;
  private final SplittableRandom random;
  private final Map<String, Integer> refused = new TreeMap<>();
  private final List<String> findings = new ArrayList<>();
  private int cases;

  /// @param folder to work in
  Fuzz(Path folder, long seed) {
    this.folder = folder;
    this.random = new SplittableRandom(seed);
  }

  /// Reads a file, which throws what it likes.
  private interface Reader {
    void read(Path file) throws IOException;
  }

  /// @param beside what lies in the folder of the file, as the folder of a study has it
  /// @param whole whether the folder is read, not the file alone
  /// @param every how many rounds pass before it is its turn; slow readers come less often
  private record Target(
      String name, byte[] bytes, Reader reader, @Nullable Path beside, boolean whole, int every) {}

  /// What was found so far: a sentence each.
  List<String> findings() {
    return findings;
  }

  /// How many files were tried, and how many of them were refused, by the reader.
  String counts() {
    return cases + " files, refused " + refused;
  }

  /// How many files were tried.
  int cases() {
    return cases;
  }

  /// Goes through all targets, again and again.
  void run(BooleanSupplier ended) throws IOException {
    List<Target> targets = targets();
    for (int round = 0; !ended.getAsBoolean(); round++) {
      for (Target target : targets) {
        if (round % target.every == 0 && !ended.getAsBoolean()) {
          one(target);
        }
      }
    }
  }

  private void one(Target target) throws IOException {
    Wrapping wrapping = random.nextInt(3) == 0 ? Wrapping.NONE : Wrapping.of(target.name);
    byte[] bytes = wrapping.changed(target.bytes, random);
    Path name = Path.of(target.name).getFileName();
    Path work = Files.createDirectories(folder.resolve("file"));
    if (target.beside != null) {
      copy(target.beside, work);
    }
    Path file = work.resolve(target.beside != null ? Path.of(target.name) : name);
    Files.write(file, bytes);
    String trouble = trouble(target, target.whole ? work : file);
    cases++;
    if (!trouble.isEmpty()) {
      Path kept = folder.resolve("found-" + findings.size() + "-" + name);
      Files.write(kept, bytes);
      findings.add(target.name + " (" + kept + "): " + trouble);
    }
    clear(work);
  }

  /// What is wrong with how a file was read; empty if nothing is.
  private String trouble(Target target, Path file) {
    AtomicReference<@Nullable Throwable> thrown = new AtomicReference<>();
    long[] taken = {0};
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    Thread reader =
        Thread.ofPlatform()
            .daemon()
            .start(() -> {
              long before = threads.getCurrentThreadAllocatedBytes();
              try {
                target.reader.read(file);
              } catch (Throwable e) {
                thrown.set(e);
              }
              taken[0] = threads.getCurrentThreadAllocatedBytes() - before;
            });
    try {
      if (!reader.join(LONGEST)) {
        return "hangs at " + List.of(reader.getStackTrace());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "";
    }
    boolean hdf5 = target.name.matches(".*[.]h5(ad)?");
    if (taken[0] > (hdf5 ? MOST_BYTES + MOST_OF_HDF5 : MOST_BYTES)) {
      return "took " + (taken[0] >> 20) + " MiB for " + file.toFile().length() + " bytes";
    }
    return switch (thrown.get()) {
      case null -> "";
      case UserError told -> {
        refused.merge(target.name.replaceFirst(".*[.]", ""), 1, Integer::sum);
        String message = String.valueOf(told.getMessage());
        yield message.contains("Exception") || message.contains("null") || message.isBlank()
            ? "says: " + message
            : "";
      }
      case Throwable other -> {
        StringWriter trace = new StringWriter();
        other.printStackTrace(new PrintWriter(trace));
        yield trace.toString();
      }
    };
  }

  private List<Target> targets() throws IOException {
    List<Target> targets = new ArrayList<>();
    Reader matrix = file -> MatrixFile.read(file, Orientation.AUTO);
    Path formats = RESOURCES.resolve("formats");
    for (Path file : files(formats)) {
      if (!file.toString().matches(".*\\.(py|R)")) {
        targets.add(target(formats, file, matrix, null, 1));
      }
    }
    Path tenX = formats.resolve("tenx");
    for (Path file : files(tenX)) {
      targets.add(target(tenX, file, matrix, tenX, 2));
    }
    for (Path file : files(BAD.resolve("matrix"))) {
      if (Files.size(file) > 0) {
        targets.add(target(BAD, file, matrix, null, 8));
      }
    }
    add(targets, "labels", LabelsFile::read);
    add(targets, "probe-map", Fuzz::nameGenes);
    add(targets, "survival", SurvivalFile::read);
    add(targets, "study", Fuzz::readStudy);
    add(targets, "table", RunTable::read);
    String runs = "lr,latent,state,loss\n0.1,1,done,3\n0.1,2,done,2\n0.2,1,done,5\n0.2,2,failed,\n";
    targets.add(new Target("runs.csv", utf8(runs), Fuzz::analyze, null, false, 8));
    targets.add(
        new Target(
            "labels.tsv", utf8("sample\tlabel\nS1\ta\nS2\tb\n"), LabelsFile::read, null, false, 2));
    targets.add(
        new Target(
            "survival.tsv",
            utf8("sample\ttime\tevent\nS1\t5\t1\nS2\t7.5\t0\n"),
            SurvivalFile::read,
            null,
            false,
            2));
    targets.add(
        new Target(
            "genes.probemap",
            utf8("id\tgene\tchrom\nTP53\tP53\tchr17\nENSG00000141510.16\tTP53\tchr17\n"),
            Fuzz::nameGenes,
            null,
            false,
            2));
    for (String preset : List.of("quickstart", "korkic2021-extended")) {
      byte[] text =
          Files.readAllBytes(RESOURCES.resolve("../../main/resources/presets/" + preset + ".yaml"));
      targets.add(new Target(preset + ".yaml", text, Fuzz::readStudy, null, false, 2));
    }
    addStudy(targets);
    return targets;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static void add(List<Target> targets, String kind, Reader reader) throws IOException {
    for (Path file : files(BAD.resolve(kind))) {
      if (Files.size(file) > 0) {
        targets.add(target(BAD, file, reader, null, 8));
      }
    }
  }

  private static Target target(
      Path root, Path file, Reader reader, @Nullable Path beside, int every) throws IOException {
    String name = root.relativize(file).toString();
    return new Target(name, Files.readAllBytes(file), reader, beside, beside != null, every);
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private static void nameGenes(Path file) {
    ProbeMap.read(file).apply(GOOD);
  }

  private static void readStudy(Path file) {
    StudyFile.read(file.toString(), new Overrides(List.of(), null, null, null, Path.of("")))
        .cells();
  }

  private static void analyze(Path file) {
    require(Console.run("analyze", file.toString(), "--outcome", "loss", "--factors", "lr,latent"));
  }

  /// The folder of a finished study, opened again.
  private void addStudy(List<Target> targets) throws IOException {
    Path study = folder.resolve("study");
    Console made =
        Console.run(
            "run",
            BAD.resolve("study.yaml").toString(),
            "--set",
            "space.latent=1,2",
            "--set",
            "repeats=2",
            "--set",
            "keep.weights=all",
            "--out",
            study.toString(),
            "--quiet");
    if (made.code() != Main.DONE) {
      throw new IllegalStateException(made.err());
    }
    Path store = study.resolve("study.db");
    targets.add(target(study, store, Fuzz::analyzeFolder, study, 4));
    targets.add(target(study, store, Fuzz::report, study, 40));
    Path weights = files(study.resolve("models")).getFirst();
    targets.add(target(study, weights, Fuzz::report, study, 60));
  }

  private static void analyzeFolder(Path study) {
    require(Console.run("analyze", study.toString()));
  }

  private static void report(Path study) {
    require(Console.run("report", study.toString()));
  }

  private static void require(Console console) {
    if (console.code() == Main.DEFECT) {
      throw new IllegalStateException(console.err());
    }
    if (console.code() == Main.USER_ERROR) {
      throw new UserError(console.err());
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> all = Files.walk(from)) {
      for (Path one : all.toList()) {
        Path target = to.resolve(from.relativize(one).toString());
        if (Files.isDirectory(one)) {
          Files.createDirectories(target);
        } else {
          Files.copy(one, target);
        }
      }
    }
  }

  private static void clear(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(one);
      }
    }
  }

  public static void main(String[] words) throws IOException {
    Path folder = Files.createDirectories(Path.of(words[2]));
    Fuzz fuzz = new Fuzz(folder, Long.parseLong(words[1]));
    long end = System.nanoTime() + Duration.ofSeconds(Long.parseLong(words[0])).toNanos();
    fuzz.run(() -> System.nanoTime() > end);
    fuzz.findings.forEach(System.out::println);
    System.out.println(fuzz.counts());
    System.out.println(fuzz.findings.size() + " findings");
  }
}
