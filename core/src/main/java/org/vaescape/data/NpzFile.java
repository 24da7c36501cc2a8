package org.vaescape.data;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.vaescape.UserError;

/// Reads a matrix from NumPy's `.npz`: the only array of two dimensions, or the one that is called
/// `X`, `matrix`, `data` or `arr_0`; or what `scipy.sparse.save_npz` writes.
///
/// Samples and genes are named by arrays of texts, if there are any under a name such as `samples`
/// and `genes`, or `obs_names` and `var_names`. Arrays of Python's objects are not read.
final class NpzFile implements AutoCloseable {
  private static final byte[] MAGIC = {'P', 'K'};
  private static final String ENDING = ".npy";
  private static final String OBJECTS = "|O";
  private static final String BYTES = "|S";
  private static final Pattern TEXTS = Pattern.compile("([<>]U|\\|S)(\\d{1,5})");
  private static final NpyHeader NOTHING = new NpyHeader("", false, List.of());

  /// Letters of `csr` and its like.
  private static final int FORMAT = 3;

  private static final List<String> MATRICES = List.of("X", "matrix", "data", "arr_0");
  private static final List<String> SAMPLES =
      List.of("samples", "sample_names", "obs_names", "barcodes", "rows");
  private static final List<String> GENES =
      List.of("genes", "gene_names", "var_names", "features", "columns");

  private final Path path;
  private final String source;
  private final long bytes;
  private final ZipFile zip;
  private final SequencedMap<String, NpyHeader> arrays = new LinkedHashMap<>();

  private NpzFile(Path path) throws IOException {
    this.path = path;
    source = path.toString();
    bytes = Files.size(path);
    zip = new ZipFile(path.toFile());
  }

  /// Whether it is one: other archives begin like it.
  static boolean is(Path path, PushbackInputStream in) throws IOException {
    return path.toString().toLowerCase(Locale.ROOT).endsWith(".npz")
        && Arrays.equals(DataFile.peek(in, MAGIC.length), MAGIC);
  }

  static Matrix read(Path path, Orientation orientation, Rows rows) throws IOException {
    try (NpzFile file = new NpzFile(path)) {
      return file.read(orientation == Orientation.GENES_IN_ROWS, rows);
    }
  }

  private Matrix read(boolean genesInRows, Rows rows) throws IOException {
    for (ZipEntry entry : zip.stream().toList()) {
      if (entry.getName().endsWith(ENDING)) {
        String name = entry.getName().substring(0, entry.getName().length() - ENDING.length());
        try (InputStream in = zip.getInputStream(entry)) {
          arrays.put(name, NpyHeader.read(array(name), in));
        }
      }
    }
    if (arrays.keySet().containsAll(List.of("format", "shape"))) {
      return sparse(genesInRows);
    }
    String chosen = chosen();
    try (InputStream in = new HonestStream(path, zip.getInputStream(entry(chosen)))) {
      return NpyFile.read(array(chosen), in, genesInRows, rows, names());
    }
  }

  /// How messages name an array.
  private String array(String name) {
    return source + ", array " + name;
  }

  private ZipEntry entry(String name) {
    return zip.getEntry(name + ENDING);
  }

  private String chosen() {
    List<String> matrices =
        arrays.entrySet().stream()
            .filter(array -> array.getValue().shape().size() == 2)
            .map(Map.Entry::getKey)
            .toList();
    return matrices.size() == 1
        ? matrices.getFirst()
        : MATRICES.stream()
            .filter(matrices::contains)
            .findFirst()
            .orElseThrow(() ->
                new UserError(
                    "%s: must have one array of 2 dimensions, or one called %s, but has %s"
                        .formatted(
                            source,
                            String.join(" or ", MATRICES),
                            arrays.isEmpty()
                                ? "none at all"
                                : matrices.isEmpty()
                                    ? "none among " + String.join(", ", arrays.keySet())
                                    : String.join(", ", matrices))));
  }

  private NpyFile.Names names() throws IOException {
    return new NpyFile.Names(texts(SAMPLES), texts(GENES));
  }

  /// The texts of the first of these arrays that holds some.
  private Optional<List<String>> texts(List<String> wanted) throws IOException {
    for (String name : wanted) {
      NpyHeader header = arrays.get(name);
      if (header != null && header.type().equals(OBJECTS)) {
        throw new UserError(
            "%s: holds objects of Python, which are never read; save it with numpy.array(..., dtype=str)"
                .formatted(array(name)));
      }
      if (header != null && header.shape().size() == 1) {
        Matcher texts = TEXTS.matcher(header.type());
        if (texts.matches()) {
          return Optional.of(texts(name, texts.group(1), Integer.parseInt(texts.group(2))));
        }
      }
    }
    return Optional.empty();
  }

