package org.vaescape;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/// The golden files: numbers made by other programs, in the form that `golden/README.md` describes.
///
/// They are read from the repository's `golden/`, or from the folder that `-Dvaescape.golden=DIR`
/// names. Files go by name without extension: `models/vae` is `models/vae.json` or
/// `models/vae.json.gz`. A file that the repository lacks fails the test that reads it; one that
/// another folder lacks skips it.
public final class Golden {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Path REPOSITORY = Path.of(System.getProperty("basedir", "."), "..");
  private static final Path OWN_FOLDER = REPOSITORY.resolve("golden").toAbsolutePath().normalize();
  private static final List<String> EXTENSIONS = List.of(".json", ".json.gz");

  private Golden() {}

  /// The folder in use; a relative one counts from the top of the repository.
  public static Path folder() {
    String asked = System.getProperty("vaescape.golden", OWN_FOLDER.toString());
    return REPOSITORY.resolve(asked).toAbsolutePath().normalize();
  }

  /// True where the folder in use is not the repository's own.
  public static boolean isForeign() {
    return !folder().equals(OWN_FOLDER);
  }

  public static boolean exists(String name) {
    return find(name).isPresent();
  }

  /// Names of the files below a folder at any depth, sorted: `names("models")` begins with
  /// `models/ae`, `names("")` lists them all.
  public static List<String> names(String below) {
    Path start = folder().resolve(below);
    if (!Files.isDirectory(start)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(start)) {
      TreeSet<String> names = new TreeSet<>();
      files.forEach(file -> nameOf(file).ifPresent(names::add));
      return List.copyOf(names);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static JsonNode read(String name) {
    Optional<Path> found = find(name);
    if (found.isEmpty()) {
      String sentence = "no golden file " + name + " in " + folder();
      Assumptions.assumeFalse(isForeign(), sentence);
      return Assertions.fail(sentence);
    }
    try (InputStream in = open(found.get())) {
      return JSON.readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(found.get() + " cannot be read", e);
    }
  }

  /// A member that must be there, by a path of names and, in arrays, indices: `cases/0/train/mu`.
  public static JsonNode at(JsonNode node, String path) {
    JsonNode found = node.at("/" + path);
    Assertions.assertFalse(
        found.isMissingNode(), () -> "no member " + path + " in the golden file");
    return found;
  }

  public static Array array(JsonNode node) {
    JsonNode data = at(node, "data");
    double[] numbers = new double[data.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = number(data.get(i));
    }
    JsonNode sizes = at(node, "shape");
    int[] shape = new int[sizes.size()];
    for (int i = 0; i < shape.length; i++) {
      shape[i] = sizes.get(i).intValue();
    }
    return new Array(shape, numbers);
  }

  public static Array array(JsonNode node, String path) {
    return array(at(node, path));
  }

  public static List<String> strings(JsonNode node) {
    List<String> texts = new ArrayList<>();
    at(node, "data").forEach(text -> texts.add(text.textValue()));
    return List.copyOf(texts);
  }

  /// A number, or one of the texts that stand for what JSON cannot write: NaN, Infinity, -Infinity.
  public static double number(JsonNode node) {
    if (node.isTextual()) {
      return Double.parseDouble(node.textValue());
    }
    Assertions.assertTrue(node.isNumber(), () -> "not a number in the golden file: " + node);
    return node.doubleValue();
  }

  public static double number(JsonNode node, String path) {
    return number(at(node, path));
  }

  /// Fails unless every |actual - expected| is at most `atol + rtol * |expected|`; NaN equals NaN,
  /// and an infinity itself. The message names the entry that misses by most.
  public static void assertClose(
      double[] expected, double[] actual, double rtol, double atol, String what) {
    if (expected.length != actual.length) {
      Assertions.fail(
          what + ": " + actual.length + " numbers where " + expected.length + " belong");
    }
    int worst = -1;
    double worstExcess = 1;
    int wrong = 0;
    for (int i = 0; i < expected.length; i++) {
      double excess = excess(expected[i], actual[i], rtol, atol);
      if (excess > 1) {
        wrong++;
      }
      if (excess > worstExcess) {
        worst = i;
        worstExcess = excess;
      }
    }
    if (worst >= 0) {
      Assertions.fail(
          String.format(
              Locale.ROOT,
              "%s: %d of %d entries are off; worst [%d]: expected %s but was %s, %.3g times what rtol"
                  + " %s and atol %s allow",
              what,
              wrong,
              expected.length,
              worst,
              expected[worst],
              actual[worst],
              worstExcess,
              rtol,
              atol));
    }
  }

  public static void assertClose(
      double[] expected, float[] actual, double rtol, double atol, String what) {
    double[] widened = new double[actual.length];
    for (int i = 0; i < actual.length; i++) {
      widened[i] = actual[i];
    }
    assertClose(expected, widened, rtol, atol, what);
  }

  public static void assertClose(
      double expected, double actual, double rtol, double atol, String what) {
    assertClose(new double[] {expected}, new double[] {actual}, rtol, atol, what);
  }

  /// Row-major numbers and the shape they are laid out in; a single number has shape `[]`.
  public record Array(int[] shape, double[] data) {
    public Array {
      int size = Arrays.stream(shape).reduce(1, Math::multiplyExact);
      if (size != data.length) {
        throw new IllegalArgumentException(
            "shape " + Arrays.toString(shape) + " does not hold " + data.length + " numbers");
      }
    }

    public double[] doubles() {
      return data.clone();
    }

    public float[] floats() {
      float[] narrowed = new float[data.length];
      for (int i = 0; i < data.length; i++) {
        narrowed[i] = (float) data[i];
      }
      return narrowed;
    }

    /// The data as whole numbers; fails on any other.
    public int[] ints() {
      int[] whole = new int[data.length];
      for (int i = 0; i < data.length; i++) {
        whole[i] = Math.toIntExact((long) data[i]);
        Assertions.assertEquals(data[i], whole[i], "not a whole number in the golden file");
      }
      return whole;
    }

    /// Entry `index` of the leading axis: a row of a matrix, a step of a series of matrices.
    public Array slice(int index) {
      int[] rest = Arrays.copyOfRange(shape, 1, shape.length);
      int size = Arrays.stream(rest).reduce(1, Math::multiplyExact);
      return new Array(rest, Arrays.copyOfRange(data, index * size, (index + 1) * size));
    }
  }

  /// The deviation in units of what is allowed; infinite where no tolerance helps.
  private static double excess(double expected, double actual, double rtol, double atol) {
    if (Double.compare(expected, actual) == 0) {
      return 0;
    }
    if (!Double.isFinite(expected) || !Double.isFinite(actual)) {
      return Double.POSITIVE_INFINITY;
    }
    double deviation = Math.abs(actual - expected);
    return deviation == 0 ? 0 : deviation / (atol + rtol * Math.abs(expected));
  }

  private static Optional<Path> find(String name) {
    return EXTENSIONS.stream()
        .map(extension -> folder().resolve(name + extension))
        .filter(Files::isRegularFile)
        .findFirst();
  }

  private static Optional<String> nameOf(Path file) {
    String path = folder().relativize(file).toString().replace('\\', '/');
    return EXTENSIONS.stream()
        .filter(path::endsWith)
        .map(extension -> path.substring(0, path.length() - extension.length()))
        .findFirst();
  }

  private static InputStream open(Path file) throws IOException {
    InputStream in = new BufferedInputStream(Files.newInputStream(file));
    return file.toString().endsWith(".gz") ? new GZIPInputStream(in) : in;
  }
}
