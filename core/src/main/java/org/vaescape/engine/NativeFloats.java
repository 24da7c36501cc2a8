package org.vaescape.engine;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;

/// Vectors of 32-bit floats in native memory, by address.
///
/// Addresses are not checked: who calls a loop over them takes them from a segment that holds all
/// that the loop touches, and keeps that memory alive. A loop over segments checks each of them at
/// each vector as soon as there are three: it takes seven times as long.
final class NativeFloats {
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();

  @SuppressWarnings("restricted") // as the class says
  private static final MemorySegment ALL = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);

  private NativeFloats() {}

  static FloatVector load(long address) {
    return FloatVector.fromMemorySegment(VectorMath.SPECIES, ALL, address, ORDER);
  }

  static void store(FloatVector vector, long address) {
    vector.intoMemorySegment(ALL, address, ORDER);
  }
}
