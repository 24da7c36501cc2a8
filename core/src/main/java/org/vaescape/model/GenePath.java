package org.vaescape.model;

import java.util.Locale;
import org.vaescape.engine.Device;
import org.vaescape.engine.Precision;
import org.vaescape.engine.WideLayers;

/// How the two layers that touch the genes are computed, and why so: the one place that chooses.
///
/// @param kind what a trial records
/// @param reason half a sentence, for provenance
public record GenePath(Kind kind, String reason) {

  /// The ways there are.
  public enum Kind {
    /// By operations on whole tensors and their recorded gradients.
    PLAIN,
    /// By blocks of genes that stay in the cache; see [org.vaescape.engine.WideOutput].
    FUSED;

    /// As files write it: `plain`.
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// What a study asks for.
  public enum Choice {
    /// The fastest that the machine and the networks allow.
    AUTO,
    PLAIN;

    /// As the study file writes it: `auto`.
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }

    /// The choice that a word of the study file names.
    ///
    /// @throws IllegalArgumentException if the word is none of these
    public static Choice of(String text) {
      return switch (text) {
        case "auto" -> AUTO;
        case "plain" -> PLAIN;
        default -> throw new IllegalArgumentException("path must be auto or plain but was " + text);
      };
    }
  }

  /// The path of networks of this style and term.
  public static GenePath of(
      Choice choice,
      LayerStyle style,
      ReconstructionTerm term,
      Precision precision,
      Device device) {
    GenePath ofMachine = ofMachine(choice, precision, device);
    if (ofMachine.kind() == Kind.PLAIN) {
      return ofMachine;
    }
    if (term.elementError().isEmpty()) {
      return plain("the reconstruction term is not a function of each number alone");
    }
    if (style.output().function().isEmpty()) {
      return plain("the output's activation has no form for blocks");
    }
    return ofMachine;
  }

  /// The path of networks that allow any.
  public static GenePath ofMachine(Choice choice, Precision precision, Device device) {
    if (choice == Choice.PLAIN) {
      return plain("it was asked for");
    }
    if (precision == Precision.FP64) {
      return plain("blocks are computed in 32 bits");
    }
    if (device != Device.CPU) {
      return plain("blocks are computed by the processor, not on " + device.text());
    }
    String failure = WideLayers.failure();
    return failure.isEmpty()
        ? new GenePath(Kind.FUSED, "networks and machine allow it")
        : plain(failure);
  }

  private static GenePath plain(String reason) {
    return new GenePath(Kind.PLAIN, reason);
  }
}
