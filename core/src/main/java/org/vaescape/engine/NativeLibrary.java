package org.vaescape.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.openblas.global.openblas;
import org.bytedeco.pytorch.global.torch;
import org.vaescape.UserError;

/// The tensor library, libtorch, loaded once for the process.
public final class NativeLibrary {
  private NativeLibrary() {}

  /// Loads libtorch if it is not loaded yet; cheap afterwards.
  ///
  /// @throws UserError if there is none for this platform or it cannot be loaded
  public static void load() {
    Loaded.ensure();
  }

  /// Number of threads that operations started by the calling thread may use.
  public static void useThreads(int threads) {
    load();
    torch.set_num_threads(threads);
  }

  /// Version of libtorch and the vector instructions that it uses here, for provenance.
  public static String description() {
    load();
    try {
      return "libtorch %s, %s"
          .formatted(
              Loader.getVersion("org.bytedeco", "pytorch"), torch.get_cpu_capability().getString());
    } catch (IOException failure) {
      throw new UncheckedIOException("the pytorch jar has no readable version", failure);
    }
  }

  /// Its class initializer runs once, under the JVM's lock; why it failed is kept as text, so that
  /// every caller is told.
  private static final class Loaded {
    private static final String FAILURE = attempt();

    private static String attempt() {
      // JavaCPP limits the process to 4 x heap and raises false alarms; the study has its own
      // limit.
      System.setProperty("org.bytedeco.javacpp.maxPhysicalBytes", "0");
      System.setProperty("org.bytedeco.javacpp.maxBytes", "0");
      // Its warnings go where the program's logging goes, not to the terminal.
      System.setProperty("org.bytedeco.javacpp.logger", "slf4j");
      try {
        Loader.load(openblas.class);
        openblas.blas_set_num_threads(1);
        Loader.load(torch.class);
        torch.set_num_threads(1);
        return "";
      } catch (UnsatisfiedLinkError | NoClassDefFoundError | RuntimeException failure) {
        return "libtorch cannot be loaded on %s (%s); build for this platform with -Dnative.platform=%s"
            .formatted(Loader.getPlatform(), failure.getMessage(), Loader.getPlatform());
      }
    }

    private static void ensure() {
      if (!FAILURE.isEmpty()) {
        throw new UserError(FAILURE);
      }
    }
  }
}
