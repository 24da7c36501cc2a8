package org.vaescape.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.ReentrantLock;
import org.vaescape.UserError;

/// Held while results are read from the store and written to its folder, so that `run` and `report`
/// in one folder do so one after the other.
///
/// Each file is renamed into place, so whoever reads files needs no lock and never sees a half of
/// one. But two writers would use the same temporary names, and the one that asked the store
/// earlier could write later, and leave old results. Nobody trains while holding it; [FolderLock]
/// is another matter, since a report may be made while a study runs.
final class ResultLock implements AutoCloseable {
  private static final String NAME = ".results.lock";

  /// The operating system's lock is the process's; this one is for its threads.
  private static final ReentrantLock IN_PROCESS = new ReentrantLock();

  private final FileChannel channel;

  private ResultLock(FileChannel channel) {
    this.channel = channel;
  }

  /// Waits until nobody else holds it. The folder must exist.
  ///
  /// @throws UserError if the folder cannot be written
  static ResultLock take(Path folder) {
    IN_PROCESS.lock();
    try {
      FileChannel channel =
          FileChannel.open(
              folder.resolve(NAME), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      FileLock lock = channel.lock();
      assert lock.isValid();
      return new ResultLock(channel);
    } catch (IOException e) {
      IN_PROCESS.unlock();
      throw new UserError(
          "%s cannot be written (%s); free some space or make it writable, then run the same command again"
              .formatted(folder, UserError.reason(e)),
          e);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      IN_PROCESS.unlock();
    }
  }
}
