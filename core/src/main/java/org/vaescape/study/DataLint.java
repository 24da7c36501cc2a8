package org.vaescape.study;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToIntFunction;
import org.vaescape.UserError;
import org.vaescape.data.AxisNames;
import org.vaescape.data.MatrixFacts;
import org.vaescape.data.Part;
import org.vaescape.data.PreparedData;
import org.vaescape.model.ReconstructionTerm;
import org.vaescape.model.Reconstructions;
import org.vaescape.search.Cell;
import org.vaescape.study.DataFacts.Values;

/// What in prepared data would make a study say something wrong, before it is run.
final class DataLint {
  /// A label of fewer held-out or training samples is scored by chance.
  private static final int FEWEST_HELD_OUT = 2;

  private static final int FEWEST_TRAINING = 5;
  private static final int NAMED = 3;

  private DataLint() {}

  /// Warnings about data that nobody has looked at yet.
  static List<String> check(List<Cell> cells, PreparedData data) {
    return check(cells, data, DataFacts.of(data));
  }

  /// Warnings, one sentence each: number, and what to set.
  ///
  /// @param facts of these data
  /// @throws UserError if a cell's reconstruction term is no likelihood of such data
  static List<String> check(List<Cell> cells, PreparedData data, DataFacts facts) {
    List<String> warnings = new ArrayList<>();
    warnings.addAll(range(cells, facts));
    warnings.addAll(oneSample(data));
    warnings.addAll(logarithm(data));
    warnings.addAll(patients(data));
    warnings.addAll(duplicates(data, facts));
    warnings.addAll(labels(data));
    return List.copyOf(warnings);
  }

  private static Set<String> range(List<Cell> cells, DataFacts facts) {
    SequencedMap<String, Values> values = facts.values();
    Map<String, Set<String>> modelsOf = new LinkedHashMap<>();
    Set<String> models = new LinkedHashSet<>();
    for (Cell cell : cells) {
      models.add(CellSettings.word(cell, "model"));
      ReconstructionTerm term =
          Reconstructions.CATALOGUE
              .member(CellSettings.word(cell, "reconstruction"))
              .create(CellSettings.below(cell, "reconstruction"));
      switch (term.support()) {
        case REALS ->
            reach(cell, values)
                .ifPresent(warning ->
                    modelsOf
                        .computeIfAbsent(warning, _ -> new LinkedHashSet<>())
                        .add(CellSettings.word(cell, "model")));
        case UNIT_INTERVAL ->
            where(values, Values::outside)
                .ifPresent(found -> {
                  throw new UserError(
                      "reconstruction %s needs data in [0, 1] but %s lie outside; set data.scale to min-max, or take reconstruction mse"
                          .formatted(CellSettings.word(cell, "reconstruction"), found));
                });
        case COUNTS ->
            where(values, each -> each.below0() + each.fractions())
                .ifPresent(found -> {
                  throw new UserError(
                      "reconstruction %s needs counts but %s are negative or no whole numbers; set data.scale to none and bring raw counts, or take reconstruction mse"
                          .formatted(CellSettings.word(cell, "reconstruction"), found));
                });
      }
    }
    // A term of counts is not every model's, so that data may be wrong for some of them alone.
    Set<String> warnings = new LinkedHashSet<>();
    modelsOf.forEach((warning, found) ->
        warnings.add(found.equals(models) ? warning : String.join(", ", found) + ": " + warning));
    return warnings;
  }

  private static Optional<String> reach(Cell cell, Map<String, Values> values) {
    String output = CellSettings.word(cell, "output");
    return switch (output) {
      case "sigmoid" ->
          where(values, Values::outside)
              .map(
                  "%s lie outside 0 to 1, where no output of a sigmoid can be; set data.scale to min-max, or output to linear"
                      ::formatted);
      case "softplus" ->
          where(values, Values::below0)
              .map(
                  "%s lie below 0, where no output of a softplus can be; set data.scale to min-max, or output to linear"
                      ::formatted);
      default -> Optional.empty();
    };
  }

  /// The first part that has such values, and their share: "5 % of the training values".
  private static Optional<String> where(Map<String, Values> values, ToIntFunction<Values> some) {
    return values.entrySet().stream()
        .filter(part -> some.applyAsInt(part.getValue()) > 0)
        .findFirst()
        .map(part ->
            "%s of the %s values"
                .formatted(part.getValue().share(some.applyAsInt(part.getValue())), part.getKey()));
  }

