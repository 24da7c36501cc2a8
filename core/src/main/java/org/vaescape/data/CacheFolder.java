package org.vaescape.data;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Files that are kept to save time, up to a number of bytes; those used longest ago go first.
///
/// Processes and users may share a folder: a file gets its name only when it is complete, and one
/// that is removed stays readable to whoever has it open. Files that are not of the cache are left
/// alone.
final class CacheFolder {
  private static final Pattern OWN =
      Pattern.compile("[0-9a-f]{64}\\.(matrix|parts|texts)|[0-9a-f-]{36}\\.new");

  /// What is left free beside the cache on its disk, for what the study itself writes.
  private static final long FREE = 1L << 30;

  private final Path folder;
  private final long limit;

  /// @param folder need not exist
  /// @param limit bytes of all files together
  CacheFolder(Path folder, long limit) {
    this.folder = folder;
    this.limit = limit;
  }

  @Override
  public String toString() {
    return folder.toString();
  }

  /// The file of this name, which is now the one used last.
  Optional<CacheFile> open(String name) throws IOException {
    Path path = folder.resolve(name);
    CacheFile file;
    try {
      file = CacheFile.open(path);
    } catch (NoSuchFileException _) {
      return Optional.empty();
    }
    try {
      Files.setLastModifiedTime(path, FileTime.from(Instant.now()));
    } catch (IOException _) {
      // Another user's, or removed by another process since; what is open stays readable.
    }
    return Optional.of(file);
  }

  void remove(String name) throws IOException {
    Files.deleteIfExists(folder.resolve(name));
  }

  /// A new file that has no name yet.
  Draft draft() throws IOException {
    if (!Files.isDirectory(folder)) {
      // Expression data may be a patient's.
      Files.createDirectories(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
    return new Draft(folder.resolve(UUID.randomUUID() + ".new"));
  }

  /// A file in the making. Closing it takes it away unless it was kept; who has it open goes on
  /// reading.
  final class Draft implements AutoCloseable {
    private final Path path;
    private final CacheFile file;

    private Draft(Path path) throws IOException {
      this.path = path;
      this.file = CacheFile.create(path);
    }

    CacheFile file() {
      return file;
    }

    /// Completes the file, names it, and makes room; one that is larger than the limit is not kept.
    ///
    /// @throws IOException also if the disk would be nearly full with it
    void keep(String name, byte[] description) throws IOException {
      file.finish(description);
      if (Files.size(path) > limit) {
        return;
      }
      if (Files.getFileStore(folder).getUsableSpace() < FREE) {
        throw new FileSystemException(
            folder.toString(), null, "less than 1 GiB would be left free");
      }
      Files.move(path, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
      removeBeyondLimit(name);
    }

    @Override
    public void close() {
      try {
        Files.deleteIfExists(path);
      } catch (IOException _) {
        // It goes when room is made.
      }
    }
  }

  private record Kept(Path path, long bytes, FileTime used) {}

  private void removeBeyondLimit(String spared) throws IOException {
    List<Kept> kept = new ArrayList<>();
    try (Stream<Path> paths = Files.list(folder)) {
      for (Path path : paths.toList()) {
        if (OWN.matcher(path.getFileName().toString()).matches()) {
          kept(path).ifPresent(kept::add);
        }
      }
    }
    long bytes = kept.stream().mapToLong(Kept::bytes).sum();
    kept.sort(Comparator.comparing(Kept::used));
    for (Kept oldest : kept) {
      boolean goes = bytes > limit && !oldest.path.equals(folder.resolve(spared));
      if (goes && isRemoved(oldest.path)) {
        bytes -= oldest.bytes;
      }
    }
  }

  private static Optional<Kept> kept(Path path) throws IOException {
    try {
      BasicFileAttributes facts =
          Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      return facts.isRegularFile()
          ? Optional.of(new Kept(path, facts.size(), facts.lastModifiedTime()))
          : Optional.empty();
    } catch (NoSuchFileException _) {
      return Optional.empty(); // another process was faster
    }
  }

  /// Removes a file, unless it is another user's, or of a disk that takes no changes.
  private static boolean isRemoved(Path path) {
    try {
      Files.deleteIfExists(path);
      return true;
    } catch (IOException _) {
      return false;
    }
  }
}
