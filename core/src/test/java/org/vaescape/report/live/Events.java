package org.vaescape.report.live;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.function.Predicate;

/// A browser's connection.
final class Events implements AutoCloseable {
  /// A stream that keeps saying that it is still there heeds no timeout.
  private static final int MOST_SILENT = 3;

  private final BufferedReader in;

  /// Of the last event.
  String id = "";

  Events(HttpClient client, int port, String path, String lastId) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://localhost:" + port + path));
    if (!lastId.isEmpty()) {
      request.header("Last-Event-ID", lastId);
    }
    in =
        new BufferedReader(
            new InputStreamReader(
                client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream()).body(),
                StandardCharsets.UTF_8));
  }

  JsonNode next() throws IOException {
    for (int silent = 0; silent < MOST_SILENT; ) {
      String line = Objects.requireNonNull(in.readLine(), "the stream has ended");
      if (line.startsWith("id: ")) {
        id = line.substring("id: ".length());
      } else if (line.startsWith("data: ")) {
        return LiveEvent.JSON.readTree(line.substring("data: ".length()));
      }
      silent += line.equals(": still here") ? 1 : 0;
    }
    throw new AssertionError("nothing came");
  }

  JsonNode until(Predicate<JsonNode> rule) throws IOException {
    JsonNode news = next();
    while (!rule.test(news)) {
      news = next();
    }
    return news;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
