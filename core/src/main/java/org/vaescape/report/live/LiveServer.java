package org.vaescape.report.live;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/// Shows studies to browsers while they run: a page, and events that keep it up to date.
///
/// Answers fixed addresses alone. No part of a request becomes a path of a file, so that nothing
/// but the page, what it says of the studies, and their reports can be had.
public final class LiveServer implements AutoCloseable {
  private static final int OK = 200;
  private static final int NOT_FOUND = 404;
  private static final int NOT_ALLOWED = 405;
  private static final int BUSY = 503;
  private static final int NO_BODY = -1;

  private static final long POLL_MILLIS = 250;
  private static final int MOST_STREAMS = 200;

  /// Scripts of the report are inside of it; it needs nothing from elsewhere.
  private static final String REPORT_POLICY =
      "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline' 'unsafe-eval'; img-src data: blob:; font-src data:; connect-src data: blob:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private final Supplier<List<StudyFolder>> folders;
  private final boolean several;
  private final InstantSource clock;
  private final LivePage page;
  private final LivePage start;
  private final List<HttpServer> servers = new ArrayList<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Thread poller = Thread.ofPlatform().name("poller").daemon().unstarted(this::work);
  private final Set<EventStream> streams = ConcurrentHashMap.newKeySet();
  private final ListFeed list = new ListFeed();
  private final Access access;
  private final String id;

  /// By the folder's name; replaced as a whole.
  private volatile SequencedMap<String, StudyFeed> feeds = new LinkedHashMap<>();

  private LiveServer(
      Supplier<List<StudyFolder>> folders,
      boolean several,
      InstantSource clock,
      List<InetAddress> addresses,
      int port)
      throws IOException {
    this.folders = folders;
    this.several = several;
    this.clock = clock;
    this.page = LivePage.of(false);
    this.start = LivePage.of(true);
    this.id = Long.toHexString(clock.millis());
    servers.add(HttpServer.create(new InetSocketAddress(addresses.getFirst(), port), 0));
    for (InetAddress other : addresses.subList(1, addresses.size())) {
      try {
        servers.add(HttpServer.create(new InetSocketAddress(other, port()), 0));
      } catch (IOException e) {
        // No IPv6 here, or the port is taken there: the first address is enough.
      }
    }
    this.access = Access.to(addresses, port());
  }

  /// Starts to serve.
  ///
  /// @param folders of the studies now, the same objects each time; asked again and again by one
  ///   thread
  /// @param several whether the start page is a list
  /// @param addresses to listen on; only the first must be free
  /// @param port 0 for any that is free
  /// @throws IOException if the port is taken, or the address is not of this machine
  public static LiveServer start(
      Supplier<List<StudyFolder>> folders,
      boolean several,
      InstantSource clock,
      List<InetAddress> addresses,
      int port)
      throws IOException {
    LiveServer server = new LiveServer(folders, several, clock, addresses, port);
    server.poll();
    server.poller.start();
    for (HttpServer one : server.servers) {
      one.setExecutor(server.threads);
      one.createContext("/", server::answer);
      one.start();
    }
    return server;
  }

  public int port() {
    return servers.getFirst().getAddress().getPort();
  }

  /// An address as the host of a URL.
  public static String host(InetAddress address) {
    String text = address.getHostAddress();
    return text.contains(":") ? "[" + text + "]" : text;
  }

  /// What stands after `http://HOST:PORT`: a slash, and the token where one is needed.
  public String path() {
    return access.token().map(token -> "/?token=" + token).orElse("/");
  }

  /// Ends at once, whatever browsers are being told.
  @Override
  public void close() {
    poller.interrupt();
    servers.forEach(server -> server.stop(0));
    threads.shutdownNow();
  }