  static SequencedMap<String, Part> parts(PreparedData data) {
    SequencedMap<String, Part> parts = new LinkedHashMap<>();
    parts.put("training", data.training());
    parts.put("validation", data.validation());
    if (data.test().size() > 0) {
      parts.put("test", data.test());
    }
    return parts;
  }

  /// Pairs of parts that should have nothing in common, by name: the one that is seen earlier, and
  /// the one that judges.
  static List<List<String>> pairs(PreparedData data) {
    return data.test().size() == 0
        ? List.of(List.of("training", "validation"))
        : List.of(
            List.of("training", "validation"),
            List.of("training", "test"),
            List.of("validation", "test"));
  }

  static Part part(PreparedData data, String name) {
    return Objects.requireNonNull(parts(data).get(name));
  }

  /// Scaled to [0, 1], raw counts are as good as 0 in nearly all samples.
  private static List<String> logarithm(PreparedData data) {
    if (!data.scaling().method().equals("min-max")) {
      return List.of();
    }
    double largest = 0;
    for (int gene = 0; gene < data.genes().size(); gene++) {
      largest = Math.max(largest, data.scaling().offset()[gene] + data.scaling().scale()[gene]);
    }
    return largest <= MatrixFacts.LARGEST_LOGARITHM
        ? List.of()
        : List.of(
            "the matrix has values up to %s, more than a logarithm has: set data.log to log2, or after min-max nearly all values will be close to 0"
                .formatted(Cell.text((double) Math.round(largest))));
  }

  private static List<String> oneSample(PreparedData data) {
    return parts(data).entrySet().stream()
        .filter(part -> !part.getKey().equals("training") && part.getValue().size() == 1)
        .map(part ->
            "the %s part has 1 sample, of which outcomes are chance; raise data.split.%s"
                .formatted(part.getKey(), part.getKey()))
        .toList();
  }

  private static List<String> patients(PreparedData data) {
    List<String> warnings = new ArrayList<>();
    for (List<String> pair : pairs(data)) {
      Set<String> seen = new HashSet<>(part(data, pair.getFirst()).patients());
      List<String> torn =
          part(data, pair.getLast()).patients().stream().filter(seen::contains).distinct().toList();
      if (!torn.isEmpty()) {
        warnings.add(
            "%d patients have samples in %s and in %s (%s), which can flatter outcomes; set data.split.group to patient"
                .formatted(
                    torn.size(), pair.getFirst(), pair.getLast(), AxisNames.some(torn, NAMED)));
      }
    }
    return warnings;
  }

  private static List<String> duplicates(PreparedData data, DataFacts facts) {
    List<String> warnings = new ArrayList<>();
    List<List<String>> pairs = pairs(data);
    for (int i = 0; i < pairs.size(); i++) {
      DataFacts.Twins twins = facts.twins().get(i);
      if (twins.count() > 0) {
        warnings.add(
            "%d %s samples are nearly the same as a %s sample (%s as %s), which can flatter outcomes; drop one of each from the matrix"
                .formatted(
                    twins.count(),
                    pairs.get(i).getLast(),
                    pairs.get(i).getFirst(),
                    twins.held(),
                    twins.training()));
      }
    }
    return warnings;
  }

  private static List<String> labels(PreparedData data) {
    Map<String, Map<String, Integer>> sizes = new LinkedHashMap<>();
    Set<String> all = new TreeSet<>();
    parts(data)
        .forEach((name, part) -> {
          Map<String, Integer> ofPart = sizes(part);
          sizes.put(name, ofPart);
          all.addAll(ofPart.keySet());
        });
    List<String> few =
        all.stream()
            .filter(label ->
                sizes.entrySet().stream()
                    .anyMatch(part ->
                        part.getValue().getOrDefault(label, 0)
                            < (part.getKey().equals("training")
                                ? FEWEST_TRAINING
                                : FEWEST_HELD_OUT)))
            .toList();
    boolean tested = data.test().size() > 0;
    return few.isEmpty()
        ? List.of()
        : List.of(
            "%d of %d labels have fewer than %d training or %d validation%s samples (%s): outcomes by label say little of them; join or leave out such labels, or raise data.split.validation%s"
                .formatted(
                    few.size(),
                    all.size(),
                    FEWEST_TRAINING,
                    FEWEST_HELD_OUT,
                    tested ? " or test" : "",
                    AxisNames.some(few, NAMED),
                    tested ? " and data.split.test" : ""));
  }

  private static Map<String, Integer> sizes(Part part) {
    Map<String, Integer> sizes = new LinkedHashMap<>();
    part.labels().stream()
        .filter(label -> !label.isEmpty())
        .forEach(label -> sizes.merge(label, 1, Integer::sum));
    return sizes;
  }
}
