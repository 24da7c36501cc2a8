package org.vaescape;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.library.Architectures.LayeredArchitecture;
import java.awt.Graphics2D;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Holds the code to `docs/ARCHITECTURE.md`: the package table there is the rule that is checked.
class ArchitectureTest {
  private static final String ROOT = "org.vaescape";
  private static final Path DOCUMENT =
      Path.of(System.getProperty("basedir", "."), "../docs/ARCHITECTURE.md");
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .importUrl(UserError.class.getProtectionDomain().getCodeSource().getLocation());

  /// A line of the table: package, what lives there, what it may depend on.
  private static final Pattern ROW =
      Pattern.compile("^\\| `([a-z]+)` \\|[^|]*\\| ([a-z, ]+|-) \\|$", Pattern.MULTILINE);

  private static final Pattern TYPE_NAME = Pattern.compile("`([A-Z][A-Za-z]+)`");

  private static final Pattern CLASS_NAME = Pattern.compile("\\[(org[.a-z0-9]*\\.[A-Z]\\w+)\\]");

  @Test
  void packagesDependOnWhatTheTableAllows() throws IOException {
    SortedMap<String, List<String>> table = table();
    LayeredArchitecture rule =
        layeredArchitecture()
            .consideringOnlyDependenciesInAnyPackage(ROOT + "..")
            .withOptionalLayers(true)
            .layer("root")
            .definedBy(ROOT)
            .whereLayer("root")
            .mayNotAccessAnyLayer();
    for (String name : table.keySet()) {
      rule = rule.layer(name).definedBy(ROOT + "." + name + "..");
    }
    for (String name : table.keySet()) {
      List<String> allowed = new ArrayList<>(List.of("root"));
      allowed.addAll(table.get(name));
      rule = rule.whereLayer(name).mayOnlyAccessLayers(allowed.toArray(String[]::new));
    }
    rule.ensureAllClassesAreContainedInArchitecture().check(CLASSES);
  }

  /// What only tests use is dead, but for statistics that the library has for others.
  @Test
  void thePackageInfoOfTheAnalysisNamesEveryClassThatNoCommandUses() throws IOException {
    SortedMap<String, Set<String>> users = new TreeMap<>();
    for (JavaClass one : CLASSES) {
      users.computeIfAbsent(topLevel(one), _ -> new TreeSet<>());
      one.getDirectDependenciesFromSelf()
          .forEach(dependency ->
              users
                  .computeIfAbsent(topLevel(dependency.getTargetClass()), _ -> new TreeSet<>())
                  .add(topLevel(one)));
    }
    Set<String> unused = new TreeSet<>(users.keySet());
    unused.removeIf(name -> !name.startsWith(ROOT + ".analysis.") || name.endsWith("-info"));
    // Whatever has a user that is used is used as well, until none is left.
    boolean more = true;
    while (more) {
      more = unused.removeIf(name -> !unused.containsAll(users.getOrDefault(name, Set.of())));
    }
    String text =
        Files.readString(
            Path.of(
                System.getProperty("basedir", "."),
                "src/main/java/org/vaescape/analysis/package-info.java"));
    Set<String> named = new TreeSet<>();
    for (String item : text.substring(text.indexOf("- for ")).split("- for ", -1)) {
      Matcher name = CLASS_NAME.matcher(item.substring(0, item.indexOf(':') + 1));
      while (name.find()) {
        named.add(name.group(1));
      }
    }
    assertEquals(unused, named);
  }

  private static String topLevel(JavaClass one) {
    return one.getName().replaceFirst("\\$.*", "");
  }

  @Test
  void packagesFormNoCycle() {
    slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(CLASSES);
    slices().matching(ROOT + ".analysis.(*)").should().beFreeOfCycles().check(CLASSES);
  }

  @ParameterizedTest
  @CsvSource({
    "engine, org.bytedeco..",
    "engine, java.lang.foreign..",
    "store, java.sql..",
    "store, org.sqlite..",
    "store, org.postgresql..",
    "study, org.snakeyaml..",
    "analysis, org.apache.commons.statistics..",
    "analysis, org.apache.commons.numbers..",
    "data, org.apache.commons.compress..",
    "data, com.github.luben..",
    "data, io.jhdf..",
    "cli, picocli..",
    "cli, me.tongfei..",
    "cli, org.jline..",
    "nobody, java.util.logging..",
    "nobody, org.slf4j.."
  })
  void aLibraryStaysInsideThePackageThatNeedsIt(String owner, String library) {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + "." + owner + "..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(library)
        .check(CLASSES);
  }

