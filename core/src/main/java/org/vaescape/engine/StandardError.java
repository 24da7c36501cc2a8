package org.vaescape.engine;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/// The process's standard error, which the launcher lends to a filter while the JVM starts: the JVM
/// announces incubating modules there, and has no flag against it.
public final class StandardError {
  private static final int DESCRIPTOR = 2;

  private StandardError() {}

  /// Puts the real one back in its place. Does nothing the second time.
  ///
  /// @param lent descriptor that the launcher kept it under
  @SuppressWarnings("restricted") // POSIX: int dup2(int, int), int close(int)
  public static void takeBack(int lent) {
    try {
      if ((int) function("dup2", JAVA_INT, JAVA_INT).invokeExact(lent, DESCRIPTOR) == DESCRIPTOR) {
        int closed = (int) function("close", JAVA_INT).invokeExact(lent);
        assert closed == 0;
      }
    } catch (Throwable failure) {
      throw new IllegalStateException("dup2 could not be called", failure);
    }
  }

  @SuppressWarnings("restricted")
  private static MethodHandle function(String name, ValueLayout.OfInt... arguments) {
    Linker linker = Linker.nativeLinker();
    return linker.downcallHandle(
        linker.defaultLookup().findOrThrow(name), FunctionDescriptor.of(JAVA_INT, arguments));
  }
}
