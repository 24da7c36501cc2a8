package org.vaescape.engine;

import java.util.Locale;
import org.bytedeco.pytorch.global.torch;
import org.vaescape.UserError;

/// Where tensors live.
public enum Device {
  CPU,
  CUDA;

  /// The device that `auto`, `cpu` or `cuda` names on this machine.
  ///
  /// @throws UserError if `cuda` is asked for and there is none
  /// @throws IllegalArgumentException if the word is none of the three
  public static Device of(String word) {
    return switch (word) {
      case "auto" -> hasGpu() ? CUDA : CPU;
      case "cpu" -> CPU;
      case "cuda" -> {
        if (!hasGpu()) {
          throw new UserError(
              "device: cuda is asked for, but this libtorch sees no GPU; set device to cpu, or build"
                  + " with -Dnative.platform=linux-x86_64-gpu on a machine that has one");
        }
        yield CUDA;
      }
      default ->
          throw new IllegalArgumentException("device must be auto, cpu or cuda but was " + word);
    };
  }

  private static boolean hasGpu() {
    NativeLibrary.load();
    return torch.cuda_is_available();
  }

  /// As files and the command line write it: `cpu`.
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  org.bytedeco.pytorch.Device raw() {
    return new org.bytedeco.pytorch.Device(text());
  }
}
