package org.vaescape.study;

import java.util.List;
import java.util.Locale;
import java.util.Objects;

/// What an exception of a trial says.
final class NativeFailures {
  private static final int LONGEST = 500;

  /// How the allocators of libtorch and of C++ say that there is no more memory; and how an error
  /// of Java does that comes back through libtorch, from the way back of a wide layer.
  private static final List<String> OUT_OF_MEMORY =
      List.of(
          "out of memory",
          "can't allocate memory",
          "not enough memory",
          "bad_alloc",
          "outofmemoryerror");

  private NativeFailures() {}

  static boolean isOutOfMemory(Throwable failure) {
    String text = Objects.toString(failure.getMessage(), "").toLowerCase(Locale.ROOT);
    return failure instanceof OutOfMemoryError || OUT_OF_MEMORY.stream().anyMatch(text::contains);
  }

  /// Class and message on one line; libtorch's stack trace, which follows its message, is left out.
  static String text(Throwable failure) {
    String message =
        Objects.toString(failure.getMessage(), "").lines().findFirst().orElse("").strip();
    String text = failure.getClass().getSimpleName() + (message.isEmpty() ? "" : ": " + message);
    return text.length() > LONGEST ? text.substring(0, LONGEST) + "..." : text;
  }
}
