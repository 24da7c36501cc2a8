package org.vaescape.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The page of a study, as a browser without a network shows it.
final class PageBrowserTest {
  private static final Path DATA =
      Path.of(System.getProperty("basedir", "."), "../data").toAbsolutePath().normalize();

  @TempDir private static Path folder;
  private static Browser browser;

  /// Two models, two repeats, a rate at which runs diverge, labels, kept weights.
  @BeforeAll
  static void runAStudy() throws IOException {
    browser = Browser.start(folder);
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
    assertEquals(
        0L,
        browser.script(
            "const page = document.documentElement; return page.scrollWidth - page.clientWidth"),
        "pixels that the page is wider than the screen");
    browser.keepPicture("page-" + width + (dark ? "-dark" : ""));
    browser.script(resource("/axe.min.js"));
    Object faults =
        browser.awaited(
            """
            const done = arguments[arguments.length - 1];
            axe.run(document, {resultTypes: ['violations']}).then(
              found => done(found.violations
                .filter(one => one.impact === 'serious' || one.impact === 'critical')
                .map(one => one.id + ': ' + one.nodes.slice(0, 5).map(node => node.html.slice(0, 200)).join(' | '))),
              error => done(['axe failed: ' + error]));
            """);
    assertEquals(List.of(), faults);
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = PageBrowserTest.class.getResourceAsStream(name)) {
      assertFalse(in == null, name);
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
