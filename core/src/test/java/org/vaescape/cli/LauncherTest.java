package org.vaescape.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import jdk.incubator.vector.Vector;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The program as a person starts it: by `./vaescape`, in a process of its own, where the JVM and
/// the native libraries could have their say too.
final class LauncherTest {
  private static final Path ROOT =
      Path.of(System.getProperty("basedir", ".")).toAbsolutePath().resolve("..").normalize();

  @TempDir private static Path temporary;

  /// Builds these sources if they were not built yet, which is the only thing it speaks of.
  @BeforeAll
  static void build() throws Exception {
    Console built = launch("", "--version");
    assertEquals(0, built.code(), built.err());
    assertTrue(
        built.err().lines().allMatch(line -> line.matches("(Building|Waiting for) .*")),
        built.err());
  }

  @Test
  void saysNothingButItsOwnWords() throws Exception {
    Console answer = launch("", "list", "models");
    assertEquals("", answer.err());
    assertEquals(0, answer.code());
    assertTrue(answer.out().contains("\nlogcosh-vae"), answer.out());
  }

  /// Else whether vectors go through the heap is left to chance: to what is compiled first.
  @Test
  void inlinesEveryMethodThatTakesOrGivesVectors() throws Exception {
    String launcher = Files.readString(ROOT.resolve("vaescape"));
    List<String> missing = new ArrayList<>();
    int methods = 0;
    Path engine = ROOT.resolve("core/target/classes/org/vaescape/engine");
    try (Stream<Path> files = Files.list(engine)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".class")).toList()) {
        String name = file.getFileName().toString().replace(".class", "");
        for (Method method : Class.forName("org.vaescape.engine." + name).getDeclaredMethods()) {
          boolean vectors =
              Stream.concat(
                      Stream.of(method.getReturnType()), Stream.of(method.getParameterTypes()))
                  .anyMatch(Vector.class::isAssignableFrom);
          methods += vectors ? 1 : 0;
          String whole = "'" + name + "::*'";
          String single = " " + name + "::" + method.getName();
          if (vectors && !launcher.contains(whole) && !launcher.contains(single)) {
            missing.add(name + "::" + method.getName());
          }
        }
      }
    }
    assertEquals(List.of(), missing);
    assertTrue(methods > 5, "methods found: " + methods);
  }

  /// So that what is measured beside it runs as it does.
  @Test
  void givesItsFlagsAndSettingsToWhoSourcesIt() throws Exception {
    Path script = temporary.resolve("sourcing");
    Files.writeString(
        script,
        """
        . "$1"
        choose_heap
        printf '%s\n' "$heap" "${jvm_flags[@]}" "$MALLOC_MMAP_THRESHOLD_" "$OMP_NUM_THREADS"
        """);
    Console answer = execute("bash", script.toString(), ROOT.resolve("vaescape").toString());
    assertEquals("", answer.err());
    List<String> words = answer.out().lines().toList();
    assertTrue(words.getFirst().startsWith("-X"), answer.out());
    assertTrue(words.contains("-XX:+UseSerialGC"), answer.out());
    assertTrue(
        words.contains("-XX:CompileCommand=inline,org.vaescape.engine.VectorMath::*"),
        answer.out());
    assertEquals(List.of("1048576", "1"), words.subList(words.size() - 2, words.size()));
    for (String measures : List.of("Makefile", "bench/reading.py", "bench/growth.py")) {
      assertFalse(
          Files.readString(ROOT.resolve(measures)).contains("--add-modules"),
          measures + " has flags of its own");
    }
  }

  @Test
  void takesItsClassesFromTheCacheOfTheBuild() throws Exception {
    Path log = temporary.resolve("classes.log");
    Console answer = launch("-Xlog:class+load:file=" + log, "list", "models");
    assertEquals("", answer.err());
    String loaded = Files.readString(log);
    assertTrue(loaded.contains(" org.vaescape.cli.Main source: shared objects file"), loaded);
  }

  /// As after an update of the JDK, and whatever else a cache may not fit.
  @Test
  void startsInSilenceWhereTheJvmRefusesThatCache() throws Exception {
    Path log = temporary.resolve("refused.log");
    String otherPointers = "-XX:-UseCompressedOops";
    Console answer = launch(otherPointers + " -Xlog:class+load:file=" + log, "list", "models");
    assertEquals("", answer.err());
    assertEquals(launch("", "list", "models").out(), answer.out());
    String loaded = Files.readString(log);
    assertTrue(loaded.contains(" org.vaescape.cli.Main source: file:"), loaded);
  }

  @Test
  void saysThatAHeapIsTooSmallToStart() throws Exception {
    for (String options : List.of("-Xmx95m", "-Xmx8g -Xmx0020480k", "-Xmx1000")) {
      assertEquals(
          new Console(
              2,
              "",
              "vaescape: VAESCAPE_JAVA_OPTIONS=%s leaves Java less than the 96 MiB that vaescape starts with: give it -Xmx96m or more, or none for a quarter of this machine's memory.\n"
                  .formatted(options)),
          launch(options, "--version"));
    }
    for (String options : List.of("-Xmx96m", "-Xmx20m -Xmx1g", "-Xmx100663296")) {
      assertEquals(0, launch(options, "--version").code(), options);
    }
  }

  /// It is loaded on a thread of its own, beside which the end of the process would crash now and
  /// then.
  @Test
  void endsOnceTheLibraryIsLoadedThoughItRefuses() throws Exception {
    Path log = temporary.resolve("libraries.log");
    Console answer = launch("-Xlog:library*:file=" + log, "run", "missing.yaml");
    assertEquals(2, answer.code(), answer.err());
    assertTrue(
        Files.readString(log).contains("Found Java_org_bytedeco_pytorch_global_torch_set_"),
        "libtorch was not loaded when the process ended");
  }

  /// Under the locale C, and with names that it has no letters for. A script makes them, since this
  /// process may run under that locale itself.
  @Test
  void trainsWithOneLineOfProgressAndNothingElse() throws Exception {
    Path script = temporary.resolve("script");
    Files.writeString(
        script,
        """
        set -e
        mkdir 'Säugetier 組織' && cd 'Säugetier 組織'
        cp "$1/data/smoke_cc0.tsv.gz" 'Daten ü.tsv.gz'
        cat > étude.yaml <<'END'
        name: tiny
        data: {matrix: "Daten ü.tsv.gz", select: {keep: 50}}
        space: {model: vae, latent: 2, learning-rate: 1e-3, optimizer: adam, hidden: [[8]]}
        train: {batch: 32, max-epochs: 2}
        END
        "$1/vaescape" run étude.yaml --out β
        test -s β/report.html
        VAESCAPE_JAVA_OPTIONS=-Djava.io.tmpdir=nowhere "$1/vaescape" report β 2>report.err # no library is unpacked there
        """);
    Console answer = execute("bash", script.toString(), ROOT.toString());
    assertEquals(0, answer.code(), answer.err());
    List<String> said = answer.err().lines().filter(line -> !line.startsWith("Warning: ")).toList();
    assertEquals(1, said.size(), answer.err());
    assertTrue(said.getFirst().startsWith("1 of 1 trials done"), answer.err());
  }

  /// @param options of the JVM, between blanks
  private static Console launch(String options, String... words)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                "env", "VAESCAPE_JAVA_OPTIONS=" + options, ROOT.resolve("vaescape").toString()));
    command.addAll(List.of(words));
    return execute(command.toArray(String[]::new));
  }

  /// Runs a command in the temporary folder under the locale C.
  private static Console execute(String... command) throws IOException, InterruptedException {
    Path out = Files.createTempFile(temporary, "out", "");
    Path err = Files.createTempFile(temporary, "err", "");
    ProcessBuilder process = new ProcessBuilder(command).directory(temporary.toFile());
    process.environment().put("LC_ALL", "C");
    int code = process.redirectOutput(out.toFile()).redirectError(err.toFile()).start().waitFor();
    return new Console(code, Files.readString(out), Files.readString(err));
  }
}
