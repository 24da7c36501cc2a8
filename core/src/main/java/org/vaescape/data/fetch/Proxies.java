package org.vaescape.data.fetch;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.vaescape.UserError;

/// The proxies that the environment names, as other programs take them: `HTTPS_PROXY`,
/// `HTTP_PROXY`, `ALL_PROXY` and `NO_PROXY`, in capitals or not. Java by itself looks at none of
/// them.
final class Proxies extends ProxySelector {
  private static final Pattern COMMA = Pattern.compile("[, ]+");
  private static final Pattern ADDRESS =
      Pattern.compile("(?:http://)?([\\w.-]+|\\[[\\da-fA-F:.]+])(?::(\\d{1,5}))?/?");

  private static final int HTTP_PORT = 80;
  private static final int LARGEST_PORT = 65535;

  private final Map<String, Proxy> byScheme;
  private final List<String> exceptions;

  private Proxies(Map<String, String> environment) {
    byScheme = new HashMap<>();
    for (String scheme : List.of("http", "https")) {
      String own = value(environment, scheme + "_proxy");
      String named = own.isEmpty() ? value(environment, "all_proxy") : own;
      if (!named.isEmpty()) {
        byScheme.put(scheme, new Proxy(Proxy.Type.HTTP, address(named)));
      }
    }
    exceptions =
        COMMA
            .splitAsStream(value(environment, "no_proxy"))
            .map(suffix -> suffix.startsWith(".") ? suffix.substring(1) : suffix)
            .toList();
  }

  /// What to ask; Java's own, which its properties steer, where the environment names no proxy.
  ///
  /// @throws UserError if what it names is none
  static ProxySelector of(Map<String, String> environment) {
    Proxies named = new Proxies(environment);
    return named.byScheme.isEmpty() ? ProxySelector.getDefault() : named;
  }

  private static String value(Map<String, String> environment, String name) {
    String small = environment.getOrDefault(name, "");
    return small.isEmpty() ? environment.getOrDefault(name.toUpperCase(Locale.ROOT), "") : small;
  }

  @Override
  public List<Proxy> select(URI uri) {
    String host = String.valueOf(uri.getHost());
    boolean excepted =
        exceptions.stream()
            .anyMatch(
                suffix -> suffix.equals("*") || host.equals(suffix) || host.endsWith("." + suffix));
    return List.of(
        excepted ? Proxy.NO_PROXY : byScheme.getOrDefault(uri.getScheme(), Proxy.NO_PROXY));
  }

  private static InetSocketAddress address(String named) {
    Matcher parts = ADDRESS.matcher(named);
    int port =
        parts.matches() && parts.group(2) != null ? Integer.parseInt(parts.group(2)) : HTTP_PORT;
    if (!parts.matches() || port > LARGEST_PORT) {
      // Says nothing of its value, in which passwords may stand.
      throw new UserError(
          "the proxy that HTTPS_PROXY, HTTP_PROXY or ALL_PROXY names must be an address such as http://proxy:3128, without a password; set it otherwise, or download the file by hand");
    }
    return new InetSocketAddress(parts.group(1), port);
  }

  @Override
  public void connectFailed(URI uri, SocketAddress address, IOException failure) {
    // Whoever connected gets the same failure.
  }
}
