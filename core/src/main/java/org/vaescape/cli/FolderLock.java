package org.vaescape.cli;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;
import org.vaescape.UserError;

/// Holds the folder that a study writes to, so that no second process runs a study in it.
///
/// The lock is the operating system's: it ends with the process, however that ends.
///
/// Its first byte keeps other runs out. The second is for those who ask whether a study runs: they
/// take it for an instant, which must not turn away a run that starts just then.
final class FolderLock implements AutoCloseable {
  private static final String LOCK = ".lock";
  private static final long RUNS = 0;
  private static final long ASKED = 1;

  private final Path path;
  private final FileChannel lock;

  private FolderLock(Path path, FileChannel lock) {
    this.path = path;
    this.lock = lock;
  }

  /// Takes the folder, which is made if it does not exist.
  ///
  /// @param store file name of the study's store, by which a folder of ours is known
  /// @throws UserError if it holds something else, cannot be written or is in use
  static FolderLock take(Path path, String store) {
    check(path, store);
    FileChannel channel = null;
    try {
      Files.createDirectories(path);
      channel =
          FileChannel.open(path.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (!locked(channel)) {
        channel.close();
        throw new UserError(
            "%s: another vaescape is running a study there; wait until it ends, or choose another folder by --out"
                .formatted(path));
      }
      return new FolderLock(path, channel);
    } catch (IOException e) {
      closeQuietly(channel, e);
      throw cannotWrite(path, e);
    }
  }

  /// Whether a study runs in the folder now; writes nothing.
  static boolean isHeld(Path path) throws IOException {
    Path file = path.resolve(LOCK);
    if (!Files.exists(file)) {
      return false;
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        FileLock lock = channel.tryLock(ASKED, 1, true)) {
      return lock == null;
    } catch (OverlappingFileLockException e) {
      return true; // held in this process
    }
  }

  /// Checks that the folder is new, empty or ours, without touching it.
  ///
  /// @throws UserError if it is none of these
  static void check(Path path, String store) {
    if (Files.exists(path) && !Files.isDirectory(path)) {
      throw new UserError("%s is a file; name a folder by --out".formatted(path));
    }
    if (!Files.exists(path) || Files.exists(path.resolve(store))) {
      return;
    }
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(path)) {
      for (Path entry : entries) {
        // A run that was killed right after it took the folder leaves the lock alone in it.
        if (!entry.endsWith(LOCK)) {
          throw new UserError(
              "%s is not empty and holds no study (no %s); name a new folder by --out"
                  .formatted(path, store));
        }
      }
    } catch (IOException e) {
      throw cannotWrite(path, e);
    }
  }

  /// Replaces a file of the folder, whole or not at all.
  ///
  /// @throws UserError if it cannot be written
  void write(String name, String text) {
    Path file = path.resolve(name);
    Path part = path.resolve(name + ".part");
    try {
      Files.writeString(part, text);
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw cannotWrite(file, e);
    }
  }

  @Override
  public void close() {
    try {
      lock.close();
    } catch (IOException e) {
      throw cannotWrite(path, e);
    }
  }

  private static boolean locked(FileChannel channel) throws IOException {
    try {
      if (channel.tryLock(RUNS, 1, false) == null) {
        return false;
      }
      FileLock asked = channel.lock(ASKED, 1, false);
      return asked.isValid();
    } catch (OverlappingFileLockException e) {
      return false; // held in this process
    }
  }

  private static void closeQuietly(@Nullable FileChannel channel, IOException cause) {
    try {
      if (channel != null) {
        channel.close();
      }
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
  }

  private static UserError cannotWrite(Path path, IOException cause) {
    return new UserError(
        "%s cannot be written (%s); free some space or make it writable and run the same command again, it goes on where it stopped, or choose another folder by --out"
            .formatted(path, UserError.reason(cause)),
        cause);
  }
}