  @Test
  void onlyTheCommandLinePrintsOrExits() {
    JavaClasses others =
        CLASSES.that(
            JavaClass.Predicates.resideOutsideOfPackage(ROOT + ".cli..").as("classes outside cli"));
    NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.allowEmptyShould(true).check(others);
    noClasses()
        .should()
        .callMethod(System.class, "exit", int.class)
        .orShould()
        .callMethod(Runtime.class, "exit", int.class)
        .orShould()
        .callMethod(Runtime.class, "halt", int.class)
        .check(others);
  }

  /// Nothing that is read can name a class to make, or code to run.
  @Test
  void nobodyMakesObjectsOfWhatAFileNames() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .belongToAnyOf(
            java.io.ObjectInputStream.class,
            java.net.URLClassLoader.class,
            java.util.ServiceLoader.class)
        .orShould()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "java.beans..", "javax.naming..", "javax.script..", "javax.xml..", "java.rmi..")
        .check(CLASSES);
  }

  /// Only who was asked to goes to the network: `serve` and `fetch`, and the driver of a shared
  /// store.
  @Test
  void theNetworkIsForTheLivePageAndForDownloads() {
    noClasses()
        .that()
        .resideOutsideOfPackages(ROOT + ".report.live..", ROOT + ".data.fetch..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.net.http..", "com.sun.net.httpserver..", "javax.net..")
        .orShould()
        .dependOnClassesThat()
        .haveNameMatching(
            "java\\.net\\.(.*Socket.*|.*URLConnection|URLClassLoader)|java\\.nio\\.channels\\..*SocketChannel")
        .orShould()
        .callMethod(java.net.URL.class, "openStream")
        .check(CLASSES);
  }

  /// Many a server has none, and then each of these throws.
  @Test
  void nobodyNeedsFontsOfTheMachine() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.awt.Font")
        .check(CLASSES);
    noClasses()
        .should()
        .callMethod(Graphics2D.class, "drawString", String.class, float.class, float.class)
        .orShould()
        .callMethod(Graphics2D.class, "drawString", String.class, int.class, int.class)
        .check(CLASSES);
  }

  /// It stops all trials: when it is worth that is decided in one place.
  @Test
  void onlyHeapGarbageHasTheJvmCollect() {
    noClasses()
        .that()
        .doNotHaveSimpleName("HeapGarbage")
        .should()
        .callMethod(System.class, "gc")
        .orShould()
        .callMethod(Runtime.class, "gc")
        .check(CLASSES);
  }

  @Test
  void everyTypeThatTheDocumentNamesExists() throws IOException {
    Set<String> known = new TreeSet<>();
    for (JavaClass type : CLASSES) {
      known.add(type.getSimpleName());
    }
    try (Stream<Path> tests = Files.walk(Path.of(System.getProperty("basedir", "."), "src/test"))) {
      tests.forEach(file -> known.add(file.getFileName().toString().replace(".java", "")));
    }
    Set<String> missing = new TreeSet<>();
    Matcher names = TYPE_NAME.matcher(Files.readString(DOCUMENT));
    while (names.find()) {
      if (!known.contains(names.group(1))) {
        missing.add(names.group(1));
      }
    }
    assertEquals(Set.of(), missing, DOCUMENT + " names types that do not exist");
  }

  /// What each package may depend on, as the document says; `all` is every other package.
  private static SortedMap<String, List<String>> table() throws IOException {
    TreeMap<String, List<String>> table = new TreeMap<>();
    Matcher rows = ROW.matcher(Files.readString(DOCUMENT));
    while (rows.find()) {
      String allowed = rows.group(2);
      table.put(rows.group(1), allowed.equals("-") ? List.of() : List.of(allowed.split(", ", -1)));
    }
    table.replaceAll((name, allowed) ->
        allowed.equals(List.of("all"))
            ? table.keySet().stream().filter(other -> !other.equals(name)).toList()
            : allowed);
    assertTrue(table.containsKey("engine"), "no package table in " + DOCUMENT);
    return table;
  }
}
