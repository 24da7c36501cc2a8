package org.vaescape;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Every golden file is either checked by a test that says so with [Covers], or listed here as not
/// covered yet: none is passed over in silence.
@Tag("golden")
class GoldenCoverageTest {
  /// It says what made the files; there is nothing in it to check.
  private static final String VERSIONS = "versions";

  private static final JavaClasses TESTS =
      new ClassFileImporter().importUrl(location(GoldenCoverageTest.class));

  /// Delete a name when a test covers it.
  private static final Set<String> NOT_COVERED_YET = Set.of();

  @Test
  void everyFileIsCheckedOrListedAsNotCoveredYet() {
    Set<String> present = new TreeSet<>(Golden.names(""));
    assertTrue(present.remove(VERSIONS), "no versions.json in " + Golden.folder());
    Set<String> checked = intersection(present, coverage().keySet());
    Set<String> notYet = intersection(present, NOT_COVERED_YET);
    System.out.printf(
        "golden: %d of %d files of %s checked; not covered yet: %s%n",
        checked.size(), present.size(), Golden.folder(), listed(notYet));
    coverage()
        .forEach((name, except) -> {
          if (!except.isEmpty() && present.contains(name)) {
            System.out.printf("golden: %s is checked without %s%n", name, except);
          }
        });

    Set<String> unknown = new TreeSet<>(present);
    unknown.removeAll(checked);
    unknown.removeAll(notYet);
    assertEquals("none", listed(unknown), "files that no test checks and no list names");
    assertEquals(
        "none", listed(intersection(checked, notYet)), "checked now: delete from the list");
  }

  @Test
  void everyNameIsAFileOfTheRepository() {
    if (Golden.isForeign()) {
      return; // Another folder may hold fewer files; the tests of what it lacks are skipped.
    }
    Set<String> named = new TreeSet<>(coverage().keySet());
    named.addAll(NOT_COVERED_YET);
    named.removeAll(Golden.names(""));
    assertEquals("none", listed(named), "names of golden files that do not exist");
  }

  @Test
  void whatClaimsToCoverReadsGoldenFiles() {
    for (JavaClass test : covering()) {
      boolean reads =
          test.getDirectDependenciesFromSelf().stream()
              .anyMatch(dependency -> dependency.getTargetClass().isEquivalentTo(Golden.class));
      assertTrue(reads, test.getName() + " has @Covers but does not use Golden");
    }
  }

  /// What each covered file is checked without, by name of the file.
  private static SortedMap<String, String> coverage() {
    TreeMap<String, String> coverage = new TreeMap<>();
    for (JavaClass test : covering()) {
      Covers covers = test.getAnnotationOfType(Covers.class);
      for (String name : covers.value()) {
        coverage.merge(
            name, covers.except(), (one, other) -> one.isEmpty() ? one : other); // all of it, once
      }
    }
    return coverage;
  }

  private static Collection<JavaClass> covering() {
    List<JavaClass> covering = new ArrayList<>();
    for (JavaClass test : TESTS) {
      if (test.isAnnotatedWith(Covers.class)) {
        covering.add(test);
      }
    }
    return covering;
  }

  private static URL location(Class<?> type) {
    return type.getProtectionDomain().getCodeSource().getLocation();
  }

  private static Set<String> intersection(Set<String> one, Set<String> other) {
    Set<String> both = new LinkedHashSet<>(one);
    both.retainAll(other);
    return both;
  }

  private static String listed(Set<String> names) {
    return names.isEmpty() ? "none" : names.stream().collect(joining(", "));
  }
}
