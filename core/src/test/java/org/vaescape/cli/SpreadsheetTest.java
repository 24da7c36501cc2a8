package org.vaescape.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Tables as spreadsheets of several countries write them: read where there is one way to, else
/// refused with what to do.
final class SpreadsheetTest {
  private static final List<String> PLAIN =
      List.of(
          "rate,kind,y",
          "0.1,a,0.5",
          "0.1,a,0.55",
          "0.1,b,0.7",
          "0.1,b,0.75",
          "1,a,1.5",
          "1,a,1.25",
          "1,b,1.75",
          "1,b,1.5");

  @TempDir private Path folder;

  private Console analyze(String text, String factors) throws IOException {
    Path table = Files.writeString(folder.resolve("runs.csv"), text);
    return Console.run("analyze", table.toString(), "--outcome", "y", "--factors", factors);
  }

  private static String lines(String separator) {
    return String.join("\n", PLAIN).replace(",", separator) + "\n";
  }

  private void assertReadAlike(String text, String note) throws IOException {
    Console plain = analyze(lines(","), "rate,kind");
    assertEquals(0, plain.code());
    assertTrue(plain.out().contains("8 runs of rate (2) x kind (2)"), plain.out());
    Console answer = analyze(text, "rate,kind");
    assertEquals(
        new Console(
            0, plain.out(), note.isEmpty() ? "" : folder.resolve("runs.csv") + ": " + note + "\n"),
        answer);
  }

  private void assertRefused(String sentence, String text, String factors) throws IOException {
    assertEquals(
        new Console(2, "", "vaescape: " + folder.resolve("runs.csv") + sentence + "\n"),
        analyze(text, factors));
  }

  @Test
  void semicolonsTabsAndAFirstLineThatNamesTheSeparatorAreRead() throws IOException {
    assertReadAlike(lines("\t"), "");
    assertReadAlike(lines(";"), "");
    for (String separator : List.of(",", ";", "\t")) {
      assertReadAlike("sep=" + separator + "\r\n" + lines(separator).replace("\n", "\r\n"), "");
    }
    assertReadAlike("\ufeff\"sep=|\"\n" + lines("|"), "");
  }

  @Test
  void decimalCommasAreReadWhereTheOutcomeShowsThatTheyAre() throws IOException {
    String note = "decimals of rate and of y are read as written with commas, 0,5 as 0.5";
    assertReadAlike(lines(";").replace('.', ','), note);
    assertReadAlike(lines("\t").replace('.', ','), note);
  }

  @Test
  void columnsAreNamedOfWhichCommasAreDecimals() throws IOException {
    String text = "layers;free;y\n512,256;1,5;0,5\n512,256;1,5;0,6\n64,32;1,5;0,7\n64,32;1,5;1\n";
    Console answer = analyze(text, "layers");
    assertEquals(
        folder.resolve("runs.csv")
            + ": decimals of layers and of y are read as written with commas, 0,5 as 0.5\n",
        answer.err());
  }

  @Test
  void whatACrashedRunLeftInTheOutcomeHidesNoDecimals() throws IOException {
    String text =
        "a;y;state\n1;0,5;finished\n1;0,6;finished\n2;0,7;finished\n2;0,8;finished\n2;out of memory, at 3;crashed\n";
    Console answer = analyze(text, "a");
    assertEquals(
        folder.resolve("runs.csv")
            + ", column state: 1 crashed run counts as failed\n"
            + folder.resolve("runs.csv")
            + ": decimals of y are read as written with commas, 0,5 as 0.5\n",
        answer.err());
    assertEquals(0, answer.code());
  }

  @Test
  void commasThatMayPartThousandsAndMixedNumbersAreNotGuessed() throws IOException {
    String advice = "; write decimals with a point and thousands without a comma";
    String must = "y must be a number, or empty for a run that failed, but is ";
    assertRefused(", line 2: " + must + "'1,500'" + advice, "a;y\n1;1,500\n2;2,250\n", "a");
    assertRefused(", line 3: " + must + "'0,7'" + advice, "a;y\n1;0.5\n2;0,7\n", "a");
    assertRefused(", line 2: " + must + "'1.234,5'" + advice, "a;y\n1;1.234,5\n2;0,7\n", "a");
  }

  @Test
  void rowsKeepTheirLineBelowAFirstLineThatNamesTheSeparator() throws IOException {
    assertRefused(
        ", line 4: y must be a number, or empty for a run that failed, but is 'low'",
        "sep=;\na;y\n1;2\n2;low\n",
        "a");
    assertRefused(", line 3: has 1 columns where line 2 has 2", "sep=;\na;y\n1\n", "a");
  }

  @Test
  void aRowOfAnotherLengthSaysWhatMayBeMeant() throws IOException {
    assertRefused(
        ", line 2: has 3 columns where line 1 has 2; a value with a comma stands in double quotes, and decimals have a point",
        "a,y\n1,0,5\n",
        "a");
    assertRefused(
        ", line 2: has 1 columns where line 1 has 2; where semicolons part columns, names with a comma stand in double quotes, or a first line sep=; says so",
        "a;loss, val;y\n1;2;3\n",
        "a");
  }

  @Test
  void aNameThatDiffersInCapitalsOnlyIsTheNearest() throws IOException {
    assertRefused(": unknown column A; did you mean a?", "y,b,a\n1,2,3\n", "A,b");
    assertRefused(": unknown column q; known: y, b, a", "y,b,a\n1,2,3\n", "q");
  }

  @Test
  void namesWithACommaStandInQuotesAsInTheTable() throws IOException {
    String text = "\"a,b\",\"say \"\"c\"\"\",y\n1,1,1\n1,2,2\n2,1,3\n2,2,5\n";
    for (String separator : List.of(",", ", ", " ,", " , ")) {
      Console answer = analyze(text, "\"a,b\"" + separator + "\"say \"\"c\"\"\"");
      assertEquals("", answer.err());
      assertTrue(answer.out().contains("4 runs of a,b (2) x say \"c\" (2)"), answer.out());
    }
    assertEquals(
        new Console(
            2,
            "",
            "vaescape: '\"a,b\"c' must be names of columns parted by commas, one with a comma or quote in double quotes: '\"a,b\",c'\n"),
        analyze(text, "\"a,b\"c"));
    assertRefused(
        ": unknown column a; known: a,b, say \"c\", y; of several columns, one whose name has a comma stands in double quotes: '\"a,b\",c'",
        text,
        "a,b");
  }
}
