package org.vaescape.engine;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/// Memory outside the heap that is used again and again. For one thread, which closes it.
final class Buffer implements AutoCloseable {
  private @Nullable Block block;

  private record Block(Arena arena, MemorySegment memory) {}

  /// At least so many bytes, with whatever numbers they hold; what was given out before is the same
  /// memory, or none.
  MemorySegment of(long bytes) {
    Block now = block;
    if (now == null || now.memory().byteSize() < bytes) {
      close();
      now = made(bytes);
      block = now;
    }
    return now.memory();
  }

  @SuppressWarnings("MustBeClosed") // the arena lives as long as its block
  private static Block made(long bytes) {
    Arena arena = Arena.ofConfined();
    return new Block(arena, arena.allocate(bytes, 64));
  }

  @Override
  public void close() {
    if (block != null) {
      block.arena().close();
      block = null;
    }
  }
}
