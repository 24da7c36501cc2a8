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
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.vaescape.UserError;

/// Holds the folder that a study writes to, alone or with other processes that run the same study.
///
/// The locks are the operating system's: they end with the process, however that ends.
///
/// The first byte is held while a run begins, so that runs begin one after the other. From the
/// second on each run holds one. Whoever asks whether a study runs takes all of them for an
/// instant, which must not turn away a run that begins just then: it takes the next.
final class FolderLock implements AutoCloseable {
  static final String LOCK = ".lock";

  private static final String STUDY = "study.yaml";
  private static final long BEGINS = 0;
  private static final long RUNS = 1;
  private static final long ALL = Long.MAX_VALUE - RUNS;

  /// Another's instant is over by then.
  private static final int LOOKS = 5;

  private static final int MILLIS_BETWEEN_LOOKS = 20;

  private final Path path;
  private final FileChannel lock;
  private final FileLock begins;
  private final boolean shared;

  private FolderLock(Path path, FileChannel lock, FileLock begins, boolean shared) {
    this.path = path;
    this.lock = lock;
    this.begins = begins;
    this.shared = shared;
  }

  /// Takes the folder, which is made if it does not exist. Other runs wait until this one has
  /// [#begun].
  ///
  /// @param mark name of the file by which a folder of ours is known: the study's store, or [#LOCK]
  /// @throws UserError if it holds something else or cannot be written
  static FolderLock take(Path path, String mark) {
    check(path, mark);
    FileChannel channel = null;
    try {
      Files.createDirectories(path);
      channel =
          FileChannel.open(path.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      FileLock begins = channel.lock(BEGINS, 1, false);
      boolean shared = othersRun(channel);
      takeOne(channel);
      return new FolderLock(path, channel, begins, shared);
    } catch (IOException e) {
      closeQuietly(channel, e);
      throw cannotWrite(path, e);
    }
  }

  /// Whether other runs were going on in the folder when this one took it.
  boolean isShared() {
    return shared;
  }

  /// Lets others begin.
  void begun() {
    try {
      begins.release();
    } catch (IOException e) {
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
        FileLock lock = channel.tryLock(RUNS, ALL, true)) {
      return lock == null;
    } catch (OverlappingFileLockException e) {
      return true; // held in this process
    }
  }

  /// Checks that the folder is new, empty or ours, without touching it.
  ///
  /// @throws UserError if it is none of these
  static void check(Path path, String mark) {
    if (Files.exists(path) && !Files.isDirectory(path)) {
      throw new UserError("%s is a file; name a folder by --out".formatted(path));
    }
    if (Files.isDirectory(path.resolve(STUDY))) {
      throw new UserError(
          "%s is a folder, but the resolved study is written to a file of this name; move it away, or name another folder by --out"
              .formatted(path.resolve(STUDY)));
    }
    if (!Files.exists(path) || isOurs(path, mark)) {
      return;
    }
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(path)) {
      for (Path entry : entries) {
        // A run that was killed right after it took the folder leaves the lock alone in it.
        if (!entry.endsWith(LOCK)) {
          throw new UserError(
              "%s is not empty and holds no study (no %s); name a new folder by --out"
                  .formatted(path, mark.equals(LOCK) ? STUDY : mark));
        }
      }
    } catch (IOException e) {
      throw cannotWrite(path, e);
    }
  }

  /// A lock alone may be any program's.
  private static boolean isOurs(Path path, String mark) {
    return Files.exists(path.resolve(mark))
        && (!mark.equals(LOCK) || Files.exists(path.resolve(STUDY)));
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

  private static boolean othersRun(FileChannel channel) throws IOException {
    boolean others = true;
    for (int look = 0; others && look < LOOKS; look++) {
      if (look > 0) {
        LockSupport.parkNanos(Duration.ofMillis(MILLIS_BETWEEN_LOOKS).toNanos());
      }
      try (FileLock all = channel.tryLock(RUNS, ALL, false)) {
        others = all == null;
      } catch (OverlappingFileLockException e) {
        return true; // held in this process
      }
    }
    return others;
  }

  private static void takeOne(FileChannel channel) throws IOException {
    long position = RUNS;
    while (!isTaken(channel, position)) {
      position++;
    }
  }

  private static boolean isTaken(FileChannel channel, long position) throws IOException {
    try {
      return channel.tryLock(position, 1, false) != null;
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
