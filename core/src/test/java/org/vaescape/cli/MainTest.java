package org.vaescape.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MainTest {
  @Test
  void namesTheNearestCommand() {
    assertEquals(
        new Console(
            2,
            "",
            """
            vaescape: unknown command lits; did you mean list?
            Try 'vaescape --help' for more.
            """),
        Console.run("lits"));
  }

  @Test
  void namesTheNearestOption() {
    assertEquals(
        new Console(
            2,
            "",
            """
            vaescape: unknown option --hlep; did you mean --help?
            Try 'vaescape list --help' for more.
            """),
        Console.run("list", "models", "--hlep"));
  }

  @Test
  void saysWhereCommandsAreListedWhenNoneIsGiven() {
    assertEquals(
        new Console(2, "", "vaescape: a command is missing; 'vaescape --help' lists them\n"),
        Console.run());
  }

  @Test
  void listsWhatItCanList() {
    String names = String.join("\n", Catalogues.all().keySet()) + "\n";
    assertEquals(new Console(0, names, ""), Console.run("list"));
  }

  @Test
  void namesTheNearestCatalogue() {
    assertEquals(
        new Console(2, "", "vaescape: unknown list serches; did you mean searches?\n"),
        Console.run("list", "serches"));
  }

  @Test
  void printsItsVersion() {
    Console answer = Console.run("--version");
    assertEquals(0, answer.code());
    assertEquals("", answer.err());
    assertTrue(answer.out().matches("vaescape \\d+\\.\\d+\\.\\d+.*\nJava 25.*\n"), answer.out());
  }

  @ParameterizedTest
  @ValueSource(strings = {"--help", "list --help"})
  void helpsOnStandardOutput(String words) {
    Console answer = Console.run(words.split(" "));
    assertEquals(0, answer.code());
    assertEquals("", answer.err());
    assertTrue(answer.out().startsWith("Usage: vaescape"), answer.out());
  }

  @Test
  void listsEveryMemberOnALineThatBeginsWithItsName() {
    Catalogues.all()
        .forEach((word, lines) -> {
          Console answer = Console.run("list", word);
          assertEquals(0, answer.code());
          assertEquals("", answer.err());
          List<String> names =
              answer.out().lines().map(line -> line.substring(0, line.indexOf(' '))).toList();
          assertEquals(lines.stream().map(Catalogues.Line::name).toList(), names);
        });
  }

  @Test
  void listsEverySettingWithItsMeaningAndItsRule() {
    String infovae =
        Console.run("list", "models")
            .out()
            .lines()
            .filter(line -> line.startsWith("infovae"))
            .findFirst()
            .orElseThrow();
    assertTrue(
        infovae.contains(
            "beta=10.5 (factor of the reconstruction, the study's value; a number in (0, inf))"),
        infovae);
  }
}
