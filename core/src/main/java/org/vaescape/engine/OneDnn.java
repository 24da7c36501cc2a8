package org.vaescape.engine;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.Loader;

/// Products of matrices by oneDNN, through its C interface (`dnnl.h`, version 3).
///
/// The library is the native part of `org.bytedeco:dnnl`. Its Java part is not used: that loads
/// OpenCL too.
final class OneDnn {
  private static final int CPU = 1;
  private static final int IN_ORDER = 1;
  private static final int AMX = 0xfef; // dnnl_cpu_isa_avx512_core_amx
  private static final int BFLOAT16_VECTORS = 0xe7; // dnnl_cpu_isa_avx512_core_bf16
  private static final int BFLOAT16 = 2; // dnnl_bf16
  private static final int FLOAT32 = 3; // dnnl_f32
  private static final int SOURCE = 1; // DNNL_ARG_SRC
  private static final int WEIGHTS = 33; // DNNL_ARG_WEIGHTS
  private static final int DESTINATION = 17; // DNNL_ARG_DST

  /// `dnnl_exec_arg_t`: a number, padding, a memory object.
  private static final long ARGUMENT_BYTES = 16;

  private OneDnn() {}

  /// Why products cannot be made with it here; empty if they can.
  static String failure() {
    return Attempt.FAILURE;
  }

  /// Whether the processor multiplies bfloat16 numbers in tiles (AMX). Some virtual machines have
  /// such a processor but hide the tiles; the library looks.
  static boolean hasTiles() {
    return has(AMX);
  }

  /// Whether the processor has instructions for vectors of bfloat16 numbers.
  static boolean hasBfloat16Vectors() {
    return has(BFLOAT16_VECTORS);
  }

  /// Version, and what instructions it takes, as the library counts them.
  static String description() {
    try {
      return "%s, instructions 0x%x"
          .formatted(Loader.getVersion("org.bytedeco", "dnnl"), Library.EFFECTIVE_ISA);
    } catch (IOException failure) {
      throw new UncheckedIOException("the dnnl jar has no readable version", failure);
    }
  }

  private static boolean has(int isa) {
    return failure().isEmpty() && (Library.EFFECTIVE_ISA & isa) == isa;
  }

  /// A matrix in memory.
  ///
  /// @param rowStride elements from one row to the next
  /// @param columnStride elements from one column to the next
  /// @param type of its numbers, as the library counts types
  record Layout(long rows, long columns, long rowStride, long columnStride, int type) {
    /// Of 32-bit floats, rows so many of them apart.
    static Layout rows(long rows, long columns, long apart) {
      return new Layout(rows, columns, apart, 1, FLOAT32);
    }

    /// The same of 16-bit floats.
    Layout inBfloat16() {
      return new Layout(rows, columns, rowStride, columnStride, BFLOAT16);
    }

    Layout transposed() {
      return new Layout(columns, rows, columnStride, rowStride, type);
    }

    /// As many columns of it.
    Layout columns(long count) {
      return new Layout(rows, count, rowStride, columnStride, type);
    }

    /// The same with one row right after the other.
    Layout dense() {
      return new Layout(rows, columns, columns, 1, type);
    }
  }

  /// What a product of one shape was prepared as: the primitive, a memory object for each of its
  /// matrices, and the list of arguments that names them.
  record Primitive(
      MemorySegment handle,
      MemorySegment left,
      MemorySegment right,
      MemorySegment result,
      MemorySegment arguments) {}

  /// Prepares result = left x right, or result += left x right.
  ///
  /// @param arena where the list of arguments lives
  static Primitive product(Layout left, Layout right, Layout result, boolean adds, Arena arena) {
    try (Arena slots = Arena.ofConfined();
        Handles passing = new Handles(slots);
        Handles lasting = new Handles(slots)) {
      MemorySegment ofLeft = passing.layout(left);
      MemorySegment ofRight = passing.layout(right);
      MemorySegment ofResult = passing.layout(result);
      MemorySegment description =
          passing.made(
              Library.PRIMITIVE_DESC_DESTROY,
              Library.MATMUL_CREATE,
              Library.ENGINE,
              ofLeft,
              ofRight,
              MemorySegment.NULL,
              ofResult,
              passing.attributes(adds));
      Primitive product =
          new Primitive(
              lasting.made(Library.PRIMITIVE_DESTROY, Library.PRIMITIVE_CREATE, description),
              lasting.matrix(ofLeft),
              lasting.matrix(ofRight),
              lasting.matrix(ofResult),
              arena.allocate(3 * ARGUMENT_BYTES, ARGUMENT_BYTES));
      int[] numbers = {SOURCE, WEIGHTS, DESTINATION};
      MemorySegment[] matrices = {product.left(), product.right(), product.result()};
      for (int i = 0; i < numbers.length; i++) {
        product.arguments().set(JAVA_INT, i * ARGUMENT_BYTES, numbers[i]);
        product.arguments().set(ADDRESS, i * ARGUMENT_BYTES + ADDRESS.byteSize(), matrices[i]);
      }
      lasting.keep();
      return product;
    }
  }

