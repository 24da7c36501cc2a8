package org.vaescape.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.vaescape.UserError;

/// Reads and prepares matrices, and keeps what came of it in a folder, so that the next study of
/// the same content starts at once. Results are those of [MatrixFile] and [Preparation], bit for
/// bit.
///
/// Found by content: of the file's bytes, and of everything that decides the preparation. What is
/// damaged is noticed by its checksum and made anew. A folder that cannot be written costs time and
/// memory alone. Holds files open until it is closed; matrices that it read are of no use then.
public final class DataCache implements AutoCloseable {
  /// Raised whenever reading or preparation would give other bits, or files have another form.
  private static final int VERSION = 3;

  /// Room for the matrices and splits of a few large studies.
  private static final long LIMIT = 8L << 30;

  private static final String OFF = "off";

  private final @Nullable CacheFolder folder;
  private final List<CacheFile> opened = new ArrayList<>(); // guarded by this
  private String trouble = ""; // guarded by this

  private DataCache(@Nullable CacheFolder folder) {
    this.folder = folder;
  }

  /// Keeps nothing.
  public static DataCache off() {
    return new DataCache(null);
  }

  /// Keeps files in this folder.
  ///
  /// @param limit bytes of all files together
  public static DataCache in(Path folder, long limit) {
    return new DataCache(new CacheFolder(folder, limit));
  }

  /// As the variable `VAESCAPE_CACHE` says: a folder, or `off`; otherwise `vaescape` in
  /// `XDG_CACHE_HOME`, or in `.cache` of `HOME`; nothing is kept where there is none of these.
  ///
  /// @param environment as [System#getenv()]
  public static DataCache of(Map<String, String> environment) {
    String said = environment.getOrDefault("VAESCAPE_CACHE", "");
    if (said.equals(OFF)) {
      return off();
    }
    if (!said.isEmpty()) {
      return in(Path.of(said).toAbsolutePath(), LIMIT);
    }
    Path caches = Path.of(environment.getOrDefault("XDG_CACHE_HOME", ""));
    if (!caches.isAbsolute()) {
      caches = Path.of(environment.getOrDefault("HOME", ""), ".cache");
    }
    return caches.isAbsolute() ? in(caches.resolve("vaescape"), LIMIT) : off();
  }

  /// Why the cache could not be used, in one sentence; empty if it could.
  public synchronized Optional<String> trouble() {
    return trouble.isEmpty() ? Optional.empty() : Optional.of(trouble);
  }

  private synchronized void complain(Exception failure) {
    if (trouble.isEmpty()) {
      IOException found =
          switch (failure) {
            case IOException itself -> itself;
            case Exception _ when failure.getCause() instanceof IOException cause -> cause;
            default -> new IOException(failure);
          };
      trouble =
          "%s: prepared data cannot be kept there (%s), so the next start takes as long; set VAESCAPE_CACHE to another folder, or to off"
              .formatted(folder, UserError.reason(found));
    }
  }

  /// As [MatrixFile#read].
  public Matrix read(Path path, Orientation orientation) {
    return read(path, orientation, "");
  }

  /// The same of a layer of an `.h5ad` file; its X where that is empty.
  public Matrix read(Path path, Orientation orientation, String layer) {
    if (folder == null || !Files.isRegularFile(path) || !Files.isReadable(path)) {
      return MatrixFile.read(path, orientation, layer, new RowsInMemory());
    }
    try {
      Version before = Version.of(path);
      String name = name(path, orientation, layer);
      Optional<Matrix> found = stored(folder, path, orientation, layer, name);
      return found.isPresent() ? found.get() : made(folder, path, orientation, layer, name, before);
    } catch (IOException | UncheckedIOException e) {
      complain(e);
    }
    return MatrixFile.read(path, orientation, layer, new RowsInMemory());
  }

  /// What shows that a file was not written to while it was read.
  private record Version(long bytes, long modified) {
    static Version of(Path path) throws IOException {
      BasicFileAttributes facts = Files.readAttributes(path, BasicFileAttributes.class);
      return new Version(facts.size(), facts.lastModifiedTime().toMillis());
    }
  }

  private static String name(Path path, Orientation orientation, String layer) throws IOException {
    ContentHash hash = new ContentHash("vaescape matrix file " + VERSION);
    hash.text(orientation.text());
    if (!layer.isEmpty()) {
      hash.text(layer);
    }
    hash.file(path);
    return hash.hex() + ".matrix";
  }

