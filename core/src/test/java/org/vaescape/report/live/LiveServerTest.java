package org.vaescape.report.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.vaescape.search.Cell;
import org.vaescape.study.FinishedTrial;
import org.vaescape.study.FinishedTrials;
import org.vaescape.study.Trial;

@Timeout(60)
final class LiveServerTest {
  /// Reading from a socket heeds no other timeout.
  private static final int PATIENCE_MILLIS = 20_000;

  @TempDir private Path temporary;
  private final List<AutoCloseable> open = new ArrayList<>();
  private final HttpClient client = HttpClient.newHttpClient();

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable one : open.reversed()) {
      one.close();
    }
    client.shutdownNow();
  }

  @Test
  void tellsEverythingFirstAndThenWhatChanges() throws Exception {
    FakeFolder folder = folder("study");
    folder.plan("a1", "b2", "c3");
    folder.end(FinishedTrials.learned("b2", 7, 0.3));
    Events events = events(serve(false, folder), "/events", "");
    JsonNode all = events.next();
    assertEquals("<b>\"name\"</b>", all.at("/study/name").asText());
    assertEquals(3, all.at("/study/trials").size());
    assertEquals(3, all.at("/progress/planned").asInt());
    assertEquals("{\"converged\":1}", all.at("/progress/ended").toString());
    assertEquals(1, all.at("/progress/learned").asInt());
    assertEquals(
        "[1,\"converged\",\"learned\",7,1.5,0.09999999999999999,\"\"",
        all.at("/ended/0").toString().replaceFirst(",[0-9]+]$", ""));
    assertFalse(all.at("/progress/alive").asBoolean());

    folder.running = true;
    LiveLog log = folder.log();
    log.started(trial("a1"));
    log.epoch(trial("a1"), epoch(1, 0.5));
    JsonNode first = events.until(news -> news.at("/curves/0/points").size() == 1);
    assertEquals("[[1,0.5,0.25]]", first.at("/curves/0/points").toString());
    assertEquals(0, first.at("/curves/0/trial").asInt());
    assertEquals(1, first.at("/progress/running").asInt());
    assertTrue(first.at("/study").isMissingNode(), "it is known");

    log.epoch(trial("a1"), epoch(2, 0.4));
    JsonNode second = events.until(news -> news.at("/curves/0/points").size() == 1);
    assertEquals("[[2,0.4,0.2]]", second.at("/curves/0/points").toString());

    log.trained(trial("a1"));
    events.until(news -> news.at("/progress/running").asInt() == 0);
    folder.end(FinishedTrials.outOfMemory("a1"));
    log.finished(trial("a1"), FinishedTrials.outOfMemory("a1"));
    JsonNode end = events.until(news -> news.at("/ended").size() == 1);
    assertEquals(0, end.at("/ended/0/0").asInt());
    assertEquals("out-of-memory", end.at("/ended/0/1").asText());
    assertTrue(end.at("/ended/0/6").asText().startsWith("needs 9 GiB"));
  }

  @Test
  void tellsABrowserThatComesBackOnlyWhatItMissed() throws Exception {
    FakeFolder folder = folder("study");
    folder.plan("a1", "b2");
    folder.end(FinishedTrials.learned("a1", 7, 0.3));
    LiveServer server = serve(false, folder);
    Events events = events(server, "/events", "");
    events.next();
    String known = events.id;
    folder.end(FinishedTrials.learned("b2", 7, 0.4));
    events.until(news -> news.at("/ended").size() == 1);

    JsonNode missed = events(server, "/events", known).next();
    assertTrue(missed.at("/study").isMissingNode());
    assertEquals(1, missed.at("/ended").size());
    for (String unknown : List.of("0-1", known + "000", known.replaceFirst("-.*", "--5"), "x")) {
      JsonNode all = events(server, "/events", unknown).next();
      assertEquals(2, all.at("/study/trials").size(), unknown);
      assertEquals(2, all.at("/ended").size(), unknown);
    }
  }

  /// What a run that was killed left in its log does not run, neither before nor while the next one
  /// gets ready.
  @Test
  void goesOnWhenTheStudyIsStartedAgain() throws Exception {
    FakeFolder folder = folder("study");
    folder.plan("a1", "b2");
    folder.running = true;
    folder.log().started(trial("a1"));
    Events events = events(serve(false, folder), "/events", "");
    events.until(news -> news.at("/progress/running").asInt() == 1);
    folder.running = false;
    events.until(news -> !news.at("/progress/alive").asBoolean());
    folder.running = true;
    JsonNode ready = events.until(news -> news.at("/progress/alive").asBoolean());
    assertEquals(0, ready.at("/progress/running").asInt());
    folder.log().started(trial("b2"));
    JsonNode again = events.until(news -> news.at("/progress/running").asInt() == 1);
    assertEquals(1, again.at("/curves").size());
    assertEquals(1, again.at("/curves/0/trial").asInt());
  }

  @Test
  void beginsAnewWhereThePlanIsAnother() throws Exception {
    FakeFolder folder = folder("study");
    folder.plan("a1");
    Events events = events(serve(false, folder), "/events", "");
    assertEquals(1, events.next().at("/study/trials").size());
    folder.plan("a1", "b2");
    assertEquals(2, events.until(news -> news.has("study")).at("/study/trials").size());
  }

  @Test
  void saysWhatIsWrongWithTheStoreAndGoesOnWhenItIsMended() throws Exception {
    FakeFolder folder = folder("study");
    folder.plan("a1");
    Events events = events(serve(false, folder), "/events", "");
    assertEquals("", events.next().at("/progress/trouble").asText());
    folder.trouble = "study.db is gone";
    assertEquals("study.db is gone", events.next().at("/progress/trouble").asText());
    folder.trouble = "";
    assertEquals("", events.next().at("/progress/trouble").asText());
  }

  @Test
  void listsTheStudiesOfAFolder() throws Exception {
    FakeFolder one = folder("one");
    one.plan("a1", "b2");
    one.end(FinishedTrials.learned("a1", 7, 0.3));
    FakeFolder two = folder("two & <three>");
    LiveServer server = serve(true, one, two);
    JsonNode list = events(server, "/events", "").next();
    assertEquals("one", list.at("/0/folder").asText());
    assertEquals("{\"converged\":1}", list.at("/0/ended").toString());
    assertEquals("two & <three>", list.at("/1/folder").asText());
    assertEquals(2, events(server, "/study/one/events", "").next().at("/study/trials").size());
    assertEquals(200, get(server, "/study/two%20&%20%3Cthree%3E/").statusCode());
    assertEquals(404, get(server, "/study/four/").statusCode());
    assertEquals(404, get(server, "/study/one").statusCode());
  }

  @Test
  void servesAPageThatMayDoNothingButShowThisServersEvents() throws Exception {
    LiveServer server = serve(false, folder("study"));
    HttpResponse<String> page = get(server, "/");
    assertEquals(200, page.statusCode());
    assertFalse(page.body().contains("{{"), "every part is filled in");
    String policy = page.headers().firstValue("Content-Security-Policy").orElseThrow();
    assertTrue(policy.startsWith("default-src 'none'; style-src 'sha256-"), policy);
    assertFalse(policy.contains("unsafe"), policy);
    assertEquals("nosniff", page.headers().firstValue("X-Content-Type-Options").orElseThrow());
    assertEquals("no-store", page.headers().firstValue("Cache-Control").orElseThrow());
  }

  @Test
  void reachesTheReportAndNoOtherFile() throws Exception {
    FakeFolder folder = folder("study");
    Files.writeString(folder.path().resolve("study.yaml"), "name: secret");
    Files.writeString(temporary.resolve("outside.html"), "outside");
    LiveServer server = serve(false, folder);
    assertEquals(404, get(server, "/report").statusCode());
    Files.createSymbolicLink(
        folder.path().resolve("report.html"), temporary.resolve("outside.html"));
    assertEquals(404, get(server, "/report").statusCode(), "a link out of the folder");
    Files.delete(folder.path().resolve("report.html"));
    Files.writeString(folder.path().resolve("report.html"), "<p>the report");
    assertEquals("<p>the report", get(server, "/report").body());
    for (String path :
        List.of(
            "/study.yaml",
            "/report/",
            "/report.html",
            "/../outside.html",
            "/..%2foutside.html",
            "/%2e%2e/outside.html",
            "/study/../study.yaml",
            "//etc/passwd")) {
      assertEquals("HTTP/1.1 404 Not Found", raw(server, "GET " + path, "localhost"), path);
    }
  }

  @Test
  void answersOnlyToNamesOfThisMachineAndNoOtherSite() throws Exception {
    LiveServer server = serve(false, folder("study"));
    for (String host : List.of("localhost", "127.0.0.1:8377", "[::1]:1", "LocalHost:9")) {
      assertEquals("HTTP/1.1 200 OK", raw(server, "GET /", host), host);
    }
    for (String host : List.of("evil.example", "localhost.evil.example:80", "127.0.0.1.nip.io")) {
      assertEquals("HTTP/1.1 403 Forbidden", raw(server, "GET /", host), host);
    }
    assertEquals(
        "HTTP/1.1 403 Forbidden",
        raw(server, "GET /events", "localhost", "Origin: http://evil.example"));
    assertEquals(
        "HTTP/1.1 200 OK", raw(server, "GET /", "localhost:5", "Origin: http://localhost:5"));
    for (String method : List.of("POST", "PUT", "DELETE", "HEAD", "OPTIONS")) {
      assertEquals(
          "HTTP/1.1 405 Method Not Allowed", raw(server, method + " /", "localhost"), method);
    }
  }

  @Test
  void goesOnLookingAfterAFolderCouldNotBeListed() throws Exception {
    FakeFolder folder = folder("study");
    folder.plan("a1");
    AtomicInteger looks = new AtomicInteger();
    LiveServer server =
        track(
            LiveServer.start(
                () -> {
                  if (looks.incrementAndGet() == 2) {
                    throw new UncheckedIOException(new IOException("gone for an instant"));
                  }
                  return List.of(folder);
                },
                false,
                InstantSource.system(),
                List.of(InetAddress.getLoopbackAddress()),
                0));
    Events events = events(server, "/events", "");
    assertEquals(0, events.next().at("/ended").size());
    while (looks.get() < 2) {
      Thread.sleep(20);
    }
    folder.end(FinishedTrials.learned("a1", 7, 0.3));
    assertEquals(1, events.next().at("/ended").size());
  }

  @Test
  void asksForTheTokenWhereOthersCanReachIt() throws Exception {
    FakeFolder folder = folder("study");
    folder.plan("a1");
    Files.writeString(folder.path().resolve("report.html"), "<p>the report");
    LiveServer server = track(start(false, List.of(InetAddress.ofLiteral("0.0.0.0")), folder));
    String token = server.path().substring("/?token=".length());
    assertTrue(token.matches("[0-9a-f]{32}"), token);
    for (String path : List.of("/", "/events", "/report", "/?token=", "/?token=" + token + "0")) {
      assertEquals(401, get(server, path).statusCode(), path);
    }
    HttpResponse<String> page = get(server, server.path());
    assertEquals(200, page.statusCode());
    String cookie = page.headers().firstValue("Set-Cookie").orElseThrow();
    assertTrue(cookie.endsWith("; Path=/; HttpOnly; SameSite=Lax"), cookie);
    String pair = cookie.substring(0, cookie.indexOf(';'));
    assertEquals(
        "HTTP/1.1 200 OK", raw(server, "GET /report", "box.local", "Cookie: a=b; " + pair));
    assertEquals(
        "HTTP/1.1 401 Unauthorized",
        raw(server, "GET /report", "box.local", "Cookie: " + pair.replace(token, "0" + token)));
    assertEquals(
        "HTTP/1.1 403 Forbidden",
        raw(server, "GET /", "box.local", "Cookie: " + pair, "Origin: http://evil.example"));
    LiveServer other =
        track(
            start(
                false,
                List.of(InetAddress.ofLiteral("127.0.0.1"), InetAddress.ofLiteral("0.0.0.0")),
                folder));
    assertTrue(other.path().contains("token="), "one address that is open is enough");
    assertFalse(other.path().equals(server.path()), "each start has its own");
  }

  /// A browser that reads nothing, with more to tell it than sockets hold, keeps no other waiting.
  @Test
  void aBrowserThatDoesNotReadKeepsNoOtherWaiting() throws Exception {
    FakeFolder folder = folder("study");
    String[] ids = new String[60_000];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = "%016x".formatted(i);
    }
    folder.plan(ids);
    LiveServer server = serve(false, folder);
    for (int i = 0; i < 3; i++) {
      Socket socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), server.port());
      open.add(socket);
      socket
          .getOutputStream()
          .write(
              "GET /events HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.UTF_8));
    }
    Events events = events(server, "/events", "");
    events.next();
    folder.end(FinishedTrials.learned(ids[7], 7, 0.3));
    assertEquals(7, events.until(news -> !news.at("/ended").isEmpty()).at("/ended/0/0").asInt());
  }

  // ---- a folder, a server, a browser

  private FakeFolder folder(String name) throws IOException {
    return new FakeFolder(Files.createDirectories(temporary.resolve(name)), open);
  }

  private LiveServer serve(boolean several, FakeFolder... folders) throws IOException {
    return track(
        start(
            several,
            List.of(InetAddress.ofLiteral("127.0.0.1"), InetAddress.ofLiteral("::1")),
            folders));
  }

  private LiveServer track(LiveServer server) {
    open.add(server);
    return server;
  }

  private static LiveServer start(
      boolean several, List<InetAddress> addresses, FakeFolder... folders) throws IOException {
    List<StudyFolder> all = List.of(folders);
    return LiveServer.start(() -> all, several, InstantSource.system(), addresses, 0);
  }

  private HttpResponse<String> get(LiveServer server, String path) throws Exception {
    URI uri = URI.create("http://127.0.0.1:%s%s".formatted(server.port(), path));
    return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
  }

  /// The first line of the answer to a request that no client would send.
  private static String raw(LiveServer server, String request, String host, String... headers)
      throws IOException {
    try (Socket socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), server.port());
        BufferedWriter out =
            new BufferedWriter(
                new OutputStreamWriter(socket.getOutputStream(), StandardCharsets.UTF_8));
        BufferedReader in =
            new BufferedReader(
                new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      out.write("%s HTTP/1.1\r\nHost: %s\r\n".formatted(request, host));
      for (String header : headers) {
        out.write(header + "\r\n");
      }
      out.write("\r\n");
      out.flush();
      return in.readLine();
    }
  }

  private Events events(LiveServer server, String path, String lastId) throws Exception {
    Events events = new Events(client, server.port(), path, lastId);
    open.add(events);
    return events;
  }

  private static Trial trial(String id) {
    return new Trial(id, new Cell(new LinkedHashMap<>()), 0);
  }

  private static FinishedTrial.Epoch epoch(int number, double loss) {
    SequencedMap<String, Double> terms = new LinkedHashMap<>();
    terms.put("train_loss", 9.0);
    terms.put("train_reconstruction", loss);
    terms.put("val_loss", loss / 2);
    return new FinishedTrial.Epoch(number, terms);
  }
}