  /// Handles of the library's objects, which it does not free by itself. They are destroyed where
  /// the block that opened this ends, by an exception too.
  private static final class Handles implements AutoCloseable {
    private final Arena slots;
    private final List<Runnable> destructions = new ArrayList<>();

    /// @param slots where handles are written to
    Handles(Arena slots) {
      this.slots = slots;
    }

    MemorySegment layout(Layout layout) {
      return made(
          Library.MEMORY_DESC_DESTROY,
          Library.MEMORY_DESC_CREATE,
          2,
          slots.allocateFrom(JAVA_LONG, layout.rows(), layout.columns()),
          layout.type(),
          slots.allocateFrom(JAVA_LONG, layout.rowStride(), layout.columnStride()));
    }

    /// @param layout a handle
    MemorySegment matrix(MemorySegment layout) {
      return made(
          Library.MEMORY_DESTROY,
          Library.MEMORY_CREATE,
          layout,
          Library.ENGINE,
          MemorySegment.NULL);
    }

    MemorySegment attributes(boolean adds) {
      MemorySegment attributes = made(Library.ATTR_DESTROY, Library.ATTR_CREATE);
      if (adds) {
        MemorySegment sum = made(Library.POST_OPS_DESTROY, Library.POST_OPS_CREATE);
        call(Library.APPEND_SUM, sum, 1f, 0, FLOAT32);
        call(Library.SET_POST_OPS, attributes, sum); // which copies it
      }
      return attributes;
    }

    MemorySegment made(MethodHandle destructor, MethodHandle constructor, Object... arguments) {
      MemorySegment handle = OneDnn.made(slots, constructor, arguments);
      destructions.add(() -> call(destructor, handle));
      return handle;
    }

    /// Leaves what was made to the caller.
    void keep() {
      destructions.clear();
    }

    @Override
    public void close() {
      destructions.reversed().forEach(Runnable::run);
    }
  }

  /// Computes a product on the calling thread, and returns when it is there.
  static void execute(
      Primitive product, MemorySegment left, MemorySegment right, MemorySegment result) {
    MemorySegment stream = Library.STREAM.get();
    try { // invokeExact: these are called a hundred times a step
      check((int) Library.SET_DATA.invokeExact(product.left(), left));
      check((int) Library.SET_DATA.invokeExact(product.right(), right));
      check((int) Library.SET_DATA.invokeExact(product.result(), result));
      check((int) Library.EXECUTE.invokeExact(product.handle(), stream, 3, product.arguments()));
      check((int) Library.WAIT.invokeExact(stream));
    } catch (IllegalStateException | OutOfMemoryError failure) {
      throw failure;
    } catch (Throwable failure) {
      throw new IllegalStateException("oneDNN could not be called", failure);
    }
  }

  /// Frees what [#product] made.
  static void free(Primitive product) {
    call(Library.PRIMITIVE_DESTROY, product.handle());
    call(Library.MEMORY_DESTROY, product.left());
    call(Library.MEMORY_DESTROY, product.right());
    call(Library.MEMORY_DESTROY, product.result());
  }

  /// Calls a function whose first argument takes the handle of what it makes.
  private static MemorySegment made(Arena arena, MethodHandle function, Object... others) {
    MemorySegment slot = arena.allocate(ADDRESS);
    Object[] arguments = new Object[others.length + 1];
    arguments[0] = slot;
    System.arraycopy(others, 0, arguments, 1, others.length);
    call(function, arguments);
    return slot.get(ADDRESS, 0);
  }

  private static void call(MethodHandle function, Object... arguments) {
    int status;
    try {
      status = (int) function.invokeWithArguments(arguments);
    } catch (Throwable failure) {
      throw new IllegalStateException("oneDNN could not be called", failure);
    }
    check(status);
  }

  private static void check(int status) {
    if (status == 1) { // dnnl_out_of_memory
      throw new OutOfMemoryError("oneDNN: no memory for a product");
    }
    if (status != 0) {
      throw new IllegalStateException("oneDNN: status " + status);
    }
  }

