package org.vaescape.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.vaescape.UserError;
import org.vaescape.study.Claim;

/// Claims of trials between processes, as locks of the operating system on a byte each of an empty
/// file: they end with the process, however it ends.
///
/// One object for a process and file: POSIX drops a process's locks on a file as soon as it closes
/// that file anywhere.
final class ClaimFile {
  private static final int HEXADECIMAL = 16;

  /// A position and the one after it must be below 2^63.
  private static final long POSITIONS = Long.MAX_VALUE >> 1;

  private static final Map<Path, ClaimFile> OPEN = new HashMap<>();

  private final Path file;

  /// Those of this process, which its own locks do not keep out.
  private final Set<String> held = new HashSet<>();

  private int users;
  private @Nullable FileChannel channel;

  private ClaimFile(Path file) {
    this.file = file;
  }

  /// For a store that is in `file`; nothing is written before the first claim.
  static ClaimFile beside(Path file) throws IOException {
    Path absolute = file.toAbsolutePath();
    Path claims = absolute.resolveSibling("." + absolute.getFileName() + ".claims");
    synchronized (OPEN) {
      ClaimFile shared =
          OPEN.computeIfAbsent(
              absolute.getParent() == null
                  ? claims
                  : absolute.getParent().toRealPath().resolve(claims.getFileName()),
              ClaimFile::new);
      shared.users++;
      return shared;
    }
  }

  /// Empty while the trial is claimed, here or in another process.
  ///
  /// @param id 16 hexadecimal digits
  /// @throws UserError if the file cannot be locked
  synchronized Optional<Claim> claim(String id) {
    if (held.contains(id)) {
      return Optional.empty();
    }
    long position = Long.parseUnsignedLong(id, HEXADECIMAL) & POSITIONS;
    try {
      FileLock lock = opened().tryLock(position, 1, false);
      if (lock == null) {
        return Optional.empty();
      }
      held.add(id);
      return Optional.of(() -> release(id, lock));
    } catch (OverlappingFileLockException e) {
      return Optional.empty(); // of a trial here that has the same byte, as good as never
    } catch (IOException e) {
      throw new UserError(
          "%s cannot be locked (%s); a study's folder must be on a drive whose files can be locked and written: choose another by --out"
              .formatted(file, UserError.reason(e)),
          e);
    }
  }

  /// Once for each [#beside]; the last of them ends all claims.
  void close() {
    synchronized (OPEN) {
      users--;
      if (users == 0) {
        OPEN.remove(file);
        closeChannel();
      }
    }
  }

  private FileChannel opened() throws IOException {
    if (channel == null) {
      channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }
    return channel;
  }

  private synchronized void release(String id, FileLock lock) {
    if (held.remove(id) && lock.isValid()) {
      try {
        lock.release();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private synchronized void closeChannel() {
    try {
      if (channel != null) {
        channel.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
