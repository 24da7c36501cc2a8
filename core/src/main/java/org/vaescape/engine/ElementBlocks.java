package org.vaescape.engine;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/// A step on every element of a few equally large tensors, in one pass over memory: operations on
/// its parts are noted, and [#run] does all of them on a block of elements, which stays in the
/// innermost cache, before it goes on to the next block.
///
/// Tensors are dense, of 32-bit floats in this process's memory. For one thread; its memory belongs
/// to the scope that is open when it is made.
public final class ElementBlocks {
  /// Bytes of a block: the five of Adam fill less than half of a cache of 48 KiB.
  private static final long BLOCK = 1 << 12;

  private static final long VECTOR = (long) VectorMath.LANES * Float.BYTES;

  private final long bytes;
  private final Part parameter;
  private final List<LongConsumer> noted = new ArrayList<>();
  private final Set<Part> touched = new LinkedHashSet<>();

  /// @param parameter what steps change
  public ElementBlocks(Tensor parameter) {
    MemorySegment memory = parameter.memory();
    bytes = memory.byteSize();
    this.parameter = new Part(memory, VECTOR);
  }

  /// The tensor that this was made for.
  public Part parameter() {
    return parameter;
  }

  /// A tensor that is another one at each step; has to be told by [Part#show] before.
  public Part input() {
    return new Part(null, VECTOR);
  }

  /// Does what was noted since the last time.
  public void run() {
    long whole = bytes - bytes % VECTOR;
    for (long from = 0; from < whole; from += BLOCK) {
      long these = Math.min(BLOCK, whole - from);
      for (Part part : touched) {
        part.lookAt(from, these);
      }
      operate(these);
    }
    if (whole < bytes) { // through a vector, whose other numbers do not matter
      touched.forEach(part -> part.copyRest(whole));
      operate(VECTOR);
      touched.forEach(part -> part.copyRestBack(whole));
    }
    noted.clear();
    touched.clear();
  }

  private void operate(long these) {
    for (LongConsumer operation : noted) {
      operation.accept(these);
    }
  }

  /// The numbers of a tensor, or room for as many, as operations name them.
  public final class Part implements Elements<Part> {
    private @Nullable MemorySegment memory;

    /// Room for a vector beyond the last whole one, or for a block where there is no tensor.
    private final MemorySegment own;

    /// Where what operations are about now begins.
    private long now;

    private Part(@Nullable MemorySegment memory, long room) {
      this.memory = memory;
      own = Tensor.zeros(DType.FLOAT32, room / Float.BYTES).memory();
      now = own.address();
    }

    /// Makes these the numbers of a tensor, which must live until [ElementBlocks#run].
    public void show(Tensor tensor) {
      memory = tensor.contiguous().memory();
    }

    @Override
    public Part state() {
      Tensor zeros = Tensor.zeros(DType.FLOAT32, bytes / Float.BYTES);
      return new Part(zeros.memory(), VECTOR);
    }

    @Override
    public Part scratch() {
      return new Part(null, BLOCK);
    }

    private void lookAt(long from, long these) {
      now = (memory == null ? own.asSlice(0, these) : memory.asSlice(from, these)).address();
    }

    private void copyRest(long from) {
      now = own.address();
      if (memory != null) {
        MemorySegment.copy(memory, from, own, 0, bytes - from);
      }
    }

    private void copyRestBack(long from) {
      if (memory != null) {
        MemorySegment.copy(own, 0, memory, from, bytes - from);
      }
    }

    private void note(LongConsumer operation, Part... others) {
      touched.add(this);
      touched.addAll(List.of(others));
      noted.add(operation);
    }

    @Override
    public void fillInPlace(double value) {
      note(n -> ElementLoops.fill(now, (float) value, n));
    }

    @Override
    public void copyInPlace(Part other) {
      note(n -> ElementLoops.copy(now, other.now, n), other);
    }

    @Override
    public void timesInPlace(double value) {
      note(n -> ElementLoops.times(now, (float) value, n));
    }

    @Override
    public void plusInPlace(Part other, double factor) {
      note(n -> ElementLoops.plus(now, other.now, (float) factor, n), other);
    }

    @Override
    public void plusInPlace(double value) {
      note(n -> ElementLoops.plus(now, (float) value, n));
    }

    @Override
    public void timesInPlace(Part other) {
      note(n -> ElementLoops.times(now, other.now, n), other);
    }

    @Override
    public void overInPlace(Part other) {
      note(n -> ElementLoops.over(now, other.now, n), other);
    }

    @Override
    public void sqrtInPlace() {
      note(n -> ElementLoops.sqrt(now, n));
    }

    @Override
    public void absInPlace() {
      note(n -> ElementLoops.abs(now, n));
    }

    @Override
    public void signInPlace() {
      note(n -> ElementLoops.sign(now, n));
    }

    @Override
    public void clampInPlace(double min, double max) {
      note(n -> ElementLoops.clamp(now, (float) min, (float) max, n));
    }

    @Override
    public void fillWhereInPlace(Part other, double number, double value) {
      note(n -> ElementLoops.fillWhere(now, other.now, (float) number, (float) value, n), other);
    }

    @Override
    public void maximumInPlace(Part other) {
      note(n -> ElementLoops.maximum(now, other.now, n), other);
    }

    @Override
    public void lerpInPlace(Part other, double weight) {
      note(n -> ElementLoops.lerp(now, other.now, (float) weight, n), other);
    }

    @Override
    public void mixSquareInPlace(Part other, double keep) {
      note(n -> ElementLoops.mixSquare(now, other.now, (float) keep, (float) (1 - keep), n), other);
    }

    @Override
    public void rootInPlace(Part other, double factor, double value) {
      note(n -> ElementLoops.root(now, other.now, (float) factor, (float) value, n), other);
    }

    @Override
    public void plusProductInPlace(Part a, Part b, double factor) {
      note(n -> ElementLoops.plusProduct(now, a.now, b.now, (float) factor, n), a, b);
    }

    @Override
    public void plusQuotientInPlace(Part a, Part b, double factor) {
      note(n -> ElementLoops.plusQuotient(now, a.now, b.now, (float) factor, n), a, b);
    }
  }
}
