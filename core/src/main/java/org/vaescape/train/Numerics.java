package org.vaescape.train;

import org.vaescape.engine.Device;
import org.vaescape.engine.NativeLibrary;
import org.vaescape.engine.Precision;
import org.vaescape.engine.Processor;
import org.vaescape.engine.WideLayers;
import org.vaescape.model.GenePath;

/// In which arithmetic, where, and with how many threads a trial is trained.
///
/// @param path asked for, of the layers that touch the genes
/// @param threads for one trial, at least 1; more than one may change the last bits of results
public record Numerics(Precision precision, GenePath.Choice path, Device device, int threads) {
  /// On the path that suits.
  public Numerics(Precision precision, Device device, int threads) {
    this(precision, GenePath.Choice.AUTO, device, threads);
  }

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
  /// @param path `auto` or `plain`
  /// @param device `auto`, `cpu` or `cuda`
  /// @throws IllegalArgumentException if a word is none of these
  public static Numerics of(String precision, String path, String device, int threads) {
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
    return new Numerics(resolved, GenePath.Choice.of(path), placed, threads);
  }

  /// The resolved precision, as files write it.
  public String precisionText() {
    return precision.text();
  }

  /// The path that trials take whose networks allow it, as files write it.
  public String pathText() {
    return GenePath.ofMachine(path, precision, device).kind().text();
  }

  /// Whether optimizers take all of a step on a few elements before they look at the next: wherever
  /// the machine could take the fused path, whatever the networks.
  boolean inOnePass() {
    return GenePath.ofMachine(path, precision, device).kind() == GenePath.Kind.FUSED;
  }

  /// The resolved device, as files write it.
  public String deviceText() {
    return device.text();
  }

  /// The processor's name, for provenance.
  public static String processorText() {
    return Processor.describe();
  }

  /// Library and vector instructions, for provenance.
  public static String libraryText() {
    return NativeLibrary.description();
  }

  /// What computes the fused path, for provenance.
  public static String kernelsText() {
    return WideLayers.description();
  }
}
