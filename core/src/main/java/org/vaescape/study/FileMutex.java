package org.vaescape.study;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.ReentrantLock;
import org.vaescape.UserError;

/// Held by one thread of one process at a time, those that wait for it before they read and write
/// some files of a folder. It ends with the process, however that ends.
public final class FileMutex implements AutoCloseable {
  /// The operating system's lock is the process's; this one is for its threads.
  private static final ReentrantLock IN_PROCESS = new ReentrantLock();

  private final FileChannel channel;

  private FileMutex(FileChannel channel) {
    this.channel = channel;
  }

  /// Waits until nobody else holds it.
  ///
  /// @param file that stands for it, in a folder that exists; stays there
  /// @throws UserError if the folder cannot be written
  public static FileMutex take(Path file) {
    IN_PROCESS.lock();
    try {
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      FileLock lock = channel.lock();
      assert lock.isValid();
      return new FileMutex(channel);
    } catch (IOException e) {
      IN_PROCESS.unlock();
      throw new UserError(
          "%s cannot be written (%s); free some space or make it writable, then run the same command again"
              .formatted(file.toAbsolutePath().getParent(), UserError.reason(e)),
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
