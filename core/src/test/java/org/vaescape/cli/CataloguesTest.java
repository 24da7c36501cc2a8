package org.vaescape.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.vaescape.search.Catalogue;
import org.vaescape.search.Cell;
import org.vaescape.search.HyperParameter;

/// The catalogues against the docs. With `-Dvaescape.rewrite` the page is written anew instead.
final class CataloguesTest {
  private static final Path PAGE =
      Path.of(System.getProperty("vaescape.home", "."), "docs", "catalogues.md");

  /// Has a page of its own, which MetricsTest holds.
  private static final String METRICS = "metrics";

  private static final String HEAD =
      """
      # What can be chosen

      What `./vaescape list KIND` prints, KIND being each heading below: first the keys of a study file, dotted, with default, allowed
      values and meaning; then what they name: what it is, its source, and its settings with default, meaning and rule. `metrics` have
      a page of their own, [outcomes.md](outcomes.md).

      This page is written from the code. After a change: `mvn test -Dtest=CataloguesTest -Dvaescape.rewrite`.
      """;

  @Test
  void theDocsSayWhatListPrints() throws IOException {
    String expected = page();
    if (Boolean.getBoolean("vaescape.rewrite")) {
      Files.writeString(PAGE, expected);
    }
    assertEquals(expected, Files.readString(PAGE));
  }

  @Test
  void listPrintsEveryPartOfAMember() {
    Catalogues.all()
        .forEach((kind, members) -> {
          List<String> printed = Console.run("list", kind).out().lines().toList();
          assertEquals(members.size(), printed.size(), kind);
          for (int i = 0; i < printed.size(); i++) {
            Catalogues.Line member = members.get(i);
            assertTrue(printed.get(i).startsWith(member.name() + " "), printed.get(i));
            assertTrue(printed.get(i).contains(member.summary()), printed.get(i));
            for (HyperParameter setting : member.settings()) {
              String start = setting.name() + "=" + Cell.text(setting.defaultValue());
              String end = " (%s; %s)".formatted(setting.meaning(), setting.rule());
              assertTrue(printed.get(i).contains(start + end), printed.get(i));
            }
          }
        });
  }

  /// One that nobody lists would be found nowhere.
  @Test
  void everyCatalogueOfTheCodeIsListed() throws Exception {
    List<List<String>> listed = new ArrayList<>();
    for (String kind : Catalogues.all().keySet()) {
      listed.add(
          Console.run("list", kind).out().lines().map(line -> line.split(" ", 2)[0]).toList());
    }
    int found = 0;
    for (Class<?> each : classes()) {
      for (Field field : each.getDeclaredFields()) {
        if (field.getType() == Catalogue.class && Modifier.isStatic(field.getModifiers())) {
          List<String> names = ((Catalogue<?>) field.get(null)).names();
          assertTrue(
              listed.stream().anyMatch(lines -> lines.containsAll(names)),
              () -> "%s: no list has %s".formatted(field, names));
          found++;
        }
      }
    }
    assertTrue(found >= 12, found + " catalogues");
  }

  private static List<Class<?>> classes() throws Exception {
    Path root = Path.of(Main.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    List<Class<?>> classes = new ArrayList<>();
    try (Stream<Path> files = Files.walk(root.resolve("org/vaescape"))) {
      for (Path file : files.filter(path -> path.toString().endsWith(".class")).toList()) {
        String path = root.relativize(file).toString();
        String name = path.substring(0, path.length() - ".class".length()).replace('/', '.');
        if (!name.contains("-")) { // package-info has nothing in it
          classes.add(Class.forName(name, false, Main.class.getClassLoader()));
        }
      }
    }
    return classes;
  }

  private static String page() {
    StringBuilder page = new StringBuilder(HEAD);
    Catalogues.all()
        .forEach((kind, members) -> {
          if (!kind.equals(METRICS)) {
            page.append("\n## ").append(kind).append("\n\n");
            members.forEach(member -> page.append(text(member)));
          }
        });
    return page.toString();
  }

  private static String text(Catalogues.Line member) {
    StringBuilder text =
        new StringBuilder("- **`%s`** %s".formatted(member.name(), plain(member.summary())));
    if (!member.source().equals(Catalogues.NO_SOURCE)) {
      text.append("; ").append(plain(member.source()));
    }
    text.append('\n');
    for (HyperParameter setting : member.settings()) {
      text.append(
          "  - `%s=%s` %s; %s\n"
              .formatted(
                  setting.name(),
                  Cell.text(setting.defaultValue()),
                  plain(setting.meaning()),
                  plain(setting.rule())));
    }
    return text.toString();
  }

  /// Without what Markdown takes for more than a letter.
  private static String plain(String text) {
    return text.replaceAll("([*_<])", "\\\\$1");
  }
}
