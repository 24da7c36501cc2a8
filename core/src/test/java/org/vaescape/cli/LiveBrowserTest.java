package org.vaescape.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.vaescape.report.live.LiveServer;
import org.vaescape.report.live.StudyFolder;

/// The live page of a study that runs while a browser shows it.
@Timeout(300)
final class LiveBrowserTest {
  private static final Path DATA =
      Path.of(System.getProperty("basedir", "."), "../data").toAbsolutePath().normalize();

  @TempDir private Path folder;

  @Test
  void showsTrialsThatFinishWhileItIsOpen() throws Exception {
    try (Browser browser = Browser.start(folder)) {
      Path out = folder.resolve("out");
      Process study = run(out);
      while (!Files.exists(out.resolve("live.jsonl"))) {
        assertTrue(study.isAlive(), "the study ended before it began");
        Thread.sleep(20);
      }
      List<StudyFolder> folders = List.of(new StoredFolder(out));
      try (LiveServer server =
          LiveServer.start(
              () -> folders,
              false,
              InstantSource.system(),
              List.of(InetAddress.ofLiteral("127.0.0.1")),
              0)) {
        browser.look(1280, 900, false);
        browser.open("http://127.0.0.1:" + server.port() + server.path());
        browser.await("/ended/.test(document.getElementById('counts').textContent)", 30);
        String before = browser.find("#counts").getText();
        browser.script("window.opened = true"); // is gone if the page is loaded again
        browser.await("document.querySelector('#cards svg')", 30);
        browser.keepPicture("live-running");
        assertTrue(study.isAlive(), "the study was over too soon to be watched");
        browser.await(
            "document.getElementById('counts').textContent !== %s".formatted("'" + before + "'"),
            60);

        assertEquals(0, study.waitFor());
        browser.await("/48 of 48/.test(document.getElementById('counts').textContent)", 30);
        assertEquals(true, browser.script("return window.opened"));
        assertEquals(List.of(), browser.seriousFaults());
        browser.keepPicture("live-ended");
        for (boolean dark : new boolean[] {false, true}) {
          browser.look(360, 740, dark);
          assertEquals(0L, browser.overflow());
          assertEquals(List.of(), browser.seriousFaults());
          browser.keepPicture("live-360" + (dark ? "-dark" : ""));
        }
        browser.assertQuiet();
      }
    }
  }

  /// As a process of its own: whether a study runs is told from who holds the lock.
  private Process run(Path out) throws Exception {
    Path file = folder.resolve("s.yaml");
    Files.writeString(
        file,
        """
        name: live
        data: {matrix: %s/smoke_cc0.tsv.gz, select: {keep: 300}}
        space:
          model: [vae, ae]
          latent: [2, 5, 10]
          learning-rate: [0.001, 0.01, 0.03, 1e6]
          optimizer: [adam, sgd]
          hidden: [[256]]
        train: {batch: 16, max-epochs: 60, stop: {rule: none}}
        """
            .formatted(DATA));
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--add-modules",
            "jdk.incubator.vector",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName(),
            "run",
            file.toString(),
            "--out",
            out.toString(),
            "--quiet",
            "--workers",
            "1")
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("printed").toFile())
        .start();
  }
}
