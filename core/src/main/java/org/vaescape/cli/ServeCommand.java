package org.vaescape.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.vaescape.UserError;
import org.vaescape.report.live.LiveServer;
import org.vaescape.report.live.StudyFolder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Shows a study, or the studies of a folder, to browsers while they run and afterwards.
@Command(
    name = "serve",
    description =
        "Show a study in the browser while it runs, or afterwards; ctrl-C ends it, and not the study.",
    mixinStandardHelpOptions = true)
final class ServeCommand implements Callable<Integer> {
  private static final int HIGHEST_PORT = 65_535;

  @Parameters(paramLabel = "DIR", description = "Folder that 'run' wrote, or that holds several.")
  private Path folder = Path.of("");

  @Option(
      names = "--port",
      paramLabel = "P",
      description = "Port to listen on; 0 for any that is free; default: ${DEFAULT-VALUE}.")
  private int port = 8377;

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      description =
          "Address of this machine to listen on, 0.0.0.0 for all: others can see the page then, if they have the token that is printed. Not encrypted. Default: this machine alone.")
  private @Nullable String host;

  private final PrintWriter out;

  ServeCommand(PrintWriter out) {
    this.out = out;
  }

  @Override
  public Integer call() {
    if (port < 0 || port > HIGHEST_PORT) {
      throw new UserError("--port must be from 0 to %s but was %s".formatted(HIGHEST_PORT, port));
    }
    boolean several = several();
    List<InetAddress> addresses = addresses();
    List<StudyFolder> itself = List.of(new StoredFolder(folder));
    Supplier<List<StudyFolder>> folders = several ? new Subfolders(folder)::now : () -> itself;
    CountDownLatch end = new CountDownLatch(1);
    try (Interruption _ = Interruption.watch(end::countDown);
        LiveServer server = start(folders, several, addresses)) {
      out.println(
          "Serving %s at http://%s:%s%s"
              .formatted(folder, name(addresses.getFirst()), server.port(), server.path()));
      out.println("Ctrl-C ends this, and not the study.");
      out.flush();
      end.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return Main.DONE;
  }

  /// Whether the folder holds studies, and is none.
  private boolean several() {
    if (!Files.isDirectory(folder)) {
      throw new UserError("there is no folder " + folder + "; name one that 'run' wrote");
    }
    if (StoredFolder.isStudy(folder)) {
      return false;
    }
    if (new Subfolders(folder).now().isEmpty()) {
      throw new UserError(
          folder
              + " holds no study (no study.db, neither in it nor in its folders); start 'run' first, or name a folder that it wrote");
    }
    return true;
  }

  private List<InetAddress> addresses() {
    try {
      return host == null
          ? List.of(InetAddress.ofLiteral("127.0.0.1"), InetAddress.ofLiteral("::1"))
          : List.of(InetAddress.getAllByName(host));
    } catch (UnknownHostException e) {
      throw new UserError("--host must be an address of this machine but was " + host, e);
    }
  }

  private LiveServer start(
      Supplier<List<StudyFolder>> folders, boolean several, List<InetAddress> addresses) {
    try {
      return LiveServer.start(folders, several, InstantSource.system(), addresses, port);
    } catch (IOException e) {
      throw new UserError(
          "cannot listen on port %s of %s (%s); choose another by --port, or 0 for any that is free"
              .formatted(port, addresses.getFirst().getHostAddress(), UserError.reason(e)),
          e);
    }
  }

  /// What others call the address: of all addresses, the machine's name.
  private static String name(InetAddress address) {
    if (address.isAnyLocalAddress()) {
      try {
        return InetAddress.getLocalHost().getHostName();
      } catch (UnknownHostException e) {
        return "localhost";
      }
    }
    return LiveServer.host(address);
  }

  /// The folders in a folder that hold studies now, by name. Links are left out, since they may
  /// lead elsewhere.
  private static final class Subfolders {
    private final Path parent;
    private final Map<Path, StudyFolder> known = new TreeMap<>();

    Subfolders(Path parent) {
      this.parent = parent;
    }

    List<StudyFolder> now() {
      try (Stream<Path> entries = Files.list(parent)) {
        List<Path> there =
            entries
                .filter(entry -> Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS))
                .filter(StoredFolder::isStudy)
                .toList();
        known.keySet().retainAll(there);
        there.forEach(path -> known.computeIfAbsent(path, StoredFolder::new));
      } catch (IOException | UncheckedIOException e) {
        // It may come back; until then what was there is shown.
      }
      return List.copyOf(known.values());
    }
  }
}
