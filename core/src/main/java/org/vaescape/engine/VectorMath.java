package org.vaescape.engine;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// Functions of vectors of 32-bit floats, from additions, multiplications and fused
/// multiply-additions alone.
///
/// The Vector API has such functions too, but theirs give other bits before and after the
/// just-in-time compiler steps in, so that results would depend on timing. These polynomials were
/// fitted to the least largest relative error; with rounding they are within 2 units in the last
/// place of 32-bit floats. NaN gives NaN.
final class VectorMath {
  static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;

  /// Numbers in a vector.
  static final int LANES = SPECIES.length();

  private static final float LOG2_E = 1.442695f;

  /// What LOG2_E lacks of log2(e).
  private static final float LOG2_E_REST = 1.9259629e-8f;

  /// Added and taken off again, it rounds to a whole number, which stands in the lowest bits of the
  /// sum.
  private static final float ROUNDER = 0x1.8p23f;

  private static final int EXPONENT_BITS_OF_ONE = 0x3f800000;
  private static final int EXPONENT_PLACE = 23;

  private VectorMath() {}

  static FloatVector broadcast(float value) {
    return FloatVector.broadcast(SPECIES, value);
  }

  /// exp(x); below -87 as at -87 and above 88 as at 88, which are the ends of what floats hold.
  static FloatVector exp(FloatVector x) {
    FloatVector bounded = x.max(-87f).min(88f);
    FloatVector rounded = bounded.fma(broadcast(LOG2_E), broadcast(ROUNDER));
    FloatVector whole = rounded.sub(ROUNDER);
    FloatVector rest =
        bounded.fma(broadcast(LOG2_E), whole.neg()).add(bounded.mul(LOG2_E_REST)); // in [-1/2, 1/2]
    FloatVector power = broadcast(1.5345811e-4f);
    power = power.fma(rest, broadcast(1.3399931e-3f));
    power = power.fma(rest, broadcast(9.618489e-3f));
    power = power.fma(rest, broadcast(5.550329e-2f));
    power = power.fma(rest, broadcast(0.24022648f));
    power = power.fma(rest, broadcast(6.931472e-1f));
    power = power.fma(rest, broadcast(1f));
    FloatVector scale =
        rounded
            .reinterpretAsInts()
            .lanewise(VectorOperators.LSHL, EXPONENT_PLACE)
            .add(EXPONENT_BITS_OF_ONE)
            .reinterpretAsFloats();
    return power.mul(scale);
  }

  /// 1 / (1 + exp(-x)).
  static FloatVector sigmoid(FloatVector x) {
    return broadcast(1f).div(exp(x.neg()).add(1f));
  }

  /// log(1 + x) of x in [0, 1].
  static FloatVector log1p(FloatVector x) {
    FloatVector quotient = broadcast(-0.0032440247f);
    quotient = quotient.fma(x, broadcast(0.01985146f));
    quotient = quotient.fma(x, broadcast(-0.05695953f));
    quotient = quotient.fma(x, broadcast(0.10603654f));
    quotient = quotient.fma(x, broadcast(-0.15305592f));
    quotient = quotient.fma(x, broadcast(0.19675939f));
    quotient = quotient.fma(x, broadcast(-0.24954134f));
    quotient = quotient.fma(x, broadcast(0.33329964f));
    quotient = quotient.fma(x, broadcast(-0.49999902f));
    quotient = quotient.fma(x, broadcast(1f));
    return quotient.mul(x);
  }
}