  private void work() {
    try {
      while (true) {
        Thread.sleep(POLL_MILLIS);
        pollIfPossible();
        streams.forEach(EventStream::endIfStalled);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Whatever goes wrong with the folders may pass; until then what was there is shown.
  private void pollIfPossible() {
    try {
      poll();
    } catch (RuntimeException e) {
      // Told by nobody: the next look is soon.
    }
  }

  private void poll() {
    SequencedMap<String, StudyFeed> now = new LinkedHashMap<>();
    for (StudyFolder folder : folders.get()) {
      String name = String.valueOf(folder.path().getFileName());
      StudyFeed before = feeds.get(name);
      now.put(
          name,
          before != null && before.folder().equals(folder) ? before : new StudyFeed(folder, clock));
    }
    now.values().forEach(StudyFeed::poll);
    feeds = now;
    list.show(now.values().stream().map(StudyFeed::progress).toList());
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      Headers headers = exchange.getResponseHeaders();
      headers.set("Cache-Control", "no-store");
      headers.set("X-Content-Type-Options", "nosniff");
      headers.set("Referrer-Policy", "no-referrer");
      headers.set("Cross-Origin-Resource-Policy", "same-origin");
      headers.set("Content-Security-Policy", "default-src 'none'");
      if (!exchange.getRequestMethod().equals("GET")) {
        headers.set("Allow", "GET");
        exchange.sendResponseHeaders(NOT_ALLOWED, NO_BODY);
        return;
      }
      Optional<Access.Refusal> refusal =
          access.refusal(exchange.getRequestURI(), exchange.getRequestHeaders());
      if (refusal.isPresent()) {
        say(exchange, refusal.get().status(), refusal.get().reason());
        return;
      }
      if (access.token().isPresent() && access.inQuery(exchange.getRequestURI())) {
        // Out of the address, where it would be seen, kept and passed on.
        headers.set("Set-Cookie", access.setCookie());
      }
      route(exchange);
    }
  }

  /// `/`, `/events` and `/report` of a study; with several of them these below `/study/NAME`.
  private void route(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    Map<String, StudyFeed> now = feeds;
    if (!several) {
      Optional<StudyFeed> only = now.values().stream().findFirst();
      study(exchange, only, path);
    } else if (path.equals("/")) {
      show(exchange, start);
    } else if (path.equals("/events")) {
      stream(exchange, list);
    } else if (path.startsWith("/study/")) {
      String rest = path.substring("/study/".length());
      int slash = rest.indexOf('/');
      Optional<StudyFeed> named =
          slash < 0 ? Optional.empty() : Optional.ofNullable(now.get(rest.substring(0, slash)));
      study(exchange, named, slash < 0 ? "" : rest.substring(slash));
    } else {
      say(exchange, NOT_FOUND, "there is no such page");
    }
  }

  private void study(HttpExchange exchange, Optional<StudyFeed> feed, String path)
      throws IOException {
    if (feed.isPresent() && path.equals("/")) {
      show(exchange, page);
    } else if (feed.isPresent() && path.equals("/events")) {
      stream(exchange, feed.get());
    } else if (feed.isPresent() && path.equals("/report")) {
      report(exchange, feed.get().folder().path());
    } else {
      say(exchange, NOT_FOUND, "there is no such page");
    }
  }

  private static void show(HttpExchange exchange, LivePage page) throws IOException {
    exchange.getResponseHeaders().set("Content-Security-Policy", page.policy());
    send(exchange, OK, "text/html", page.html().getBytes(StandardCharsets.UTF_8));
  }

  private void stream(HttpExchange exchange, Feed feed) throws IOException {
    if (streams.size() >= MOST_STREAMS) {
      say(exchange, BUSY, "too many pages are open");
      return;
    }
    EventStream stream = new EventStream(exchange, feed, id);
    streams.add(stream);
    try {
      stream.serve();
    } finally {
      streams.remove(stream);
    }
  }

  private static void report(HttpExchange exchange, Path folder) throws IOException {
    Path file = folder.resolve("report.html");
    // A link could lead out of the folder.
    if (!Files.isRegularFile(file) || !file.toRealPath().startsWith(folder.toRealPath())) {
      say(exchange, NOT_FOUND, "there is no report yet");
      return;
    }
    exchange.getResponseHeaders().set("Content-Security-Policy", REPORT_POLICY);
    send(exchange, OK, "text/html", Files.readAllBytes(file));
  }

  private static void say(HttpExchange exchange, int status, String sentence) throws IOException {
    send(exchange, status, "text/plain", (sentence + "\n").getBytes(StandardCharsets.UTF_8));
  }

  private static void send(HttpExchange exchange, int status, String type, byte[] content)
      throws IOException {
    exchange.getResponseHeaders().set("Content-Type", type + "; charset=utf-8");
    exchange.sendResponseHeaders(status, content.length);
    exchange.getResponseBody().write(content);
  }
}
