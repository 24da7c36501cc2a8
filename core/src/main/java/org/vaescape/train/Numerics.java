package org.vaescape.train;

import org.vaescape.engine.Device;
import org.vaescape.engine.NativeLibrary;
import org.vaescape.engine.Precision;

/// In which arithmetic, where, and with how many threads a trial is trained.
///
/// @param threads for one trial, at least 1; more than one may change the last bits of results
public record Numerics(Precision precision, Device device, int threads) {
  public Numerics {
    if (threads < 1) {
      throw new IllegalArgumentException("threads must be at least 1 but was " + threads);
    }
  }

  /// What these words of the study file mean on this machine.
  ///
  /// `auto` is `fp32` everywhere: it gives the same conclusions on every machine, which has not
  /// been shown of `bf16`.
  ///
  /// @param precision `auto`, `fp32` or `bf16`
  /// @param device `auto`, `cpu` or `cuda`
  /// @throws IllegalArgumentException if a word is none of these
  public static Numerics of(String precision, String device, int threads) {
    Precision resolved =
        switch (precision) {
          case "auto", "fp32" -> Precision.FP32;
          case "bf16" -> Precision.BF16;
          default ->
              throw new IllegalArgumentException(
                  "precision must be auto, fp32 or bf16 but was " + precision);
        };
    Device placed = Device.of(device);
    if (resolved == Precision.BF16 && placed == Device.CPU) {
      NativeLibrary.requireBfloat16();
    }
    return new Numerics(resolved, placed, threads);
  }

  /// The resolved precision, as files write it.
  public String precisionText() {
    return precision.text();
  }

  /// The resolved device, as files write it.
  public String deviceText() {
    return device.text();
  }

  /// Library and vector instructions, for provenance.
  public static String libraryText() {
    return NativeLibrary.description();
  }
}
