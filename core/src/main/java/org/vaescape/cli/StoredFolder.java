package org.vaescape.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.vaescape.report.ReportInput;
import org.vaescape.report.live.StudyFolder;
import org.vaescape.store.StoreReader;
import org.vaescape.study.FinishedTrial;

/// A study's folder on the disk, looked at again and again.
final class StoredFolder implements StudyFolder {
  private static final long NANOS_BETWEEN_LOOKS = 3_000_000_000L;

  private final Path path;
  private List<Stamp> seen = List.of();
  private Optional<Stored> stored = Optional.empty();
  private Optional<StoredStudy> study = Optional.empty();

  /// Stays open once it is, until the command ends.
  private Optional<StoreReader> server = Optional.empty();

  private long looked;

  StoredFolder(Path path) {
    this.path = path;
  }

  /// Whether a run has made a store for the folder.
  static boolean isStudy(Path folder) {
    return StoreLocation.find(folder).isPresent();
  }

  @Override
  public Path path() {
    return path;
  }

  @Override
  public boolean isRunning() throws IOException {
    return FolderLock.isHeld(path);
  }

  @Override
  public Optional<Stored> stored() throws IOException {
    Optional<StoreLocation> location = StoreLocation.find(path);
    if (location.isEmpty()) {
      return Optional.empty();
    }
    if (location.get().isOnServer()) {
      lookAtServer(location.get());
      return stored;
    }
    Path file = location.get().file();
    // Before it is read: what is written meanwhile gives another stamp, and is read next time.
    List<Stamp> now = List.of(Stamp.of(file), Stamp.of(Path.of(file + "-wal")));
    if (!now.equals(seen)) {
      try (StoreReader reader = location.get().reader()) {
        stored = read(reader);
      }
      seen = now;
    }
    return stored;
  }

  /// Now and then, since that tells by no stamp whether there is anything new.
  private void lookAtServer(StoreLocation location) {
    if (server.isPresent() && System.nanoTime() - looked < NANOS_BETWEEN_LOOKS) {
      return;
    }
    if (server.isEmpty()) {
      server = Optional.of(location.reader());
    }
    Optional<Stored> now = server.flatMap(this::read);
    if (!now.equals(stored)) {
      stored = now;
    }
    looked = System.nanoTime();
  }

  private Optional<Stored> read(StoreReader reader) {
    if (!StoredStudy.isKept(reader::note)) {
      return Optional.empty();
    }
    StoredStudy now = StoredStudy.read(reader::note, path.toString());
    if (study.isEmpty() || !study.get().equals(now)) {
      study = Optional.of(now);
    }
    SequencedMap<String, FinishedTrial> endings =
        reader.endings(stored.map(Stored::endings).orElseGet(LinkedHashMap::new), Stored.METRICS);
    return study.map(
        is -> new Stored(is.name(), ReportInput.question(is.yaml()), is.plan(), endings));
  }

  /// What tells that a file was written.
  private record Stamp(long size, FileTime written) {
    static Stamp of(Path file) throws IOException {
      try {
        BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
        return new Stamp(now.size(), now.lastModifiedTime());
      } catch (NoSuchFileException e) {
        return new Stamp(-1, FileTime.fromMillis(0));
      }
    }
  }
}
