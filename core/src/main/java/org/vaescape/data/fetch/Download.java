package org.vaescape.data.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.ProxySelector;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.vaescape.UserError;

/// Brings one file over HTTP into its [PartFile]: goes on where an earlier try stopped if the file
/// is still the same there, begins anew if not, and tries again when a connection is cut.
///
/// Redirections are followed, but never from https to http.
final class Download implements AutoCloseable {
  /// What is worth another try; 429 and 503 often come with the time to wait.
  private static final Set<Integer> PASSING = Set.of(408, 425, 429, 500, 502, 503, 504);

  private static final int OK = 200;
  private static final int PARTIAL = 206;
  private static final int UNSATISFIABLE = 416;
  private static final int BUFFER = 1 << 16;
  private final PublicFile wanted;
  private final Path target;
  private final Patience patience;
  private final HttpClient client;
  private final FetchListener listener;

  /// What the server said of the file that is now there.
  ///
  /// @param md5 32 hexadecimal digits, or empty where its tag is none
  record Complete(long bytes, String md5) {}

  Download(
      PublicFile wanted,
      Path target,
      Patience patience,
      ProxySelector proxies,
      FetchListener listener) {
    this.wanted = wanted;
    this.target = target;
    this.patience = patience;
    this.listener = listener;
    client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NORMAL)
            .connectTimeout(patience.connect())
            .proxy(proxies)
            .build();
  }

  /// A try that may go better next time.
  private static final class Cut extends IOException {
    private static final long serialVersionUID = 1L;
    private final Duration wait;

    Cut(String message, Duration wait) {
      super(message);
      this.wait = wait;
    }
  }

  /// The disk failed, not the network.
  private static final class Unwritten extends IOException {
    private static final long serialVersionUID = 1L;

    Unwritten(IOException cause) {
      super(UserError.reason(cause), cause);
    }
  }

  /// Until all of it is there.
  ///
  /// @throws UserError if it cannot be had; what has come is kept for the next time
  Complete into(PartFile part) throws IOException, InterruptedException {
    PartFile.Origin before = part.origin();
    if (part.size() > 0 && part.size() == before.length()) {
      return new Complete(part.size(), before.md5()); // ended before it was checked
    }
    long farthest = part.size();
    int inVain = 0;
    while (true) {
      try {
        return attempt(part);
      } catch (Unwritten e) {
        throw unwritten(part, e);
      } catch (IOException e) {
        refuseHopeless(e, part);
        inVain = part.size() > farthest ? 0 : inVain + 1;
        farthest = Math.max(farthest, part.size());
        if (inVain >= patience.attempts()) {
          throw new UserError(
              "%s: %s, as in %s tries in a row; %srun the same command again later, or %s"
                  .formatted(wanted.url(), said(e), inVain, kept(part), byHand()),
              e);
        }
        Duration pause = patience.pause().multipliedBy(1L << Math.max(0, inVain - 1));
        if (e instanceof Cut cut && cut.wait.compareTo(pause) > 0) {
          pause = cut.wait;
        }
        listener.say(
            "%s: %s; trying again in %s s"
                .formatted(wanted.file(), said(e), Math.ceilDiv(pause.toMillis(), 1000)));
        Thread.sleep(pause);
      }
    }
  }

  private Complete attempt(PartFile part) throws IOException, InterruptedException {
    HttpResponse<InputStream> response = client.send(request(part), BodyHandlers.ofInputStream());
    try (InputStream body = response.body()) {
      ServerFile there = new ServerFile(response.headers());
      long length = begin(part, response.statusCode(), there);
      if (length >= 0 && part.size() > length) {
        part.beginAnew(PartFile.Origin.NONE);
        throw new Cut("more had come than there is", Duration.ZERO);
      }
      if (length < 0 || part.size() < length) {
        requireRoom(part, length);
        copy(body, part, length);
      }
      if (length >= 0 && part.size() != length) {
        throw new Cut(
            "the connection ended after %s of %s bytes".formatted(part.size(), length),
            Duration.ZERO);
      }
      return new Complete(part.size(), there.md5());
    }
  }

  private HttpRequest request(PartFile part) throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(wanted.url())
            .timeout(patience.connect())
            .header("User-Agent", "vaescape")
            .header("Accept-Encoding", "identity");
    if (part.size() > 0) {
      request
          .header("Range", "bytes=%s-".formatted(part.size()))
          .header("If-Range", part.origin().validator());
    }
    return request.build();
  }

  /// Readies the part for the body of a response.
  ///
  /// @return bytes of the whole file, or -1 where the server does not say
  private long begin(PartFile part, int status, ServerFile there) throws IOException {
    if (PASSING.contains(status)) {
      throw new Cut("the server answers %s".formatted(status), there.pause());
    }
    if (status == UNSATISFIABLE && part.size() > 0) {
      part.beginAnew(PartFile.Origin.NONE);
      throw new Cut("what had come is no part of the file now", Duration.ZERO);
    }
    if (status != OK && status != PARTIAL) {
      throw refused(status, there.headers());
    }
    if (there.isWebPage()) {
      throw new UserError(
          "%s sends a web page in place of %s, as networks do that want a login first; log in, or %s"
              .formatted(wanted.url(), wanted.file(), byHand()));
    }
    if (status == PARTIAL) {
      OptionalLong length = there.following(part.size(), part.origin());
      if (length.isPresent()) {
        return length.getAsLong();
      }
      part.beginAnew(PartFile.Origin.NONE);
      throw new Cut("the server sends another part than was asked for", Duration.ZERO);
    }
    if (part.size() > 0) {
      listener.say(
          "%s: the server begins anew (it has changed there, or the server sends no parts)"
              .formatted(wanted.file()));
    }
    part.beginAnew(there.origin(wanted.url().toString()));
    return there.length();
  }

  private void copy(InputStream body, PartFile part, long length) throws IOException {
    byte[] buffer = new byte[BUFFER];
    try (Watch watch = Watch.over(body, patience.stall())) {
      int count;
      while ((count = next(body, buffer, watch)) >= 0) {
        try {
          part.append(ByteBuffer.wrap(buffer, 0, count));
        } catch (IOException e) {
          throw new Unwritten(e);
        }
        listener.progress(part.size(), length);
      }
    }
  }

  private int next(InputStream body, byte[] buffer, Watch watch) throws IOException {
    int count = -1;
    try {
      count = body.read(buffer);
    } catch (IOException e) {
      if (!watch.stalled()) {
        throw e;
      }
    }
    if (watch.stalled()) {
      throw new Cut("nothing came for " + patience.stall().toSeconds() + " s", Duration.ZERO);
    }
    watch.sawData();
    return count;
  }

  private void requireRoom(PartFile part, long length) throws IOException {
    long free = Files.getFileStore(part.path()).getUsableSpace();
    long left = length - part.size();
    if (left > free) {
      throw new UserError(
          "%s: %s MB are still to come but only %s MB are free there; free some space, or give --out a folder on another disk"
              .formatted(target, Math.ceilDiv(left, 1_000_000), free / 1_000_000));
    }
  }

  private UserError unwritten(PartFile part, Unwritten failure) {
    return new UserError(
        "%s cannot be written (%s); it keeps what has come: free some space and run the same command again, which goes on from there"
            .formatted(part.path(), failure.getMessage()),
        failure);
  }

  private UserError refused(int status, HttpHeaders headers) {
    String what =
        switch (status) {
          case 401, 403 -> "may not be had (the server answers %s)".formatted(status);
          case 404, 410 -> "is not there (the server answers %s)".formatted(status);
          default ->
              status >= 300 && status < 400
                  ? "sends on to %s, which is not followed (never from https to http, and five times at most)"
                      .formatted(headers.firstValue("Location").orElse("nowhere"))
                  : "cannot be had (the server answers %s)".formatted(status);
        };
    return new UserError(
        "%s %s; addresses change: look for it at %s and give the new one by --from URL, or %s"
            .formatted(wanted.url(), what, wanted.page(), byHand()));
  }

  /// Ends where another try is no use: without a network, or where the server is not who it says.
  private void refuseHopeless(IOException failure, PartFile part) throws IOException {
    Optional<Throwable> unsafe =
        causes(failure)
            .filter(
                e -> e instanceof SSLHandshakeException || e instanceof SSLPeerUnverifiedException)
            .findFirst();
    if (unsafe.isPresent()) {
      throw new UserError(
          "%s: no safe connection to %s (%s), as where a proxy reads along whose certificate Java does not know; name a trust store by VAESCAPE_JAVA_OPTIONS=-Djavax.net.ssl.trustStore=FILE, or %s"
              .formatted(wanted.url(), wanted.url().getHost(), unsafe.get().getMessage(), byHand()),
          failure);
    }
    // A network that brought something may come back.
    if (part.size() == 0 && causes(failure).anyMatch(Download::meansNoConnection)) {
      boolean unknown =
          causes(failure)
              .anyMatch(e ->
                  e instanceof UnknownHostException || e instanceof UnresolvedAddressException);
      throw new UserError(
          "%s: cannot be reached (%s); is this machine offline, or behind a proxy that HTTPS_PROXY should name? If so, set that, or %s"
              .formatted(
                  wanted.url(),
                  unknown ? "the name of its host is not known here" : "its host does not answer",
                  byHand()),
          failure);
    }
  }

  private static Stream<Throwable> causes(Throwable failure) {
    return Stream.iterate(failure, Objects::nonNull, Throwable::getCause);
  }

  private static boolean meansNoConnection(Throwable failure) {
    return failure instanceof ConnectException
        || failure instanceof HttpConnectTimeoutException
        || failure instanceof NoRouteToHostException
        || failure instanceof UnknownHostException
        || failure instanceof UnresolvedAddressException;
  }

  private static String said(IOException failure) {
    return switch (failure) {
      case Cut _ -> String.valueOf(failure.getMessage());
      case HttpTimeoutException _ -> "no answer came in time";
      default -> {
        String message = String.valueOf(failure.getMessage());
        yield "the connection was cut"
            + Optional.of(message)
                .filter(m -> !m.equals("null"))
                .map(m -> " (" + m + ")")
                .orElse("");
      }
    };
  }

  private static String kept(PartFile part) throws IOException {
    return part.size() == 0
        ? ""
        : "%s keeps the %s bytes that came: ".formatted(part.path(), part.size());
  }

  /// Ends connections, and the threads that serve them.
  @Override
  public void close() {
    client.shutdownNow();
  }

  /// What a person can do without us.
  private String byHand() {
    return "download it with a browser to %s and run the same command again, which checks it"
        .formatted(target);
  }
}