  /// Texts of at most so many characters, filled up with zeros.
  ///
  /// @param kind `|S` of one byte for each, `<U` and `>U` of four
  private List<String> texts(String name, String kind, int characters) throws IOException {
    int width = kind.equals(BYTES) ? characters : 4 * characters;
    Charset charset =
        kind.equals(BYTES)
            ? StandardCharsets.UTF_8
            : Charset.forName(kind.startsWith("<") ? "UTF-32LE" : "UTF-32BE");
    byte[] bytes = values(name, width);
    List<String> texts = new ArrayList<>();
    for (int from = 0; from + width <= bytes.length && width > 0; from += width) {
      String text = new String(bytes, from, width, charset);
      int end = text.indexOf('\0');
      texts.add((end < 0 ? text : text.substring(0, end)).strip());
    }
    return texts;
  }

  /// What follows the header of an array of one dimension or none.
  ///
  /// @param width bytes of an element
  private byte[] values(String name, int width) throws IOException {
    try (InputStream in = new HonestStream(path, zip.getInputStream(entry(name)))) {
      NpyHeader header = NpyHeader.read(array(name), in);
      long count = header.shape().isEmpty() ? 1 : header.size(array(name), 0);
      if (header.shape().size() > 1 || count * width > Integer.MAX_VALUE - 8) {
        throw new UserError(
            "%s: must be a list of at most 2 GB but its shape is (%s)"
                .formatted(array(name), header.shapeText()));
      }
      byte[] values = in.readNBytes((int) count * width);
      if (values.length < count * width) {
        throw DataFile.broken(array(name), new EOFException(), "");
      }
      return values;
    }
  }

  private double[] numbers(String name) throws IOException {
    NpyHeader header = arrays.getOrDefault(name, NOTHING);
    NpyType type = NpyType.of(array(name), header.type());
    ByteBuffer bytes = ByteBuffer.wrap(values(name, type.bytes())).order(type.order());
    double[] numbers = new double[bytes.remaining() / type.bytes()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = type.next(bytes);
    }
    return numbers;
  }

  private Matrix sparse(boolean genesInRows) throws IOException {
    String format = format();
    if (!format.equals("csr") && !format.equals("csc")) {
      throw new UserError(
          "%s: must be csr or csc but is '%s'; convert it with matrix.tocsr()"
              .formatted(array("format"), format));
    }
    if (!arrays.keySet().containsAll(List.of("data", "indices", "indptr"))) {
      throw new UserError(
          "%s: is a sparse matrix that lacks data, indices or indptr; write it with scipy.sparse.save_npz"
              .formatted(source));
    }
    double[] said = numbers("shape");
    int[] shape = whole("shape");
    if (shape.length != 2 || !NpyHeader.isSize(shape[0]) || !NpyHeader.isSize(shape[1])) {
      throw new UserError(
          "%s: must be two sizes of at least 1 but is %s"
              .formatted(array("shape"), Arrays.toString(said)));
    }
    int samples = shape[genesInRows ? 1 : 0];
    int genes = shape[genesInRows ? 0 : 1];
    boolean byRow = format.equals("csr");
    CompressedMatrix read =
        new CompressedMatrix(source, whole("indptr"), whole("indices"), floats("data"));
    return Matrix.of(
            source,
            NpyFile.numbered(source, "s", samples, bytes),
            NpyFile.numbered(source, "g", genes, bytes),
            read.genes(byRow != genesInRows, samples, genes, Optional.empty()),
            List.of())
        .in(
            new Matrix.Form(
                "SciPy's sparse %s matrix".formatted(format),
                genesInRows
                    ? "genes x samples, since data.orientation says so"
                    : "samples x genes"));
  }

  /// In bytes, or as SciPy before 1.0 wrote it under Python 3, in characters of four bytes.
  private String format() throws IOException {
    boolean wide = arrays.getOrDefault("format", NOTHING).type().startsWith("<U");
    byte[] letters = values("format", wide ? Integer.BYTES * FORMAT : FORMAT);
    return new String(letters, StandardCharsets.US_ASCII).replace("\0", "");
  }

  private int[] whole(String name) throws IOException {
    double[] numbers = numbers(name);
    int[] whole = new int[numbers.length];
    for (int i = 0; i < whole.length; i++) {
      whole[i] = numbers[i] >= 0 && numbers[i] <= Integer.MAX_VALUE ? (int) numbers[i] : -1;
    }
    return whole;
  }

  private float[] floats(String name) throws IOException {
    double[] numbers = numbers(name);
    float[] floats = new float[numbers.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) numbers[i];
    }
    return floats;
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }
}
