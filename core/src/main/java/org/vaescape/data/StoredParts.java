package org.vaescape.data;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Scaled parts in a folder of the cache, found by everything that decides them.
///
/// @param trouble hears why parts could not be kept
/// @param version of preparation and of the form of the files
record StoredParts(CacheFolder folder, Consumer<IOException> trouble, int version) {

  /// As [ScaledParts#of].
  ScaledParts of(Matrix matrix, DataSettings settings, Split split) {
    String name = name(matrix, settings, split);
    Optional<ScaledParts> found = Optional.empty();
    try {
      found = stored(name, matrix);
    } catch (IOException e) {
      trouble.accept(e);
    }
    return found.orElseGet(() -> made(name, matrix, settings, split));
  }

  private String name(Matrix matrix, DataSettings settings, Split split) {
    ContentHash hash = new ContentHash("vaescape scaled parts " + version);
    hash.text(matrix.hash());
    settings.addTo(hash);
    for (int[] samples : List.of(split.training(), split.validation(), split.test())) {
      hash.number(samples.length);
      for (int sample : samples) {
        hash.number(sample);
      }
    }
    return hash.hex() + ".parts";
  }

  private Optional<ScaledParts> stored(String name, Matrix matrix) throws IOException {
    Optional<CacheFile> found = folder.open(name);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    try (CacheFile file = found.get()) {
      Numbers numbers = new Numbers(file);
      Description.Reader facts = new Description.Reader(file.description());
      int[] genes = facts.ints();
      List<String> notes = facts.texts().stream().map(note -> matrix.source() + note).toList();
      String method = facts.text();
      long clipped = facts.number();
      float[] offset = numbers.next(facts);
      float[] scale = numbers.next(facts);
      float[] training = numbers.next(facts);
      float[] validation = numbers.next(facts);
      float[] test = numbers.next(facts);
      CountScaling counts =
          new CountScaling(
              facts.text(),
              facts.text(),
              facts.texts(),
              facts.texts().stream().map(Double::valueOf).toList());
      Scaling scaling = new Scaling(method, offset, scale, counts);
      return Optional.of(
          new ScaledParts(genes, notes, scaling, training, validation, test, clipped));
    } catch (IOException _) {
      folder.remove(name); // damaged: made anew
      return Optional.empty();
    }
  }

  /// Reads arrays one after another.
  private static final class Numbers {
    private final CacheFile file;
    private long position;

    Numbers(CacheFile file) {
      this.file = file;
    }

    /// @param facts name the length of the array and its checksum
    float[] next(Description.Reader facts) throws IOException {
      int[] lengthAndChecksum = facts.ints();
      float[] values = new float[lengthAndChecksum[0]];
      if (file.read(position, values) != lengthAndChecksum[1]) {
        throw new IOException("damaged");
      }
      position += values.length;
      return values;
    }
  }

  private ScaledParts made(String name, Matrix matrix, DataSettings settings, Split split) {
    ScaledParts parts = ScaledParts.of(matrix, settings, split);
    try (CacheFolder.Draft draft = folder.draft();
        CacheFile file = draft.file()) {
      Description.Writer facts =
          new Description.Writer()
              .ints(parts.genes())
              .texts(
                  parts.notes().stream()
                      .map(note -> note.substring(matrix.source().length()))
                      .toList())
              .text(parts.scaling().method())
              .number(parts.clipped());
      for (float[] values :
          Arrays.asList(
              parts.scaling().offset(),
              parts.scaling().scale(),
              parts.training(),
              parts.validation(),
              parts.test())) {
        facts.ints(values.length, file.append(values));
      }
      CountScaling counts = parts.scaling().counts();
      facts
          .text(counts.normalize())
          .text(counts.log())
          .texts(counts.genes())
          .texts(counts.means().stream().map(Object::toString).toList());
      draft.keep(name, facts.bytes());
    } catch (IOException e) {
      trouble.accept(e);
    }
    return parts;
  }
}
