package org.vaescape.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/// The system's Chromium without a window, from which no host but this one can be reached.
final class Browser implements AutoCloseable {
  private static final String NONE =
      "no chromium and chromedriver on the path, so pages are not tried in a browser: 'apt-get install chromium chromium-driver' installs them";

  /// Warns that it does not know this browser's newest protocol, which nothing here asks for.
  private static final Logger SELENIUM = Logger.getLogger("org.openqa.selenium");

  private final ChromeDriver driver;

  private Browser(ChromeDriver driver) {
    this.driver = driver;
  }

  /// Skips the test where there is no browser, unless the environment asks for one
  /// (`VAESCAPE_BROWSER=required`).
  ///
  /// @param downloads folder for what pages give
  static Browser start(Path downloads) {
    Optional<Path> browser = onPath("chromium");
    Optional<Path> server = onPath("chromedriver");
    if (browser.isEmpty() || server.isEmpty()) {
      if ("required".equals(System.getenv("VAESCAPE_BROWSER"))) {
        fail(NONE);
      }
      abort(NONE);
    }
    SELENIUM.setLevel(Level.OFF);
    ChromeOptions options = new ChromeOptions();
    options.setBinary(browser.orElseThrow().toString());
    options.addArguments(
        "--headless=new",
        "--no-sandbox", // tests may run as root
        "--disable-dev-shm-usage",
        "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1");
    options.setExperimentalOption(
        "prefs", Map.of("download.default_directory", downloads.toString()));
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    options.setCapability(ChromeOptions.LOGGING_PREFS, logs);
    ChromeDriverService service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(server.orElseThrow().toFile())
            .usingAnyFreePort()
            .build();
    return new Browser(new ChromeDriver(service, options));
  }

  private static Optional<Path> onPath(String program) {
    return Pattern.compile(File.pathSeparator, Pattern.LITERAL)
        .splitAsStream(System.getenv().getOrDefault("PATH", ""))
        .map(folder -> Path.of(folder, program))
        .filter(Files::isExecutable)
        .findFirst();
  }

  ChromeDriver driver() {
    return driver;
  }

  void open(String address) {
    driver.get(address);
  }

  /// Screens of so many CSS pixels, in the dark or not.
  void look(int width, int height, boolean dark) {
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    driver.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of(
            "features",
            List.of(Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"))));
  }

  WebElement find(String selector) {
    return driver.findElement(By.cssSelector(selector));
  }

  List<WebElement> all(String selector) {
    return driver.findElements(By.cssSelector(selector));
  }

  /// What a function body returns, given these as `arguments`; null for nothing.
  @Nullable Object script(String body, Object... arguments) {
    return driver.executeScript(body, arguments);
  }

  /// The same of one that calls its last argument.
  @Nullable Object awaited(String body, Object... arguments) {
    return driver.executeAsyncScript(body, arguments);
  }

  /// Waits until a script says true, for at most so many seconds.
  void await(String condition, int seconds) throws InterruptedException {
    long end = System.nanoTime() + seconds * 1_000_000_000L;
    while (!Boolean.TRUE.equals(script("return !!(" + condition + ")"))) {
      if (System.nanoTime() > end) {
        fail("not within " + seconds + " s: " + condition);
      }
      Thread.sleep(50);
    }
  }

  /// Fails if the page complained of anything since the last time.
  void assertQuiet() {
    assertEquals(
        List.of(),
        driver.manage().logs().get(LogType.BROWSER).getAll().stream()
            .map(LogEntry::toString)
            .toList());
  }

  /// How many CSS pixels the page is wider than the screen.
  @Nullable Object overflow() {
    return script(
        "const page = document.documentElement; return page.scrollWidth - page.clientWidth");
  }

  /// What keeps people from using the page, as axe-core judges it: serious and critical faults.
  @Nullable Object seriousFaults() throws IOException {
    try (InputStream axe = Browser.class.getResourceAsStream("/axe.min.js")) {
      script(new String(Objects.requireNonNull(axe).readAllBytes(), StandardCharsets.UTF_8));
    }
    return awaited(
        """
        const done = arguments[arguments.length - 1];
        axe.run(document, {resultTypes: ['violations']}).then(
          found => done(found.violations
            .filter(one => one.impact === 'serious' || one.impact === 'critical')
            .map(one => one.id + ': ' + one.nodes.slice(0, 5).map(node => node.html.slice(0, 200)).join(' | '))),
          error => done(['axe failed: ' + error]));
        """);
  }

  /// Keeps a picture of what is shown, where the environment names a folder for it
  /// (`VAESCAPE_PICTURES`): to look at.
  void keepPicture(String name) throws IOException {
    String folder = System.getenv("VAESCAPE_PICTURES");
    if (folder != null) {
      byte[] png = driver.getScreenshotAs(OutputType.BYTES);
      Files.write(Files.createDirectories(Path.of(folder)).resolve(name + ".png"), png);
    }
  }

  @Override
  public void close() {
    driver.quit();
  }
}
