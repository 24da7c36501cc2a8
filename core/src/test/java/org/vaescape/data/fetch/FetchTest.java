package org.vaescape.data.fetch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Executors;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.vaescape.UserError;

/// Downloads from a server of this machine that does what servers and networks do.
///
/// Over 400 lines because each misbehaviour of a server stands beside what is to come of it.
class FetchTest {
  private static final Patience IMPATIENT =
      new Patience(Duration.ofSeconds(5), Duration.ofMillis(300), 3, Duration.ofMillis(5));
  private static final byte[] CONTENT = gzip(300_000, 1);

  @TempDir private Path folder;
  private HttpServer server;
  private final List<String> said = Collections.synchronizedList(new ArrayList<>());

  /// The header `Range` of each request.
  private final List<String> ranges = Collections.synchronizedList(new ArrayList<>());

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private static byte[] gzip(int size, long seed) {
    byte[] random = new byte[size];
    new SplittableRandom(seed).nextBytes(random);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      out.write(random);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return bytes.toByteArray();
  }

  private static String hex(String algorithm, byte[] bytes) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(bytes));
  }

  /// Answers as a server does that knows of parts.
  ///
  /// @param most bytes of one answer, after which the connection is cut
  private static void serve(HttpExchange exchange, byte[] content, String tag, int most)
      throws IOException {
    Headers asked = exchange.getRequestHeaders();
    Headers headers = exchange.getResponseHeaders();
    String range = asked.getFirst("Range");
    headers.set("ETag", tag);
    int from = 0;
    if (range != null && tag.equals(asked.getFirst("If-Range"))) {
      from = Integer.parseInt(range.replaceAll("\\D", ""));
      if (from >= content.length) {
        exchange.sendResponseHeaders(416, -1);
        return;
      }
      headers.set(
          "Content-Range", "bytes %s-%s/%s".formatted(from, content.length - 1, content.length));
    }
    exchange.sendResponseHeaders(from > 0 ? 206 : 200, content.length - from);
    OutputStream out = exchange.getResponseBody();
    out.write(content, from, Math.min(most, content.length - from));
    out.flush();
    exchange.close();
  }

  /// What the server does with the n-th request.
  private interface Answer {
    void to(HttpExchange exchange, int request) throws Exception;
  }

  private void answer(Answer answer) {
    server.createContext(
        "/",
        exchange -> {
          int request;
          synchronized (ranges) {
            ranges.add(String.valueOf(exchange.getRequestHeaders().getFirst("Range")));
            request = ranges.size();
          }
          try {
            answer.to(exchange, request);
          } catch (IOException e) {
            throw e;
          } catch (Exception e) {
            throw new IllegalStateException(e);
          } finally {
            exchange.close();
          }
        });
  }

  private URI address() {
    return URI.create("http://127.0.0.1:%s/m.gz".formatted(server.getAddress().getPort()));
  }

  private PublicFile file() {
    return new PublicFile(
        "m", "", "", address(), "m.gz", 0, "https://page", "", "", "", "", false, List.of());
  }

  private Fetch fetch(Map<String, String> environment) {
    return new Fetch(
        folder,
        IMPATIENT,
        environment,
        new FetchListener() {
          @Override
          public void progress(long bytes, long of) {}

          @Override
          public void say(String sentence) {
            said.add(sentence);
          }
        });
  }

  private Path bring(PublicFile file) {
    return fetch(Map.of()).bring(file);
  }

  private String refusal(PublicFile file) {
    return String.valueOf(assertThrows(UserError.class, () -> bring(file)).getMessage())
        .replace(folder + "/", "")
        .replace(address().toString(), "URL");
  }

  private void assertBrought(byte[] content) throws Exception {
    assertArrayEquals(content, Files.readAllBytes(folder.resolve("m.gz")));
    assertEquals(
        hex("SHA-256", content) + "  m.gz\n", Files.readString(folder.resolve("m.gz.sha256")));
    assertEquals(List.of("m.gz", "m.gz.sha256"), names());
  }

  private List<String> names() throws IOException {
    try (var files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void bringsAFileAndItsChecksum() throws Exception {
    answer((exchange, _) -> serve(exchange, CONTENT, "\"a\"", Integer.MAX_VALUE));
    assertEquals(folder.resolve("m.gz"), bring(file()));
    assertBrought(CONTENT);
    assertEquals(List.of("null"), ranges);
    // Nobody is asked again, whatever became of the server.
    server.stop(0);
    bring(file());
    assertTrue(said.getLast().endsWith(", as when it was downloaded"), said.getLast());
  }

  @Test
  void goesOnWhereTheConnectionWasCut() throws Exception {
    answer((exchange, _) -> serve(exchange, CONTENT, "\"a\"", 70_000));
    bring(file());
    assertBrought(CONTENT);
    assertTrue(ranges.size() >= 5, ranges.toString());
    assertTrue(ranges.get(1).matches("bytes=[1-9]\\d*-"), ranges.toString());
  }

  /// In another process, perhaps days later.
  @Test
  void goesOnInTheNextStart() throws Exception {
    answer((exchange, request) -> {
      if (request == 1) {
        serve(exchange, CONTENT, "\"a\"", 100_000);
      } else if (request <= IMPATIENT.attempts() + 1) {
        exchange.sendResponseHeaders(503, -1);
      } else {
        serve(exchange, CONTENT, "\"a\"", Integer.MAX_VALUE);
      }
    });
    String refusal = refusal(file());
    assertTrue(
        refusal.matches(
            "URL: the server answers 503, as in 3 tries in a row; m.gz.part keeps the \\d+ bytes that came: run the same command again later, or download it with a browser to m.gz and run the same command again, which checks it"),
        refusal);
    assertEquals(List.of("m.gz.part", "m.gz.part.from"), names());
    bring(file());
    assertBrought(CONTENT);
    assertTrue(ranges.getLast().matches("bytes=[1-9]\\d*-"), ranges.toString());
  }

  /// Killed between the last byte and the check.
  @Test
  void checksWhatHadCompletelyCome() throws Exception {
    try (PartFile part = PartFile.open(folder.resolve("m.gz"), address())) {
      part.beginAnew(
          new PartFile.Origin(address().toString(), "\"a\"", CONTENT.length, hex("MD5", CONTENT)));
      part.append(ByteBuffer.wrap(CONTENT));
    }
    bring(file());
    assertBrought(CONTENT);
    assertEquals(List.of(), ranges);
  }

  @Test
  void beginsAnewWhereTheFileHasChanged() throws Exception {
    byte[] changed = gzip(200_000, 2);
    answer((exchange, request) ->
        serve(
            exchange,
            request == 1 ? CONTENT : changed,
            request == 1 ? "\"a\"" : "\"b\"",
            request == 1 ? 100_000 : Integer.MAX_VALUE));
    bring(file());
    assertBrought(changed);
    assertTrue(said.stream().anyMatch(line -> line.contains("begins anew")), said.toString());
  }

  /// What lies there is of no use if nothing tells whether it is still the same.
  @Test
  void beginsAnewWhereTheServerTellsNoVersions() throws Exception {
    answer((exchange, request) -> {
      exchange.sendResponseHeaders(200, CONTENT.length);
      exchange.getResponseBody().write(CONTENT, 0, request == 1 ? 1000 : CONTENT.length);
      exchange.getResponseBody().flush();
    });
    bring(file());
    assertBrought(CONTENT);
  }

  @Test
  void beginsAnewWhereTheServerSendsNoParts() throws Exception {
    answer((exchange, request) -> {
      exchange.getResponseHeaders().set("ETag", "\"a\"");
      exchange.sendResponseHeaders(200, CONTENT.length);
      exchange.getResponseBody().write(CONTENT, 0, request <= 2 ? 50_000 : CONTENT.length);
      exchange.getResponseBody().flush();
    });
    bring(file());
    assertBrought(CONTENT);
    assertEquals(3, ranges.size());
  }

  @Test
  void givesUpOnAServerThatAlwaysCutsAtTheSamePlace() throws Exception {
    answer((exchange, _) -> {
      exchange.getResponseHeaders().set("ETag", "\"a\"");
      exchange.sendResponseHeaders(200, CONTENT.length);
      exchange.getResponseBody().write(CONTENT, 0, 50_000);
      exchange.getResponseBody().flush();
    });
    assertTrue(refusal(file()).contains("as in 3 tries in a row"));
    assertEquals(4, ranges.size()); // the first one brought something
  }

  /// A part that is not what follows on what has come would make a file of two halves.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "bytes 5-299999/300000",
        "bytes 100-199/*",
        "garbage",
        "bytes 99999999999999999999-5/6"
      })
  void takesNoOtherPartThanItAskedFor(String range) throws Exception {
    answer((exchange, request) -> {
      if (request == 2) {
        exchange.getResponseHeaders().set("Content-Range", range);
        exchange.sendResponseHeaders(206, 100);
        exchange.getResponseBody().write(new byte[100]);
      } else {
        serve(exchange, CONTENT, "\"a\"", request == 1 ? 100_000 : Integer.MAX_VALUE);
      }
    });
    bring(file());
    assertBrought(CONTENT);
  }

  @Test
  void waitsForNoSilentServer() throws Exception {
    answer((exchange, request) -> {
      if (request == 1) {
        exchange.getResponseHeaders().set("ETag", "\"a\"");
        exchange.sendResponseHeaders(200, CONTENT.length);
        exchange.getResponseBody().write(CONTENT, 0, 100_000);
        exchange.getResponseBody().flush();
        Thread.sleep(3000);
      } else {
        serve(exchange, CONTENT, "\"a\"", Integer.MAX_VALUE);
      }
    });
    long start = System.nanoTime();
    bring(file());
    assertBrought(CONTENT);
    assertTrue(System.nanoTime() - start < 2_500_000_000L);
    assertTrue(said.stream().anyMatch(line -> line.contains("nothing came for")), said.toString());
  }

  @Test
  void takesAFileOfUnknownLength() throws Exception {
    answer((exchange, _) -> {
      exchange.sendResponseHeaders(200, 0); // in chunks
      exchange.getResponseBody().write(CONTENT);
    });
    bring(file());
    assertBrought(CONTENT);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "404 | URL is not there (the server answers 404); addresses change: look for it at https://page and give the new one by --from URL, or download it with a browser to m.gz and run the same command again, which checks it",
        "403 | URL may not be had (the server answers 403); addresses change",
        "418 | URL cannot be had (the server answers 418); addresses change"
      })
  void saysWhatTheServerRefused(int status, String sentence) throws Exception {
    answer((exchange, _) -> exchange.sendResponseHeaders(status, -1));
    String refusal = refusal(file());
    assertTrue(refusal.startsWith(sentence), refusal);
    assertEquals(1, ranges.size());
    assertEquals(List.of(), names());
  }

  @Test
  void takesNoWebPageForAMatrix() throws Exception {
    answer((exchange, _) -> {
      byte[] page = "<html>Please log in</html>".getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
      exchange.sendResponseHeaders(200, page.length);
      exchange.getResponseBody().write(page);
    });
    assertTrue(refusal(file()).startsWith("URL sends a web page in place of m.gz"));
    assertEquals(List.of(), names());
  }

  @Test
  void followsRedirections() throws Exception {
    answer((exchange, _) -> {
      if (exchange.getRequestURI().getPath().equals("/m.gz")) {
        exchange.getResponseHeaders().set("Location", "/there");
        exchange.sendResponseHeaders(302, -1);
      } else {
        serve(exchange, CONTENT, "\"a\"", 100_000);
      }
    });
    bring(file());
    assertBrought(CONTENT);
  }

  @Test
  void followsNoCircle() throws Exception {
    answer((exchange, _) -> {
      exchange.getResponseHeaders().set("Location", "/m.gz");
      exchange.sendResponseHeaders(302, -1);
    });
    String refusal = refusal(file());
    assertTrue(refusal.startsWith("URL sends on to /m.gz, which is not followed"), refusal);
  }

  @Test
  void checksTheServersMd5() throws Exception {
    byte[] wrong = gzip(1000, 9);
    answer((exchange, request) -> {
      exchange.getResponseHeaders().set("Server", "AmazonS3");
      serve(
          exchange,
          request == 1 ? wrong : CONTENT,
          "\"" + hex("MD5", CONTENT) + "\"",
          Integer.MAX_VALUE);
    });
    String refusal = refusal(file());
    assertTrue(
        refusal.startsWith(
            "URL: what came has MD5 %s but the server says %s; it was removed"
                .formatted(hex("MD5", wrong), hex("MD5", CONTENT))),
        refusal);
    assertEquals(List.of(), names());
    bring(file());
    assertBrought(CONTENT);
  }

  @Test
  void checksTheSha256ThatIsDemanded() throws Exception {
    answer((exchange, _) -> serve(exchange, CONTENT, "\"a\"", Integer.MAX_VALUE));
    String other = "0".repeat(64);
    assertTrue(
        refusal(file().with(other))
            .startsWith(
                "URL: what came has SHA-256 %s and not %s"
                    .formatted(hex("SHA-256", CONTENT), other)));
    assertEquals(List.of(), names());
    bring(file().with(hex("SHA-256", CONTENT)));
    assertBrought(CONTENT);
    assertEquals(
        "m.gz: its SHA-256 is %s and not %s; move it away and run the same command again"
            .formatted(hex("SHA-256", CONTENT), other),
        refusal(file().with(other)));
  }

  @Test
  void noticesDamageByGzipsOwnChecksum() throws Exception {
    byte[] damaged = CONTENT.clone();
    damaged[damaged.length - 6] ^= 1;
    answer((exchange, _) -> serve(exchange, damaged, "\"a\"", Integer.MAX_VALUE));
    assertTrue(refusal(file()).startsWith("URL: what came is not right: it is no gzip file, or"));
    assertEquals(List.of(), names());
  }

  @Test
  void noticesThatTheServersFileIsCutShort() throws Exception {
    byte[] cut = Arrays.copyOf(CONTENT, CONTENT.length / 2);
    answer((exchange, _) -> serve(exchange, cut, "\"a\"", Integer.MAX_VALUE));
    assertTrue(refusal(file()).startsWith("URL: what came is not right: it is cut short"));
  }

  @Test
  void writesOverNothingThatIsThere() throws Exception {
    Files.writeString(folder.resolve("m.gz"), "mine");
    answer((exchange, _) -> serve(exchange, CONTENT, "\"a\"", Integer.MAX_VALUE));
    assertTrue(refusal(file()).startsWith("m.gz: it is no gzip file"));
    assertEquals("mine", Files.readString(folder.resolve("m.gz")));
    assertEquals(List.of(), ranges);
  }

  @Test
  void noticesThatAFileChangedSinceItCame() throws Exception {
    answer((exchange, _) -> serve(exchange, CONTENT, "\"a\"", Integer.MAX_VALUE));
    bring(file());
    Files.write(folder.resolve("m.gz"), gzip(1000, 3));
    assertEquals(
        "m.gz: it is not what was downloaded, by m.gz.sha256; move it away and run the same command again",
        refusal(file()));
  }

  /// What a person downloaded by hand.
  @Test
  void takesAFileThatWasPutThere() throws Exception {
    Files.write(folder.resolve("m.gz"), CONTENT);
    bring(file());
    assertBrought(CONTENT);
  }

  /// It has no checksum of its own, and nobody told one.
  @Test
  void promisesNothingOfAFileThatCannotBeChecked() throws Exception {
    PublicFile plain =
        new PublicFile(
            "p", "", "", address(), "p.tsv", 0, "https://page", "", "", "", "", false, List.of());
    Files.writeString(folder.resolve("p.tsv"), "id\tgene\n");
    bring(plain);
    assertTrue(said.getLast().contains("has nothing that it could be compared with"));
    bring(plain);
    assertTrue(said.getLast().contains("is whole"), said.getLast());
  }

  @Test
  void twoDoNotDownloadTheSameAtOnce() throws Exception {
    try (PartFile _ = PartFile.open(folder.resolve("m.gz"), address())) {
      assertEquals(
          "m.gz.part is being downloaded by another process; wait for it, or end it first",
          refusal(file()));
    }
  }

  @Test
  void whatSomebodyElseLeftUnderTheNameOfAPartStays() throws Exception {
    Path mine = Files.writeString(folder.resolve("m.gz.part"), "mine");
    assertEquals(
        "m.gz.part is there and is no part of an earlier download; move it away, or give --out another folder",
        refusal(file()));
    assertEquals("mine", Files.readString(mine));
    assertEquals(List.of("m.gz.part"), names());
  }

  @Test
  void saysWhatToDoWithoutANetwork() throws Exception {
    int nobody;
    try (ServerSocket socket = new ServerSocket(0)) {
      nobody = socket.getLocalPort();
    }
    PublicFile elsewhere = file().at(URI.create("http://127.0.0.1:" + nobody + "/m.gz"));
    String refusal = refusal(elsewhere);
    assertTrue(
        refusal.endsWith(
            "is this machine offline, or behind a proxy that HTTPS_PROXY should name? If so, set that, or download it with a browser to m.gz and run the same command again, which checks it"),
        refusal);
    assertTrue(refusal.startsWith(elsewhere.url() + ": cannot be reached"), refusal);
    assertEquals(List.of(), names());
    assertTrue(
        refusal(file().at(URI.create("http://host.invalid/m.gz")))
            .startsWith("http://host.invalid/m.gz: cannot be reached"));
  }

  @Test
  void saysThatAServerIsNotWhoItSays() {
    // This one does not speak TLS at all.
    URI safe = URI.create(address().toString().replace("http:", "https:"));
    answer((exchange, _) -> serve(exchange, CONTENT, "\"a\"", Integer.MAX_VALUE));
    String refusal =
        String.valueOf(assertThrows(UserError.class, () -> bring(file().at(safe))).getMessage());
    assertTrue(refusal.startsWith(safe + ": "), refusal);
  }

  @Test
  void goesThroughTheProxyOfTheEnvironment() throws Exception {
    List<String> hosts = new ArrayList<>();
    answer((exchange, _) -> {
      hosts.add(exchange.getRequestURI().getHost());
      serve(exchange, CONTENT, "\"a\"", Integer.MAX_VALUE);
    });
    String proxy = "http://127.0.0.1:" + server.getAddress().getPort();
    PublicFile far = file().at(URI.create("http://host.invalid/m.gz"));
    fetch(Map.of("HTTP_PROXY", proxy)).bring(far);
    assertBrought(CONTENT);
    assertEquals(List.of("host.invalid"), hosts);
    Files.delete(folder.resolve("m.gz"));
    assertThrows(
        UserError.class,
        () -> fetch(Map.of("http_proxy", proxy, "NO_PROXY", "a.org,.invalid")).bring(far));
    assertEquals(
        "the proxy that HTTPS_PROXY, HTTP_PROXY or ALL_PROXY names must be an address such as http://proxy:3128, without a password; set it otherwise, or download the file by hand",
        assertThrows(
                UserError.class,
                () -> fetch(Map.of("all_proxy", "http://me:secret@proxy:1")).bring(far))
            .getMessage());
    assertThrows(UserError.class, () -> fetch(Map.of("all_proxy", "proxy:65536")).bring(far));
    assertFalse(said.toString().contains("secret"));
  }
}
