package org.vaescape.engine;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/// A step on every element of a few equally large tensors, in one pass over memory: operations on
/// its parts are noted, and [#run] does all of them on a block of elements, which stays in the
/// innermost cache, before it goes on to the next block.
///
/// Tensors are dense, of 32-bit floats in this process's memory. For one thread.
public final class ElementBlocks {
  /// Elements of a block: the five arrays of Adam fill half of a cache of 48 KiB.
  private static final int SIZE = 1 << 10;

  private final int count;
  private final int size;
  private final Part parameter;
  private final List<IntConsumer> noted = new ArrayList<>();
  private final Set<Part> read = new LinkedHashSet<>();
  private final Set<Part> changed = new LinkedHashSet<>();

  /// @param parameter what steps change
  public ElementBlocks(Tensor parameter) {
    MemorySegment memory = parameter.memory();
    count = Math.toIntExact(memory.byteSize() / Float.BYTES);
    size = Math.min(SIZE, wholeVectors(count));
    this.parameter = new Part(memory, true);
  }

  private static int wholeVectors(int elements) {
    return Math.ceilDiv(elements, VectorMath.LANES) * VectorMath.LANES;
  }

  /// The tensor that this was made for.
  public Part parameter() {
    return parameter;
  }

  /// A tensor of which steps want the numbers alone: what operations put there is forgotten at the
  /// end of a step. It has to be told by [Part#show] before each.
  public Part input() {
    return new Part(null, false);
  }

  /// Does what was noted since the last time.
  public void run() {
    for (int from = 0; from < count; from += size) {
      int these = Math.min(size, count - from);
      for (Part part : read) {
        part.load(from, these);
      }
      // Numbers beyond the last are whatever was there, and stay in the arrays.
      int vectors = wholeVectors(these);
      for (IntConsumer operation : noted) {
        operation.accept(vectors);
      }
      for (Part part : changed) {
        part.store(from, these);
      }
    }
    noted.clear();
    read.clear();
    changed.clear();
  }

  /// The numbers of a tensor, or room for as many, as operations name them.
  public final class Part implements Elements<Part> {
    private @Nullable MemorySegment memory;
    private final boolean kept;
    private final float[] block = new float[size];

    private Part(@Nullable MemorySegment memory, boolean kept) {
      this.memory = memory;
      this.kept = kept;
    }

    /// Makes these the numbers of a tensor, which must live until [ElementBlocks#run].
    public void show(Tensor tensor) {
      memory = tensor.contiguous().memory();
    }

    @Override
    public Part state() {
      return new Part(Tensor.zeros(DType.FLOAT32, count).memory(), true);
    }

    @Override
    public Part scratch() {
      return input();
    }

    private void load(int from, int these) {
      if (memory != null) {
        MemorySegment.copy(memory, JAVA_FLOAT, (long) from * Float.BYTES, block, 0, these);
      }
    }

    private void store(int from, int these) {
      if (memory != null && kept) {
        MemorySegment.copy(block, 0, memory, JAVA_FLOAT, (long) from * Float.BYTES, these);
      }
    }

    private void note(IntConsumer operation, Part... others) {
      read.add(this);
      read.addAll(List.of(others));
      changed.add(this);
      noted.add(operation);
    }

    @Override
    public void fillInPlace(double value) {
      note(n -> ElementLoops.fill(block, (float) value, n));
    }

    @Override
    public void copyInPlace(Part other) {
      note(n -> ElementLoops.copy(block, other.block, n), other);
    }

    @Override
    public void timesInPlace(double value) {
      note(n -> ElementLoops.times(block, (float) value, n));
    }

    @Override
    public void plusInPlace(Part other, double factor) {
      note(n -> ElementLoops.plus(block, other.block, (float) factor, n), other);
    }

    @Override
    public void plusInPlace(double value) {
      note(n -> ElementLoops.plus(block, (float) value, n));
    }

    @Override
    public void timesInPlace(Part other) {
      note(n -> ElementLoops.times(block, other.block, n), other);
    }

    @Override
    public void overInPlace(Part other) {
      note(n -> ElementLoops.over(block, other.block, n), other);
    }

    @Override
    public void sqrtInPlace() {
      note(n -> ElementLoops.sqrt(block, n));
    }

    @Override
    public void absInPlace() {
      note(n -> ElementLoops.abs(block, n));
    }

    @Override
    public void signInPlace() {
      note(n -> ElementLoops.sign(block, n));
    }

    @Override
    public void clampInPlace(double min, double max) {
      note(n -> ElementLoops.clamp(block, (float) min, (float) max, n));
    }

    @Override
    public void fillWhereInPlace(Part other, double number, double value) {
      note(
          n -> ElementLoops.fillWhere(block, other.block, (float) number, (float) value, n), other);
    }

    @Override
    public void maximumInPlace(Part other) {
      note(n -> ElementLoops.maximum(block, other.block, n), other);
    }

    @Override
    public void lerpInPlace(Part other, double weight) {
      note(n -> ElementLoops.lerp(block, other.block, (float) weight, n), other);
    }

    @Override
    public void plusProductInPlace(Part a, Part b, double factor) {
      note(n -> ElementLoops.plusProduct(block, a.block, b.block, (float) factor, n), a, b);
    }

    @Override
    public void plusQuotientInPlace(Part a, Part b, double factor) {
      note(n -> ElementLoops.plusQuotient(block, a.block, b.block, (float) factor, n), a, b);
    }
  }
}
