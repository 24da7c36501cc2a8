package org.vaescape.cli;

import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.vaescape.UserError;
import org.vaescape.data.fetch.Fetch;
import org.vaescape.data.fetch.FetchListener;
import org.vaescape.data.fetch.Patience;
import org.vaescape.data.fetch.PublicFile;
import org.vaescape.search.NearMiss;
import org.vaescape.study.TimeLimit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Downloads public matrices: the one command that asks the network, and only with a name.
@Command(
    name = "fetch",
    description =
        "Download a public matrix, and what belongs to it; goes on where an earlier try stopped. Without NAME, list what there is.",
    mixinStandardHelpOptions = true)
final class FetchCommand implements Callable<Integer> {
  @Parameters(arity = "0..1", paramLabel = "NAME", description = "One of those listed.")
  private String name = "";

  @Option(names = "--list", description = "List what there is; asks nobody.")
  private boolean list;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Folder for the files; default: the current one.")
  private Path folder = Path.of("");

  @Option(
      names = "--from",
      paramLabel = "URL",
      description =
          "Address of the file, where the known one does not hold any more; then nothing else is downloaded beside it.")
  private @Nullable String from;

  @Option(
      names = "--sha256",
      paramLabel = "HEX",
      description = "SHA-256 that the file must have, in 64 digits.")
  private @Nullable String sha256;

  @Option(names = "--quiet", description = "Shows no progress.")
  private boolean quiet;

  private final PrintWriter stdout;
  private final PrintWriter stderr;

  FetchCommand(PrintWriter out, PrintWriter err) {
    stdout = out;
    stderr = err;
  }

  @Override
  public Integer call() {
    if (list || name.isEmpty()) {
      if (from != null || sha256 != null) {
        throw new UserError(
            "--from and --sha256 are of one file: name it, such as fetch tcga-pancan --from URL");
      }
      PublicFile.all().forEach(this::describe);
      return Main.DONE;
    }
    PublicFile wanted = wanted();
    Fetch fetch =
        new Fetch(folder, Patience.defaults(), System.getenv(), new Lines(InstantSource.system()));
    Path file = bring(fetch, wanted);
    stdout.println(file);
    StringBuilder options = new StringBuilder();
    if (from == null) {
      for (String other : wanted.with()) {
        PublicFile companion = named(other);
        Path beside = bring(fetch, companion);
        stdout.println(beside);
        options.append(options(companion, beside));
      }
    }
    if (wanted.isMatrix()) {
      stdout.println("Next:");
      stdout.println("  ./vaescape data %s%s".formatted(ShellWord.of(file.toString()), options));
      stdout.println(
          "  ./vaescape run korkic2021 --data %s%s --out %s"
              .formatted(ShellWord.of(file.toString()), options, wanted.name()));
    }
    return Main.DONE;
  }

  /// What makes a study take a file that belongs to its matrix.
  private static String options(PublicFile companion, Path file) {
    if (companion.probeMap()) {
      return " --set " + ShellWord.of("data.probe-map=" + file);
    }
    return companion.labelColumn().isEmpty()
        ? ""
        : " --labels %s --set data.label-column=%s"
            .formatted(ShellWord.of(file.toString()), companion.labelColumn());
  }

  private PublicFile wanted() {
    PublicFile wanted = named(name);
    if (from != null) {
      wanted = wanted.at(address(from));
    }
    if (sha256 != null) {
      String digits = sha256.toLowerCase(Locale.ROOT);
      if (!digits.matches("[0-9a-f]{64}")) {
        throw new UserError("--sha256 must be 64 hexadecimal digits but was " + sha256);
      }
      wanted = wanted.with(digits);
    }
    return wanted;
  }

  private static PublicFile named(String name) {
    List<PublicFile> all = PublicFile.all();
    return all.stream()
        .filter(file -> file.name().equals(name))
        .findFirst()
        .orElseThrow(() ->
            new UserError(
                NearMiss.unknown(
                    "public file", name, all.stream().map(PublicFile::name).toList())));
  }

  private static URI address(String text) {
    URI address;
    try {
      address = URI.create(text);
    } catch (IllegalArgumentException _) {
      throw notAnAddress(text);
    }
    if (!List.of("https", "http").contains(String.valueOf(address.getScheme()))
        || address.getHost() == null) {
      throw notAnAddress(text);
    }
    return address;
  }

  private static UserError notAnAddress(String text) {
    return new UserError(
        "--from must be an address such as https://host/path but was %s; a file that is here already goes to --data of run"
            .formatted(text));
  }

  /// Says what it is and under which terms before anything is asked for.
  private Path bring(Fetch fetch, PublicFile file) {
    if (!fetch.isThere(file)) {
      describe(file);
      stdout.flush();
    }
    return fetch.bring(file);
  }

  private void describe(PublicFile file) {
    stdout.println("%s: %s".formatted(file.name(), file.title()));
    stdout.println("  " + file.content());
    stdout.println(
        "  from    %s%s"
            .formatted(
                file.url(),
                file.megabytes() == 0 ? "" : " (about %s MB)".formatted(file.megabytes())));
    stdout.println("  terms   " + file.terms());
    stdout.println("  cite    " + file.citation());
    stdout.println("  read    " + file.page());
    if (!file.with().isEmpty()) {
      stdout.println("  brings  " + String.join(", ", file.with()));
    }
  }

  /// A line now and then.
  private final class Lines implements FetchListener {
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final InstantSource clock;
    private Instant told;
    private long bytesTold = -1;

    Lines(InstantSource clock) {
      this.clock = clock;
      told = clock.instant();
    }

    @Override
    public void progress(long bytes, long of) {
      Instant now = clock.instant();
      Duration since = Duration.between(told, now);
      if (bytesTold < 0 || bytes < bytesTold) {
        bytesTold = bytes;
        told = now;
      } else if (since.compareTo(PAUSE) >= 0) {
        double rate = (bytes - bytesTold) * 1e3 / since.toMillis(); // bytes a second
        String left =
            of < 0 || rate <= 0
                ? ""
                : " of %s MB (%s %%), %s left"
                    .formatted(
                        of / 1_000_000,
                        100 * bytes / Math.max(1, of),
                        TimeLimit.text(Duration.ofSeconds(Math.round((of - bytes) / rate))));
        say("%s MB%s, %.1f MB/s".formatted(bytes / 1_000_000, left, rate / 1e6));
        bytesTold = bytes;
        told = now;
      }
    }

    @Override
    public void say(String sentence) {
      if (!quiet) {
        stderr.println(sentence);
        stderr.flush();
      }
    }
  }
}
