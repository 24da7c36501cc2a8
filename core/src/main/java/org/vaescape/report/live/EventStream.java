package org.vaescape.report.live;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Tells one browser of a feed until it goes away. Runs on a thread of its own, so that nobody
/// waits for a browser that does not read.
final class EventStream {
  /// Also how soon a browser that went away is noticed.
  private static final long KEEP_ALIVE_MILLIS = 5_000;

  /// A browser that takes nothing for so long is given up; it comes back when it can.
  private static final long STALLED_NANOS = 30_000_000_000L;

  private static final long IDLE = Long.MIN_VALUE;

  private final HttpExchange exchange;
  private final Feed feed;
  private final String server;
  private volatile long writingSince = IDLE;

  /// @param server tells the versions of this server from those of one before it
  EventStream(HttpExchange exchange, Feed feed, String server) {
    this.exchange = exchange;
    this.feed = feed;
    this.server = server;
  }

  /// Returns, at the latest, when the exchange is closed.
  void serve() throws IOException {
    long known = known();
    exchange.getResponseHeaders().set("Content-Type", "text/event-stream; charset=utf-8");
    exchange.sendResponseHeaders(200, 0);
    OutputStream out = exchange.getResponseBody();
    write(out, "retry: 1000\n\n");
    try {
      while (true) {
        Optional<Feed.News> news = feed.after(known, KEEP_ALIVE_MILLIS);
        if (news.isPresent()) {
          known = news.get().version();
          write(out, "id: %s-%s\ndata: %s\n\n".formatted(server, known, news.get().data()));
        } else {
          write(out, ": still here\n\n");
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Ends it if the browser has taken nothing for long.
  void endIfStalled() {
    long since = writingSince;
    if (since != IDLE && System.nanoTime() - since > STALLED_NANOS) {
      exchange.close();
    }
  }

  private void write(OutputStream out, String text) throws IOException {
    writingSince = System.nanoTime();
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
    writingSince = IDLE;
  }

  /// The version that the browser says it has; 0 if it is none of ours.
  private long known() {
    String id =
        Optional.ofNullable(exchange.getRequestHeaders().getFirst("Last-Event-ID")).orElse("");
    String version = id.startsWith(server + "-") ? id.substring(server.length() + 1) : "";
    return version.matches("[0-9]{1,18}") && Long.parseLong(version) <= feed.version()
        ? Long.parseLong(version)
        : 0;
  }
}
