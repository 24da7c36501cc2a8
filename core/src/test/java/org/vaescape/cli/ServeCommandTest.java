package org.vaescape.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PipedReader;
import java.io.PipedWriter;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.vaescape.report.ReportInput.Planned;
import org.vaescape.report.live.StudyFolder.Stored;
import org.vaescape.store.SqliteStore;
import org.vaescape.study.FinishedTrial;
import org.vaescape.study.FinishedTrials;
import org.vaescape.study.TrialStore;

@Timeout(120)
final class ServeCommandTest {
  private static final Pattern ADDRESS = Pattern.compile("http://\\S+");

  @TempDir private Path folder;

  /// From the first trial in the store to the page's event, through the command itself.
  @Test
  void showsATrialThatEndsWhileThePageIsOpen() throws Exception {
    try (TrialStore store = SqliteStore.open(folder.resolve("study.db"));
        PipedReader piped = new PipedReader();
        BufferedReader printed = new BufferedReader(piped);
        PrintWriter out = new PrintWriter(new PipedWriter(piped), true)) {
      plan(store);
      Thread command =
          Thread.ofPlatform()
              .start(() ->
                  Main.run(new String[] {"serve", folder.toString(), "--port", "0"}, out, out));
      Matcher address = ADDRESS.matcher(printed.readLine());
      assertTrue(address.find());
      try (HttpClient client = HttpClient.newHttpClient();
          BufferedReader events =
              new BufferedReader(
                  new InputStreamReader(
                      client
                          .send(
                              HttpRequest.newBuilder(URI.create(address.group() + "events"))
                                  .build(),
                              HttpResponse.BodyHandlers.ofInputStream())
                          .body(),
                      StandardCharsets.UTF_8))) {
        assertTrue(data(events).contains("\"ended\":[],"), "nothing has ended");
        store.save(FinishedTrials.learned("b2", 3, 0.3));
        assertTrue(data(events).contains("\"ended\":[[1,\"converged\",\"learned\",3,1.5,"));
        try (FolderLock _ = FolderLock.take(folder, "study.db")) {
          assertTrue(data(events).contains("\"alive\":true"), "a run holds the folder");
        }
        assertTrue(data(events).contains("\"alive\":false"));
      } finally {
        command.interrupt();
        command.join();
      }
    }
  }

  @Test
  void refusesAFolderWithoutAStudy() {
    assertEquals(
        new Console(
            2,
            "",
            "vaescape: %s holds no study (no study.db, neither in it nor in its folders); start 'run' first, or name a folder that it wrote\n"
                .formatted(folder)),
        Console.run("serve", folder.toString()));
    Path missing = folder.resolve("missing");
    assertEquals(
        new Console(
            2,
            "",
            "vaescape: there is no folder %s; name one that 'run' wrote\n".formatted(missing)),
        Console.run("serve", missing.toString()));
  }

  @Test
  void refusesAPortThatIsTaken() throws IOException {
    try (TrialStore store = SqliteStore.open(folder.resolve("study.db"));
        ServerSocket taken = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      plan(store);
      String port = Integer.toString(taken.getLocalPort());
      assertEquals(
          new Console(
              2,
              "",
              "vaescape: cannot listen on port %s of 127.0.0.1 (Address already in use); choose another by --port, or 0 for any that is free\n"
                  .formatted(port)),
          Console.run("serve", folder.toString(), "--port", port));
      assertEquals(
          "vaescape: --port must be from 0 to 65535 but was 70000\n",
          Console.run("serve", folder.toString(), "--port", "70000").err());
    }
  }

  @Test
  void aFolderIsReadAgainOnlyWhenItsStoreChanges() throws IOException {
    StoredFolder study = new StoredFolder(folder);
    assertTrue(study.stored().isEmpty());
    try (TrialStore store = SqliteStore.open(folder.resolve("study.db"))) {
      assertTrue(study.stored().isEmpty(), "no run has planned");
      plan(store);
      Stored planned = study.stored().orElseThrow();
      assertEquals("What it asks.", planned.question());
      assertSame(planned, study.stored().orElseThrow());
      store.save(FinishedTrials.learned("b2", 3, 0.3));
      Stored ended = study.stored().orElseThrow();
      assertEquals(List.of("b2"), List.copyOf(ended.endings().keySet()));
      assertSame(planned.plan(), ended.plan());
    }
    Files.delete(folder.resolve("study.db"));
    assertTrue(study.stored().isEmpty());
    assertFalse(study.isRunning());
  }

  private static void plan(TrialStore store) {
    FinishedTrial trial = FinishedTrials.learned("b2", 3, 0.3);
    new StoredStudy(
            "s",
            1,
            "# What\n# it asks.\nname: s\n",
            List.of(),
            List.of(new Planned("a1", trial.settings(), 0), new Planned("b2", trial.settings(), 1)),
            true,
            List.of())
        .keep(store);
  }

  private static String data(BufferedReader events) throws IOException {
    String line = events.readLine();
    while (!line.startsWith("data: ")) {
      line = events.readLine();
    }
    return line;
  }
}
