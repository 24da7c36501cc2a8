package org.vaescape.report.live;

import com.sun.net.httpserver.Headers;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Who may see the page.
///
/// On a loopback address everybody on this machine: the request must name that address, or one that
/// every machine calls itself, so that no site of the web reaches it under a name of its own (DNS
/// rebinding). On any other address whoever has the token, once in the address, then in a cookie.
///
/// @param token empty on a loopback address
/// @param cookie its name: browsers share cookies between the ports of a host
/// @param hosts that requests without a token may name, in lower case
record Access(Optional<String> token, String cookie, Set<String> hosts) {
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");
  private static final int TOKEN_BYTES = 16;
  private static final int FORBIDDEN = 403;
  private static final int UNAUTHORIZED = 401;

  /// @param addresses that the server listens on
  static Access to(List<InetAddress> addresses, int port) {
    byte[] bytes = new byte[TOKEN_BYTES];
    new SecureRandom().nextBytes(bytes);
    return new Access(
        addresses.stream().allMatch(InetAddress::isLoopbackAddress)
            ? Optional.empty()
            : Optional.of(HexFormat.of().formatHex(bytes)),
        "vaescape-" + port,
        Stream.concat(LOOPBACK.stream(), addresses.stream().map(LiveServer::host))
            .collect(Collectors.toSet()));
  }

  /// Why a request is turned away.
  record Refusal(int status, String reason) {}

  Optional<Refusal> refusal(URI request, Headers headers) {
    String host = Optional.ofNullable(headers.getFirst("Host")).orElse("");
    if (token.isEmpty() && !hosts.contains(withoutPort(host))) {
      return Optional.of(
          new Refusal(
              FORBIDDEN,
              "this page is served under the address that vaescape serve printed, and localhost, alone"));
    }
    String origin = headers.getFirst("Origin");
    if (origin != null && !origin.equals("http://" + host)) {
      return Optional.of(new Refusal(FORBIDDEN, "requests of other sites are not answered"));
    }
    boolean known = token.isEmpty() || inQuery(request) || inCookie(headers);
    return known
        ? Optional.empty()
        : Optional.of(
            new Refusal(
                UNAUTHORIZED, "open the address that vaescape serve printed, with its token"));
  }

  /// Whether the request's address has the right token.
  boolean inQuery(URI request) {
    String query = Optional.ofNullable(request.getQuery()).orElse("");
    return has(query.split("&", -1), "token=");
  }

  /// Text of a `Set-Cookie` that takes the place of the token in the address.
  String setCookie() {
    return "%s=%s; Path=/; HttpOnly; SameSite=Lax".formatted(cookie, token.orElseThrow());
  }

  private boolean inCookie(Headers headers) {
    return headers.getOrDefault("Cookie", List.of()).stream()
        .anyMatch(line -> has(line.split(";", -1), cookie + "="));
  }

  private boolean has(String[] entries, String name) {
    return Arrays.stream(entries)
        .map(String::strip)
        .filter(entry -> entry.startsWith(name))
        .anyMatch(entry -> isToken(entry.substring(name.length())));
  }

  /// In a time that does not tell how much of it is right.
  private boolean isToken(String text) {
    return token.isPresent()
        && MessageDigest.isEqual(
            text.getBytes(StandardCharsets.UTF_8), token.get().getBytes(StandardCharsets.UTF_8));
  }

  private static String withoutPort(String host) {
    return host.replaceFirst(":[0-9]+$", "").toLowerCase(Locale.ROOT);
  }
}