  private Optional<Matrix> stored(
      CacheFolder from, Path path, Orientation orientation, String layer, String name)
      throws IOException {
    Optional<CacheFile> found = from.open(name);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    CacheFile file = opened(found.get());
    try {
      Description.Reader facts = new Description.Reader(file.description());
      String hash = facts.text();
      List<String> samples = facts.texts();
      List<String> genes = facts.texts();
      List<String> notes = facts.texts().stream().map(note -> path + note).toList();
      StoredValues values = new StoredValues(file, facts.ints(), samples.size());
      return Optional.of(
          new Matrix(
              path.toString(),
              samples,
              genes,
              new Mended(values, () -> anew(path, orientation, layer, name, hash)),
              hash,
              notes,
              new Matrix.Form(facts.text(), facts.text())));
    } catch (IOException _) {
      from.remove(name); // damaged: made anew
      return Optional.empty();
    }
  }

  private Matrix made(
      CacheFolder in, Path path, Orientation orientation, String layer, String name, Version before)
      throws IOException {
    try (RowsInFile rows = new RowsInFile(in)) {
      Matrix matrix = MatrixFile.read(path, orientation, layer, rows);
      if (!(matrix.values() instanceof StoredValues values)) {
        return matrix; // a sparse one, which would take many times its room
      }
      opened(values.file());
      byte[] facts =
          new Description.Writer()
              .text(matrix.hash())
              .texts(matrix.samples())
              .texts(matrix.genes())
              .texts(
                  matrix.notes().stream().map(n -> n.substring(path.toString().length())).toList())
              .ints(values.checksums())
              .text(matrix.form().format())
              .text(matrix.form().orientation())
              .bytes();
      if (Version.of(path).equals(before)) {
        try {
          rows.draft().keep(name, facts);
        } catch (IOException e) {
          complain(e);
        }
      }
      return new Matrix(
          matrix.source(),
          matrix.samples(),
          matrix.genes(),
          new Mended(values, () -> anew(path, orientation, layer, name, matrix.hash())),
          matrix.hash(),
          matrix.notes(),
          matrix.form());
    }
  }

  /// The values of a matrix whose stored ones turned out to be damaged.
  private GeneValues anew(
      Path path, Orientation orientation, String layer, String name, String hash) {
    Matrix matrix;
    try {
      if (folder != null) {
        folder.remove(name);
      }
      matrix = read(path, orientation, layer);
    } catch (IOException e) {
      complain(e);
      matrix = MatrixFile.read(path, orientation, layer, new RowsInMemory());
    }
    if (!matrix.hash().equals(hash)) {
      throw new UserError(path + " has changed since it was read; start again");
    }
    return matrix.values();
  }

  private synchronized CacheFile opened(CacheFile file) {
    opened.add(file);
    return file;
  }

  /// As [Preparation#prepare(Matrix, Optional, DataSettings, long)].
  public PreparedData prepare(
      Matrix matrix, Optional<Labels> labels, DataSettings settings, long splitSeed) {
    return Preparation.prepare(matrix, labels, settings, splitSeed, this::scaled);
  }

  private ScaledParts scaled(Matrix matrix, DataSettings settings, Split split) {
    return folder == null
        ? ScaledParts.of(matrix, settings, split)
        : new StoredParts(folder, this::complain, VERSION).of(matrix, settings, split);
  }

  /// Texts that were found once, or are found now and kept.
  ///
  /// @param what names the texts and everything that decides them
  public List<String> recall(String what, Supplier<List<String>> find) {
    if (folder == null) {
      return find.get();
    }
    ContentHash hash = new ContentHash("vaescape texts " + VERSION);
    hash.text(what);
    String name = hash.hex() + ".texts";
    Optional<List<String>> kept = Optional.empty();
    try {
      kept = keptTexts(folder, name);
    } catch (IOException e) {
      complain(e);
    }
    return kept.orElseGet(() -> keep(folder, name, find.get()));
  }

  private static Optional<List<String>> keptTexts(CacheFolder from, String name)
      throws IOException {
    Optional<CacheFile> found = from.open(name);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    try (CacheFile file = found.get()) {
      return Optional.of(new Description.Reader(file.description()).texts());
    } catch (IOException _) {
      from.remove(name); // damaged: found anew
      return Optional.empty();
    }
  }

  private List<String> keep(CacheFolder in, String name, List<String> texts) {
    try (CacheFolder.Draft draft = in.draft();
        CacheFile _ = draft.file()) {
      draft.keep(name, new Description.Writer().texts(texts).bytes());
    } catch (IOException e) {
      complain(e);
    }
    return texts;
  }

  @Override
  public synchronized void close() {
    for (CacheFile file : opened) {
      try {
        file.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    opened.clear();
  }
}
