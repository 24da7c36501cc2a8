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

  /// Begins to load libtorch on another thread, for whoever is going to need it. If it cannot be
  /// loaded, [#load] says so.
  ///
  /// A process that ends meanwhile waits for it: it would crash, since what libraries set up as
  /// they are loaded is taken down at the end.
  public static void loadAhead() {
    Thread loading = Thread.ofPlatform().daemon().name("load-libtorch").unstarted(Loaded::await);
    Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> waitFor(loading)));
    loading.start();
  }

  private static void waitFor(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Number of threads that operations started by the calling thread may use.
  public static void useThreads(int threads) {
    load();
    torch.set_num_threads(threads);
  }

  /// Says so if products of bfloat16 operands do not work here.
  ///
  /// @throws UserError with what to do
  public static void requireBfloat16() {
    String failure = bfloat16Failure();
    if (!failure.isEmpty()) {
      throw new UserError(failure);
    }
  }

  /// Why products of bfloat16 operands do not work here, and what to do; empty if they do.
  ///
  /// Some virtual machines show the processor's AMX flags but hide its tile palettes. There oneDNN
  /// cannot make a kernel for many columns, which it reports, and makes one without a tile
  /// configuration for few, which ends the process by an illegal instruction. The probe has many.
  public static String bfloat16Failure() {
    load();
    try (Scope _ = Scope.withoutGradients()) {
      Tensor left = Tensor.zeros(DType.BFLOAT16, 64, 5000);
      left.matmul(Tensor.zeros(DType.BFLOAT16, 5000, 32)).close();
      return "";
    } catch (RuntimeException failure) {
      return "precision bf16 does not work on this machine (libtorch: %s); use --precision fp32, or set the environment variable ONEDNN_MAX_CPU_ISA=AVX512_CORE_BF16, which is slower"
          .formatted(failure.getMessage());
    }
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
        return "libtorch cannot be loaded on %s (%s); it is unpacked in %s, which needs half a GB of space; if vaescape was built for another platform, build it with -Dnative.platform=%s"
            .formatted(
                Loader.getPlatform(), failure.getMessage(), cacheFolder(), Loader.getPlatform());
      }
    }

    private static String cacheFolder() {
      try {
        return Loader.getCacheDir().toString();
      } catch (IOException e) {
        return "a folder that cannot be made (" + UserError.reason(e) + ")";
      }
    }

    private static void await() {
      // The class initializer has done it.
    }

    private static void ensure() {
      if (!FAILURE.isEmpty()) {
        throw new UserError(FAILURE);
      }
    }
  }
}
