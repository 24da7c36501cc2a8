package org.vaescape.data.fetch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.vaescape.UserError;

/// Brings a public file into a folder and checks it: by the length that the server states, by its
/// tag if that is an MD5, by gzip's own checksum, and by a SHA-256 if one was given. Its SHA-256 is
/// written beside it, and compared when the same is asked for again; a file that is there is never
/// written over.
public final class Fetch {
  private final Path folder;
  private final Patience patience;
  private final Map<String, String> environment;
  private final FetchListener listener;

  /// @param environment as [System#getenv()], for proxies
  public Fetch(
      Path folder, Patience patience, Map<String, String> environment, FetchListener listener) {
    this.folder = folder;
    this.patience = patience;
    this.environment = Map.copyOf(environment);
    this.listener = listener;
  }

  /// Where the file is to lie.
  public Path target(PublicFile wanted) {
    return folder.resolve(wanted.file());
  }

  /// Whether it lies there, so that the network need not be asked.
  public boolean isThere(PublicFile wanted) {
    return Files.exists(target(wanted));
  }

  /// Brings the file, unless it is there.
  ///
  /// @return the file, whole
  /// @throws UserError if it cannot be had, or is not what it should be
  public Path bring(PublicFile wanted) {
    Path target = target(wanted);
    try {
      Files.createDirectories(folder);
      if (isThere(wanted)) {
        checkWhatIsThere(wanted, target);
      } else {
        download(wanted, target);
      }
      return target;
    } catch (IOException e) {
      throw new UserError(
          "%s cannot be read or written (%s); make its folder writable, or give --out another one"
              .formatted(target, UserError.reason(e)),
          e);
    }
  }

  private void checkWhatIsThere(PublicFile wanted, Path target) throws IOException {
    listener.say("%s is there already; checking it ...".formatted(target));
    CheckedFile found = CheckedFile.of(target, isZipped(wanted));
    Optional<String> recorded = CheckedFile.recorded(target);
    Optional<String> wrong = Optional.of(found.damage()).filter(damage -> !damage.isEmpty());
    if (wrong.isEmpty()) {
      wrong =
          Optional.of(wanted.sha256())
              .filter(sum -> !sum.isEmpty() && !sum.equals(found.sha256()))
              .map(sum -> "its SHA-256 is %s and not %s".formatted(found.sha256(), sum));
    }
    if (wrong.isEmpty()) {
      wrong =
          recorded
              .filter(sum -> !sum.equals(found.sha256()))
              .map(_ -> "it is not what was downloaded, by " + CheckedFile.beside(target));
    }
    if (wrong.isPresent()) {
      throw new UserError(
          "%s: %s; move it away and run the same command again".formatted(target, wrong.get()));
    }
    if (recorded.isEmpty()) {
      found.record(target);
    }
    boolean compared = isZipped(wanted) || !wanted.sha256().isEmpty() || recorded.isPresent();
    listener.say(
        "%s %s; SHA-256 %s%s"
            .formatted(
                target,
                compared ? "is whole" : "has nothing that it could be compared with",
                found.sha256(),
                recorded.isPresent() ? ", as when it was downloaded" : ""));
  }

  private void download(PublicFile wanted, Path target) throws IOException {
    try (PartFile part = PartFile.open(target, wanted.url())) {
      if (part.size() > 0) {
        listener.say("%s has %s bytes already; going on".formatted(part.path(), part.size()));
      }
      Download.Complete complete;
      try (Download download =
          new Download(wanted, target, patience, Proxies.of(environment), listener)) {
        complete = download.into(part);
      }
      part.force();
      listener.say(
          "%s: all %s bytes are there; checking them ..."
              .formatted(wanted.file(), complete.bytes()));
      CheckedFile found = CheckedFile.of(part.path(), isZipped(wanted));
      refuseWrong(wanted, part, complete, found);
      part.rename();
      found.record(target);
      listener.say(
          "%s: SHA-256 %s, also in %s"
              .formatted(target, found.sha256(), CheckedFile.beside(target)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private static boolean isZipped(PublicFile wanted) {
    return wanted.file().endsWith(".gz");
  }

  /// What is wrong is removed: going on from there would end no better.
  private static void refuseWrong(
      PublicFile wanted, PartFile part, Download.Complete complete, CheckedFile found)
      throws IOException {
    String wrong = "";
    if (!wanted.sha256().isEmpty() && !wanted.sha256().equals(found.sha256())) {
      wrong = "what came has SHA-256 %s and not %s".formatted(found.sha256(), wanted.sha256());
    } else if (!complete.md5().isEmpty() && !complete.md5().equals(found.md5())) {
      wrong = "what came has MD5 %s but the server says %s".formatted(found.md5(), complete.md5());
    } else if (!found.damage().isEmpty()) {
      wrong = "what came is not right: " + found.damage();
    }
    if (!wrong.isEmpty()) {
      part.remove();
      throw new UserError(
          "%s: %s; it was removed: run the same command again, and if that ends so too, look at %s for another address and give it by --from URL"
              .formatted(wanted.url(), wrong, wanted.page()));
    }
  }
}
