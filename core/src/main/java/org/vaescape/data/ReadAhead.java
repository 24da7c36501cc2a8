package org.vaescape.data;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/// Reads another stream ahead on a thread of its own, so that inflating and parsing overlap.
///
/// What came before a failure is handed over before the failure is. Closing it ends the thread, but
/// does not close the other stream.
final class ReadAhead extends InputStream {
  private static final int CHUNK = 1 << 18;
  private static final int CHUNKS = 8;

  private final InputStream in;
  private final BlockingQueue<byte[]> empty = new LinkedBlockingQueue<>();
  private final BlockingQueue<Chunk> full = new LinkedBlockingQueue<>();
  private final Thread thread;
  private Chunk current = new Chunk(new byte[0], 0, null);
  private int next;
  private boolean ended;

  /// @param failure that ended the stream after these bytes
  private record Chunk(byte[] bytes, int count, @Nullable Throwable failure) {}

  ReadAhead(InputStream in) {
    this.in = in;
    for (int i = 0; i < CHUNKS; i++) {
      empty.add(new byte[CHUNK]);
    }
    thread = Thread.ofPlatform().daemon().name("read-ahead").start(this::fillAll);
  }

  private void fillAll() {
    try {
      boolean more = true;
      while (more) {
        Chunk chunk = filled(empty.take());
        more = chunk.count == CHUNK && chunk.failure == null;
        full.add(chunk);
      }
    } catch (InterruptedException _) {
      // Closed: nobody reads on.
    }
  }

  /// A chunk that is not full is the last one.
  private Chunk filled(byte[] bytes) {
    int count = 0;
    try {
      while (count < CHUNK) {
        int more = in.read(bytes, count, CHUNK - count);
        if (more < 0) {
          break;
        }
        count += more;
      }
      return new Chunk(bytes, count, null);
    } catch (Throwable e) { // whatever it is, the reader throws it
      return new Chunk(bytes, count, e);
    }
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    while (next == current.count) {
      if (ended || !advance()) {
        return -1;
      }
    }
    int count = Math.min(length, current.count - next);
    System.arraycopy(current.bytes, next, into, offset, count);
    next += count;
    return count;
  }

  /// Goes to the next chunk, or returns false at the end.
  private boolean advance() throws IOException {
    switch (current.failure) {
      case null -> {}
      case IOException e -> throw e;
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      case Throwable e -> throw new IllegalStateException(e);
    }
    if (current.bytes.length > 0) {
      ended = current.count < CHUNK;
      empty.add(current.bytes);
    }
    if (ended) {
      return false;
    }
    try {
      current = full.take();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException();
    }
    next = 0;
    return true;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public void close() {
    thread.interrupt();
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