  /// Why the library cannot be used is kept as text, so that every caller is told.
  private static final class Attempt {
    private static final String FAILURE = failure();

    private static String failure() {
      try {
        NativeLibrary.load(); // brings the OpenMP that both share
        return Library.EFFECTIVE_ISA == 0 ? "oneDNN knows no kernel for this processor" : "";
      } catch (LinkageError | RuntimeException failure) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        return "oneDNN cannot be loaded on %s (%s)"
            .formatted(Loader.getPlatform(), cause.getMessage());
      }
    }
  }

  /// The library's functions.
  @SuppressWarnings("restricted") // signatures are those of dnnl.h
  private static final class Library {
    private static final SymbolLookup SYMBOLS = SymbolLookup.libraryLookup(file(), Arena.global());

    private static final MethodHandle MEMORY_DESC_CREATE =
        function("memory_desc_create_with_strides", ADDRESS, JAVA_INT, ADDRESS, JAVA_INT, ADDRESS);
    private static final MethodHandle MEMORY_DESC_DESTROY =
        function("memory_desc_destroy", ADDRESS);
    private static final MethodHandle ATTR_CREATE = function("primitive_attr_create", ADDRESS);
    private static final MethodHandle ATTR_DESTROY = function("primitive_attr_destroy", ADDRESS);
    private static final MethodHandle POST_OPS_CREATE = function("post_ops_create", ADDRESS);
    private static final MethodHandle APPEND_SUM =
        function("post_ops_append_sum", ADDRESS, JAVA_FLOAT, JAVA_INT, JAVA_INT);
    private static final MethodHandle SET_POST_OPS =
        function("primitive_attr_set_post_ops", ADDRESS, ADDRESS);
    private static final MethodHandle POST_OPS_DESTROY = function("post_ops_destroy", ADDRESS);
    private static final MethodHandle MATMUL_CREATE =
        function(
            "matmul_primitive_desc_create",
            ADDRESS,
            ADDRESS,
            ADDRESS,
            ADDRESS,
            ADDRESS,
            ADDRESS,
            ADDRESS);
    private static final MethodHandle PRIMITIVE_DESC_DESTROY =
        function("primitive_desc_destroy", ADDRESS);
    private static final MethodHandle PRIMITIVE_CREATE =
        function("primitive_create", ADDRESS, ADDRESS);
    private static final MethodHandle PRIMITIVE_DESTROY = function("primitive_destroy", ADDRESS);
    private static final MethodHandle MEMORY_CREATE =
        function("memory_create", ADDRESS, ADDRESS, ADDRESS, ADDRESS);
    private static final MethodHandle MEMORY_DESTROY = function("memory_destroy", ADDRESS);
    private static final MethodHandle SET_DATA =
        function("memory_set_data_handle", ADDRESS, ADDRESS);
    private static final MethodHandle EXECUTE =
        function("primitive_execute", ADDRESS, ADDRESS, JAVA_INT, ADDRESS);
    private static final MethodHandle WAIT = function("stream_wait", ADDRESS);

    private static final int EFFECTIVE_ISA = effectiveIsa();

    private static final MemorySegment ENGINE =
        made(Arena.global(), function("engine_create", ADDRESS, JAVA_INT, JAVA_LONG), CPU, 0L);

    /// One for each thread: they are not made for sharing. They are small, and stay when a worker
    /// ends.
    private static final ThreadLocal<MemorySegment> STREAM =
        ThreadLocal.withInitial(() ->
            made(
                Arena.ofAuto(),
                function("stream_create", ADDRESS, ADDRESS, JAVA_INT),
                ENGINE,
                IN_ORDER));

    /// Unpacks the library into JavaCPP's cache, as it does its own.
    private static Path file() {
      String platform = Loader.getPlatform();
      String name = platform.startsWith("macosx") ? "libdnnl.3.dylib" : "libdnnl.so.3";
      try {
        File unpacked =
            Loader.cacheResource(OneDnn.class, "/org/bytedeco/dnnl/" + platform + "/" + name);
        if (unpacked == null) {
          throw new IllegalStateException("there is none for this platform");
        }
        return unpacked.toPath();
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
    }

    private static int effectiveIsa() {
      try {
        return (int) function("get_effective_cpu_isa").invokeExact();
      } catch (Throwable failure) {
        throw new IllegalStateException("oneDNN could not be called", failure);
      }
    }

    private static MethodHandle function(String name, MemoryLayout... arguments) {
      return Linker.nativeLinker()
          .downcallHandle(
              SYMBOLS.findOrThrow("dnnl_" + name), FunctionDescriptor.of(JAVA_INT, arguments));
    }
  }
}
