package org.vaescape.cli;

import static java.util.Comparator.comparingDouble;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.Keys;
import org.openqa.selenium.interactions.Actions;

/// The page of a study, as a browser without a network shows it.
final class PageBrowserTest {
  private static final Path DATA =
      Path.of(System.getProperty("basedir", "."), "../data").toAbsolutePath().normalize();

  @TempDir private static Path folder;
  private static Browser browser;

  /// Two models, two repeats, a rate at which runs diverge, labels, kept weights.
  @BeforeAll
  static void runAStudy() throws IOException {
    browser = Browser.start(Files.createDirectory(folder.resolve("downloads")));
    Files.writeString(
        folder.resolve("s.yaml"),
        """
        # Does the page work?
        name: 'small <b>study "of" 2'
        data: {matrix: %1$s/smoke_cc0.tsv.gz, labels: %1$s/smoke_cc0.labels.tsv, select: {keep: 60}}
        space:
          model: [vae, ae]
          latent: [2, 5]
          learning-rate: [0.001, 0.01, 1e6]
          optimizer: [adam, sgd]
          hidden: [[16]]
        train: {batch: 32, max-epochs: 4}
        repeats: 2
        """
            .formatted(DATA));
    Console answer =
        Console.run("run", folder.resolve("s.yaml").toString(), "--out", out(), "--quiet");
    assertEquals(0, answer.code(), answer.err());
  }

  @AfterAll
  static void close() {
    if (browser != null) {
      browser.close();
    }
  }

  private static String out() {
    return folder.resolve("out").toString();
  }

  private static void open() {
    browser.look(1280, 900, false);
    browser.open(Path.of(out(), "report.html").toUri().toString());
  }

  @Test
  void anAddressOfNoTrialOpensThePage() throws Exception {
    open();
    browser.open(Path.of(out(), "report.html").toUri() + "?again#trial=%");
    browser.await("document.querySelectorAll('#trial-table tbody tr').length > 0", 20);
    browser.assertQuiet();
  }

  @Test
  void opensWithoutANetworkAndWithoutAComplaint() {
    open();
    browser.assertQuiet();
    Object asked =
        browser.script(
            "return performance.getEntriesByType('resource').map(entry => entry.name).filter(name => !/^(data|blob):/.test(name))");
    assertEquals(List.of(), asked);
    assertEquals("small <b>study \"of\" 2", browser.find("h1").getText());
  }

  @Test
  void hasMarksInEveryFigure() {
    open();
    Object empty =
        browser.script(
            """
            return [...document.querySelectorAll('figure')].filter(figure => {
              const svg = figure.querySelector('svg');
              return !figure.querySelector('canvas')
                && (!svg || svg.querySelectorAll('circle, path, rect').length < 5);
            }).map(figure => figure.id)
            """);
    assertEquals(List.of(), empty);
    assertTrue(browser.all("figure").size() > 4);
  }

  /// The sections that are drawn when they come into sight.
  @ParameterizedTest
  @ValueSource(strings = {"parallel-view", "scatter-view", "latent-view"})
  void drawsWhatAsksForExploring(String view) throws Exception {
    open();
    browser.script("document.getElementById(arguments[0]).scrollIntoView()", view);
    browser.await("document.querySelector('#%s canvas, #%s svg path')".formatted(view, view), 20);
    browser.keepPicture("page-" + view);
    browser.assertQuiet();
  }

  @Test
  void sortsAndFiltersTheTable() throws Exception {
    open();
    browser.script("document.querySelector('[data-name=val_mse]').click()");
    List<String> shown = column("val_mse");
    List<String> sorted =
        shown.stream()
            .filter(text -> !text.isEmpty())
            .sorted(comparingDouble(Double::parseDouble))
            .toList();
    assertEquals(sorted, shown.subList(0, sorted.size()));
    assertEquals(48, shown.size());
    assertEquals(
        "ascending", browser.find("th:has([data-name=val_mse])").getDomAttribute("aria-sort"));

    browser.find("#trial-filter").sendKeys("vae adam latent=5");
    long expected =
        trials().stream()
            .filter(
                trial -> List.of(trial).containsAll(List.of("vae", "adam")) && trial[2].equals("5"))
            .count();
    assertEquals(6, expected);
    assertEquals(List.of("5"), column("latent").stream().distinct().toList());
    assertEquals(List.of("vae"), column("model").stream().distinct().toList());
    assertEquals(expected, column("latent").size());
    browser.assertQuiet();
  }

  private static List<String> column(String name) {
    Object texts =
        browser.script(
            """
            const place = [...document.querySelectorAll('#trial-table thead th')]
              .findIndex(head => head.querySelector('button').dataset.name === arguments[0]);
            return [...document.querySelectorAll('#trial-table tbody tr')]
              .map(row => row.cells[place].textContent.replace('\u2212', '-').replace('n/a', ''));
            """,
            name);
    return ((List<?>) Objects.requireNonNull(texts)).stream().map(String::valueOf).toList();
  }

  private static List<String[]> trials() throws IOException {
    return Files.readAllLines(Path.of(out(), "trials.csv")).stream()
        .skip(1)
        .map(line -> line.split(",", -1))
        .toList();
  }

  @Test
  void opensTheTrialOfADot() throws Exception {
    open();
    String id =
        String.valueOf(
            browser.script(
                """
                const dot = document.querySelector('#figures .plot svg g[data-trials]');
                dot.scrollIntoView({block: 'center'});
                dot.focus();
                return dot.dataset.trials.split(',')[0];
                """));
    new Actions(browser.driver()).sendKeys(Keys.ENTER).perform();
    browser.await("document.querySelector('dialog[open]')", 5);
    String[] trial = trials().stream().filter(each -> each[0].equals(id)).findFirst().orElseThrow();
    String said = browser.find("dialog").getText();
    assertTrue(said.contains("model " + trial[1] + ", latent " + trial[2]), said);
    assertFalse(said.matches("(?s).*\\.\\d{9}.*"), "six figures that count: " + said);
    String command = browser.find("dialog .command").getText();
    assertTrue(command.startsWith("./vaescape run "), command);
    assertTrue(command.contains("--set space.latent=" + trial[2]), command);
    browser.keepPicture("page-trial");
    new Actions(browser.driver()).sendKeys(Keys.ESCAPE).perform();
    browser.await("!document.querySelector('dialog[open]')", 5);

    browser.open(Path.of(out(), "report.html").toUri() + "#trial=" + id);
    browser.await("document.querySelector('dialog[open]')", 5);
    browser.assertQuiet();
  }

  @Test
  void givesTheTableAsItStandsInTheFolder() throws Exception {
    open();
    browser.script(
        "[...document.querySelectorAll('button')].find(one => one.textContent === 'Download all as CSV').click()");
    Path file = folder.resolve("downloads/trials.csv");
    for (int i = 0; i < 100 && !Files.exists(file); i++) {
      Thread.sleep(50);
    }
    assertEquals(Files.readString(Path.of(out(), "trials.csv")), Files.readString(file));
  }

  @ParameterizedTest
  @CsvSource({
    "1280, 900, false",
    "1280, 900, true",
    "360, 740, false",
    "360, 740, true",
    "3840, 2160, false"
  })
  void fitsTheScreenAndHasNoSeriousFault(int width, int height, boolean dark) throws IOException {
    open();
    browser.look(width, height, dark);
    assertEquals(0L, browser.overflow());
    browser.keepPicture("page-" + width + (dark ? "-dark" : ""));
    assertEquals(List.of(), browser.seriousFaults());
  }
}
