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
import java.util.function.DoubleSupplier;
import java.util.stream.DoubleStream;

/// What the C allocator says it has handed out: tensors, and what the JVM takes for itself, which
/// moves by tens of megabytes while its compilers work. So a figure is measured several times.
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

  @SuppressWarnings("restricted") // the launcher enables native access
  private static final Optional<MethodHandle> TRIM_CALL =
      Linker.nativeLinker()
          .defaultLookup()
          .find("malloc_trim")
          .map(address ->
              Linker.nativeLinker()
                  .downcallHandle(
                      address, FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG)));

  private NativeMemory() {}

  /// Gives back to the system what was freed.
  ///
  /// @throws IllegalStateException where the C library cannot: it takes glibc
  public static void trim() {
    MethodHandle call =
        TRIM_CALL.orElseThrow(() -> new IllegalStateException("there is no malloc_trim"));
    try {
      int _ = (int) call.invokeExact(0L);
    } catch (Throwable failure) {
      throw new IllegalStateException("malloc_trim could not be called", failure);
    }
  }

  /// The least of the bytes that were alive after each of five rounds of the work: what it keeps,
  /// unless the JVM's own memory stood high after every one of them.
  public static long leastLiveBytesAfter(Runnable work) {
    long least = Long.MAX_VALUE;
    for (int round = 0; round < 5; round++) {
      work.run();
      least = Math.min(least, liveBytes());
    }
    return least;
  }

  /// The median of what five rounds of the work say.
  public static double medianOf(DoubleSupplier work) {
    return DoubleStream.generate(work).limit(5).sorted().skip(2).findFirst().orElseThrow();
  }

  /// Bytes that native code has allocated and not freed, over all threads.
  ///
  /// @throws IllegalStateException where the C library cannot tell: it takes glibc 2.33
  public static long liveBytes() {
    MethodHandle call =
        MALLINFO2_CALL.orElseThrow(() -> new IllegalStateException("there is no mallinfo2"));
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment info = (MemorySegment) call.invokeExact((SegmentAllocator) arena);
      return info.get(ValueLayout.JAVA_LONG, MAPPED) + info.get(ValueLayout.JAVA_LONG, IN_USE);
    } catch (Throwable failure) {
      throw new IllegalStateException("mallinfo2 could not be called", failure);
    }
  }
}
