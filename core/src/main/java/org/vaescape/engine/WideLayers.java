package org.vaescape.engine;

import jdk.incubator.vector.FloatVector;

/// Whether this machine can compute [WideInput] and [WideOutput].
public final class WideLayers {
  private static final String MODULE = "jdk.incubator.vector";

  /// On x86 shorter vectors have no fused multiply-addition, which the JVM would compute number by
  /// number.
  private static final int SHORTEST_VECTOR_BITS = 256;

  private WideLayers() {}

  /// Why it cannot, as half a sentence; empty if it can.
  public static String failure() {
    int bits = vectorBits();
    if (bits == 0) {
      return "java was started without --add-modules " + MODULE;
    }
    if (bits < SHORTEST_VECTOR_BITS) {
      return "the processor's vectors are of %d bits".formatted(bits);
    }
    return OneDnn.failure();
  }

  /// What decides the last bits of these layers, for provenance; or why this machine cannot compute
  /// them.
  public static String description() {
    String failure = failure();
    return failure.isEmpty()
        ? "oneDNN, %s, vectors of %d bits, bf16 operands %s"
            .formatted(
                OneDnn.description(),
                vectorBits(),
                Processor.multipliesBfloat16Fast() ? "in 16 bits" : "in 32 bits")
        : "none: " + failure;
  }

  /// Bits of the vectors that loops over numbers use; 0 where java was started without the module
  /// for them.
  static int vectorBits() {
    return ModuleLayer.boot().findModule(MODULE).isEmpty() ? 0 : Vectors.bits();
  }

  /// Apart, so that without the module nothing asks for its classes.
  private static final class Vectors {
    static int bits() {
      return FloatVector.SPECIES_PREFERRED.vectorBitSize();
    }
  }
}
