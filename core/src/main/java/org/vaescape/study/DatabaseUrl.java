package org.vaescape.study;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// A database on a PostgreSQL server, as `store` of a study names it:
/// `postgresql://user@host:port/database`.
///
/// It never holds a password: study files, reports and error messages show it.
///
/// @param user empty for the one that the environment names
/// @param port 0 for the usual one
/// @param options `schema`, by default the study's name, and those of TLS, by name
public record DatabaseUrl(
    String user, String host, int port, String database, Map<String, String> options) {
  /// What a store must be that is no file, for messages.
  static final String RULE = "postgresql://user@host:port/database";

  private static final String SCHEMA = "schema";

  /// The driver's names, which are those of PostgreSQL's own programs.
  private static final List<String> OPTIONS =
      List.of(SCHEMA, "sslmode", "sslrootcert", "sslcert", "sslkey");

  private static final int USUAL_PORT = 5432;

  /// PostgreSQL cuts longer names, so that two of them may become one.
  private static final int LONGEST_NAME = 63;

  public DatabaseUrl {
    options = Map.copyOf(options);
  }

  /// Whether a study's store is meant to be on a server.
  public static boolean isUrl(String store) {
    return store.contains("://");
  }

  /// The database of a URL.
  ///
  /// @throws IllegalArgumentException saying what is wrong; the message names no password
  public static DatabaseUrl of(String url) {
    URI uri;
    try {
      uri = new URI(url);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("must be " + RULE + ", which it is not", e);
    }
    String user = Objects.requireNonNullElse(uri.getUserInfo(), "");
    // All before the host, of a host too that the URL's rules do not know.
    String authority = Objects.requireNonNullElse(uri.getAuthority(), "");
    if (authority.substring(0, Math.max(0, authority.lastIndexOf('@'))).contains(":")
        || Objects.requireNonNullElse(uri.getQuery(), "").contains("password=")) {
      throw new IllegalArgumentException(
          "must hold no password, since study.yaml and the report show it; take it away, and give it by PGPASSWORD or in ~/.pgpass");
    }
    String path = Objects.requireNonNullElse(uri.getPath(), "");
    if (!List.of("postgresql", "postgres").contains(uri.getScheme())
        || uri.getHost() == null
        || path.length() < 2
        || path.indexOf('/', 1) >= 0
        || uri.getFragment() != null) {
      throw new IllegalArgumentException("must be %s but was %s".formatted(RULE, url));
    }
    Map<String, String> options = new LinkedHashMap<>();
    String query = Objects.requireNonNullElse(uri.getQuery(), "");
    for (String option : query.isEmpty() ? List.<String>of() : List.of(query.split("&", -1))) {
      int equals = option.indexOf('=');
      String name = equals < 0 ? option : option.substring(0, equals);
      if (!OPTIONS.contains(name) || equals < 0) {
        throw new IllegalArgumentException(
            "may be followed by %s=... but by no %s"
                .formatted(String.join("=..., ", OPTIONS), name));
      }
      options.put(name, option.substring(equals + 1));
    }
    return new DatabaseUrl(
        user, uri.getHost(), Math.max(uri.getPort(), 0), path.substring(1), options);
  }

  /// The schema that holds the tables of a study.
  ///
  /// @throws IllegalArgumentException if PostgreSQL has no schema of this name
  public String schema(String study) {
    String schema = options.getOrDefault(SCHEMA, study);
    if (schema.isEmpty()
        || schema.getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME
        || schema.startsWith("pg_")) {
      throw new IllegalArgumentException(
          "keeps the study in the schema %s, but the name of one has 1 to %d bytes and does not begin with pg_; give another by ?schema=NAME"
              .formatted(schema, LONGEST_NAME));
    }
    return schema;
  }

  /// The port to connect to.
  public int usedPort() {
    return port == 0 ? USUAL_PORT : port;
  }

  /// The URL, for files and messages, without the options.
  public String text() {
    return "postgresql://%s%s%s/%s"
        .formatted(user.isEmpty() ? "" : user + "@", host, port == 0 ? "" : ":" + port, database);
  }
}
