package org.vaescape.engine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.jspecify.annotations.Nullable;

/// Lifetime of native memory: whatever the opening thread makes inside is freed at [#close].
///
/// Scopes of a thread nest. A training run opens one for its parameters and, inside, one for each
/// step. Tensors of an outer scope may be used inside; those of a closed one may not.
///
/// ```java
/// try (Scope step = Scope.open()) { ... }
/// ```
public final class Scope implements AutoCloseable {
  private static final ThreadLocal<Deque<Scope>> OPEN = ThreadLocal.withInitial(ArrayDeque::new);

  private final PointerScope pointers;
  private final List<Runnable> atClose = new ArrayList<>();
  private final @Nullable NoGradGuard guard;

  private Scope(boolean recordsGradients) {
    NativeLibrary.load();
    pointers = new PointerScope();
    guard = recordsGradients ? null : new NoGradGuard();
    OPEN.get().push(this);
  }

  /// Lets something be freed when the innermost open scope of this thread closes.
  static void atClose(Runnable free) {
    Scope innermost = OPEN.get().peek();
    if (innermost == null) {
      throw new IllegalStateException("no scope is open that could free memory");
    }
    innermost.atClose.add(free);
  }

  /// Opens a scope on the calling thread, which must close it too.
  public static Scope open() {
    return new Scope(true);
  }

  /// Opens a scope in which operations are not recorded for [Tensor#backward].
  public static Scope withoutGradients() {
    return new Scope(false);
  }

  /// Takes a tensor out of this scope; whoever holds it must [Tensor#close] it.
  public Tensor release(Tensor tensor) {
    tensor.raw.retainReference();
    pointers.detach(tensor.raw);
    return tensor;
  }

  @Override
  public void close() {
    boolean open = OPEN.get().remove(this);
    assert open : "closed by another thread, or twice";
    try {
      atClose.forEach(Runnable::run);
    } finally {
      if (guard != null) {
        guard.close();
      }
      pointers.close();
    }
  }
}
