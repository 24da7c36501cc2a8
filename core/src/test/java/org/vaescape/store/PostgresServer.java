package org.vaescape.store;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/// A PostgreSQL server of its own, in a temporary folder and on a free port of this machine alone,
/// with a database `studies`.
///
/// User `vaescape` owns that and may connect without a password, as may `guest`, who may do nothing
/// else; `closed` needs the password `secret`.
public final class PostgresServer implements AutoCloseable {
  private static final String REQUIRED = "VAESCAPE_POSTGRES";
  private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(1);

  /// Who runs it where the tests are root's, whose the server refuses to be.
  private static final String OTHER_USER = "nobody";

  private final Path folder;
  private final Path programs;
  private final int port;
  private Process server;

  private PostgresServer(Path folder, Path programs, int port) throws IOException, SQLException {
    this.folder = folder;
    this.programs = programs;
    this.port = port;
    finish(
        command(
            "initdb",
            "--auth=trust",
            "--username=owner",
            "--encoding=UTF8",
            "--no-sync",
            "-D",
            data()));
    Files.writeString(
        Path.of(data(), "pg_hba.conf"),
        """
        host all closed 127.0.0.1/32 scram-sha-256
        host all all    127.0.0.1/32 trust
        """);
    server = startedServer();
    execute("CREATE ROLE vaescape LOGIN");
    execute("CREATE ROLE guest LOGIN");
    execute("CREATE ROLE closed LOGIN PASSWORD 'secret'");
    execute("CREATE DATABASE studies OWNER vaescape");
  }

  /// A server that runs. The test is skipped where none is installed, unless the environment says
  /// that there is one (`VAESCAPE_POSTGRES=required`).
  public static PostgresServer start() throws IOException, SQLException {
    Optional<Path> programs = programs();
    if (programs.isEmpty() && !"required".equals(System.getenv(REQUIRED))) {
      Assumptions.abort("no PostgreSQL server is installed (Debian: postgresql)");
    }
    Path folder = Files.createTempDirectory("vaescape-postgres-");
    if (isRoot()) {
      finish(new ProcessBuilder("chown", OTHER_USER, folder.toString()));
    }
    return new PostgresServer(folder, programs.orElseThrow(), freePort());
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /// The database `studies` as a study names it.
  public String url(String user) {
    return url(user, port);
  }

  /// By way of another port.
  String url(String user, int port) {
    return "postgresql://%s@127.0.0.1:%d/studies".formatted(user, port);
  }

  public int port() {
    return port;
  }

  /// Ends it as a power cut would, but for the disk: with the processes of its connections, which
  /// would go on for a moment, and take what is sent to them.
  public void kill() {
    List<ProcessHandle> all =
        Stream.concat(Stream.of(server.toHandle()), server.descendants()).toList();
    all.forEach(ProcessHandle::destroyForcibly);
    all.forEach(one -> one.onExit().join());
  }

  /// Starts it again after [#kill].
  public void startAgain() throws IOException {
    server = startedServer();
  }

  /// Does this as the owner of all.
  public void execute(String sql) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:%d/postgres?user=owner".formatted(port));
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /// Does this in the database `studies`.
  public void executeInStudies(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /// The number that this gives in the database `studies`.
  int count(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getInt(1);
    }
  }

  /// The database `studies`, to the owner of all.
  Connection connect() throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:%d/studies?user=owner".formatted(port));
  }

  @Override
  public void close() throws IOException {
    kill();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }

  /// Tries again while what is left of a killed one still ends.
  private Process startedServer() throws IOException {
    long end = System.nanoTime() + PATIENCE_NANOS;
    while (System.nanoTime() < end) {
      Process process =
          command(
                  "postgres",
                  "-D",
                  data(),
                  "-p",
                  Integer.toString(port),
                  "-h",
                  "127.0.0.1",
                  "-k",
                  folder.toString())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log()))
              .start();
      while (process.isAlive() && System.nanoTime() < end) {
        if (answers()) {
          return process;
        }
        pause();
      }
    }
    throw new IOException("the server does not start: " + Files.readString(log().toPath()));
  }

  private File log() {
    return folder.resolveSibling(folder.getFileName() + ".log").toFile();
  }

  private boolean answers() {
    try {
      execute("SELECT 1");
      return true;
    } catch (SQLException e) {
      return false;
    }
  }

  private static void pause() throws IOException {
    try {
      Thread.sleep(50);
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  private String data() {
    return folder.resolve("data").toString();
  }

  private ProcessBuilder command(String program, String... arguments) {
    List<String> words = new ArrayList<>();
    if (isRoot()) {
      words.addAll(
          List.of("setpriv", "--reuid=" + OTHER_USER, "--regid=nogroup", "--clear-groups"));
    }
    words.add(programs.resolve(program).toString());
    words.addAll(List.of(arguments));
    return new ProcessBuilder(words).directory(folder.toFile());
  }

  private static void finish(ProcessBuilder command) throws IOException {
    Process process = command.redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.onExit().join().exitValue() != 0) {
      throw new IOException(command.command() + ": " + said);
    }
  }

  private static boolean isRoot() {
    return System.getProperty("user.name").equals("root");
  }

  /// Debian keeps them out of the path, a folder for each version.
  private static Optional<Path> programs() throws IOException {
    List<Path> folders = new ArrayList<>();
    for (String folder : System.getenv().getOrDefault("PATH", "").split(":", -1)) {
      folders.add(Path.of(folder));
    }
    Path debian = Path.of("/usr/lib/postgresql");
    if (Files.isDirectory(debian)) {
      try (Stream<Path> versions = Files.list(debian)) {
        versions.sorted(Comparator.reverseOrder()).forEach(one -> folders.add(one.resolve("bin")));
      }
    }
    return folders.stream()
        .filter(folder -> Files.isExecutable(folder.resolve("postgres")))
        .findFirst();
  }
}
