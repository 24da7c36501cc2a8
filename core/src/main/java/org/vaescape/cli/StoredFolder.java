package org.vaescape.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Stream;
import org.vaescape.report.ReportInput;
import org.vaescape.report.live.StudyFolder;
import org.vaescape.store.SqliteReader;
import org.vaescape.study.FinishedTrial;

/// A study's folder on the disk, looked at again and again.
final class StoredFolder implements StudyFolder {
  private final Path path;
  private List<Stamp> seen = List.of();
  private Optional<Stored> stored = Optional.empty();
  private Optional<StoredStudy> study = Optional.empty();

  StoredFolder(Path path) {
    this.path = path;
  }

  /// Whether a run has made a store in the folder.
  static boolean isStudy(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.anyMatch(StoredFolder::isStore);
    } catch (IOException | UncheckedIOException e) {
      return false;
    }
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
    Optional<Path> file = store();
    if (file.isEmpty()) {
      return Optional.empty();
    }
    // Before it is read: what is written meanwhile gives another stamp, and is read next time.
    List<Stamp> now = List.of(Stamp.of(file.get()), Stamp.of(Path.of(file.get() + "-wal")));
    if (!now.equals(seen)) {
      stored = read(file.get());
      seen = now;
    }
    return stored;
  }

  private Optional<Stored> read(Path file) {
    try (SqliteReader reader = SqliteReader.open(file)) {
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
  }

  private Optional<Path> store() throws IOException {
    try (Stream<Path> files = Files.list(path)) {
      return files.filter(StoredFolder::isStore).min(Path::compareTo);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  private static boolean isStore(Path file) {
    return file.toString().endsWith(".db");
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
