package org.vaescape.engine;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;
import java.util.OptionalLong;

/// What the C allocator says it has handed out, tensors included.
public final class NativeMemory {
  /// `struct mallinfo2` of glibc 2.33 and later.
  private static final StructLayout MALLINFO2 =
      MemoryLayout.structLayout(
          ValueLayout.JAVA_LONG.withName("arena"),
          ValueLayout.JAVA_LONG.withName("ordblks"),
          ValueLayout.JAVA_LONG.withName("smblks"),
          ValueLayout.JAVA_LONG.withName("hblks"),
          ValueLayout.JAVA_LONG.withName("hblkhd"),
          ValueLayout.JAVA_LONG.withName("usmblks"),
          ValueLayout.JAVA_LONG.withName("fsmblks"),
          ValueLayout.JAVA_LONG.withName("uordblks"),
          ValueLayout.JAVA_LONG.withName("fordblks"),
          ValueLayout.JAVA_LONG.withName("keepcost"));

  private static final long MAPPED =
      MALLINFO2.byteOffset(MemoryLayout.PathElement.groupElement("hblkhd"));
  private static final long IN_USE =
      MALLINFO2.byteOffset(MemoryLayout.PathElement.groupElement("uordblks"));

  @SuppressWarnings("restricted") // the launcher enables native access
  private static final Optional<MethodHandle> MALLINFO2_CALL =
      Linker.nativeLinker()
          .defaultLookup()
          .find("mallinfo2")
          .map(address ->
              Linker.nativeLinker().downcallHandle(address, FunctionDescriptor.of(MALLINFO2)));

  private NativeMemory() {}

  /// Bytes that native code has allocated and not freed, over all threads; empty where the C
  /// library cannot tell (it takes glibc 2.33).
  public static OptionalLong liveBytes() {
    if (MALLINFO2_CALL.isEmpty()) {
      return OptionalLong.empty();
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment info =
          (MemorySegment) MALLINFO2_CALL.get().invokeExact((SegmentAllocator) arena);
      return OptionalLong.of(
          info.get(ValueLayout.JAVA_LONG, MAPPED) + info.get(ValueLayout.JAVA_LONG, IN_USE));
    } catch (Throwable failure) {
      throw new IllegalStateException("mallinfo2 could not be called", failure);
    }
  }
}
