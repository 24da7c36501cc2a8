package org.vaescape.study;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.IntStream;
import org.vaescape.data.DataCache;
import org.vaescape.data.MatrixFacts;
import org.vaescape.data.Part;
import org.vaescape.data.PreparedData;

/// What [DataLint] must know of prepared data and only looking at every number tells.
///
/// @param values of each part, by its name
/// @param twins of each pair of parts, in the order of [DataLint#pairs]
record DataFacts(SequencedMap<String, Values> values, List<Twins> twins) {
  /// Raised when other facts would be found.
  private static final int VERSION = 1;

  /// What the values of a part are like.
  record Values(int count, int below0, int above1, int fractions) {
    private static final Values NONE = new Values(0, 0, 0, 0);

    static Values of(Part part) {
      return IntStream.range(0, part.size())
          .parallel()
          .mapToObj(sample -> of(part.values(), sample * part.genes(), part.genes()))
          .reduce(NONE, Values::and);
    }

    private static Values of(float[] values, int from, int count) {
      int below0 = 0;
      int above1 = 0;
      int fractions = 0;
      for (int i = from; i < from + count; i++) {
        float value = values[i];
        below0 += value < 0 ? 1 : 0;
        above1 += value > 1 ? 1 : 0;
        fractions += value >= 0 && value != Math.rint(value) ? 1 : 0;
      }
      return new Values(count, below0, above1, fractions);
    }

    private Values and(Values other) {
      return new Values(
          count + other.count,
          below0 + other.below0,
          above1 + other.above1,
          fractions + other.fractions);
    }

    int outside() {
      return below0 + above1;
    }

    String share(int some) {
      return String.format(Locale.ROOT, "%.0f %%", Math.ceil(100.0 * some / count));
    }
  }

  /// Samples held out that are nearly the same as one seen earlier.
  ///
  /// @param held name of the first of them, empty if there is none
  /// @param training name of the sample that it is like
  record Twins(int count, String held, String training) {}

  /// Looks at the data.
  static DataFacts of(PreparedData data) {
    SequencedMap<String, Values> values = new LinkedHashMap<>();
    DataLint.parts(data).forEach((name, part) -> values.put(name, Values.of(part)));
    List<Twins> twins = new ArrayList<>();
    for (List<String> pair : DataLint.pairs(data)) {
      List<NearDuplicates.Pair> found =
          NearDuplicates.across(
              logarithmic(DataLint.part(data, pair.getFirst())),
              logarithmic(DataLint.part(data, pair.getLast())));
      twins.add(
          found.isEmpty()
              ? new Twins(0, "", "")
              : new Twins(
                  found.size(), found.getFirst().validation(), found.getFirst().training()));
    }
    return new DataFacts(values, twins);
  }

  /// The same, from the cache where they were looked at before.
  static DataFacts of(PreparedData data, DataCache cache) {
    return read(
        data,
        cache.recall("lint %d of %s".formatted(VERSION, data.hash()), () -> of(data).texts()));
  }

  private List<String> texts() {
    List<String> texts = new ArrayList<>();
    for (Values each : values.values()) {
      for (int number : List.of(each.count, each.below0, each.above1, each.fractions)) {
        texts.add(Integer.toString(number));
      }
    }
    for (Twins each : twins) {
      texts.addAll(List.of(Integer.toString(each.count), each.held, each.training));
    }
    return texts;
  }

  private static DataFacts read(PreparedData data, List<String> texts) {
    Iterator<String> next = texts.iterator();
    SequencedMap<String, Values> values = new LinkedHashMap<>();
    for (Map.Entry<String, Part> part : DataLint.parts(data).entrySet()) {
      values.put(part.getKey(), new Values(number(next), number(next), number(next), number(next)));
    }
    List<Twins> twins = new ArrayList<>();
    for (int i = 0; i < DataLint.pairs(data).size(); i++) {
      twins.add(new Twins(number(next), next.next(), next.next()));
    }
    return new DataFacts(values, twins);
  }

  private static int number(Iterator<String> texts) {
    return Integer.parseInt(texts.next());
  }

  /// Raw counts by their logarithms: else a few genes of many counts would make all samples alike.
  static Part logarithmic(Part part) {
    float[] values = part.values();
    boolean counts = false;
    for (float value : values) {
      if (value < 0) {
        return part;
      }
      counts |= value > MatrixFacts.LARGEST_LOGARITHM;
    }
    if (!counts) {
      return part;
    }
    float[] logarithms = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      logarithms[i] = (float) StrictMath.log1p(values[i]);
    }
    return new Part(part.samples(), part.patients(), part.labels(), part.genes(), logarithms);
  }
}
