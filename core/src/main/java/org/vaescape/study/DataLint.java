package org.vaescape.study;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.vaescape.UserError;
import org.vaescape.data.Part;
import org.vaescape.data.PreparedData;
import org.vaescape.model.ReconstructionTerm;
import org.vaescape.model.Reconstructions;
import org.vaescape.search.Cell;

/// What in prepared data would make a study say something wrong, before it is run.
final class DataLint {
  /// Log2 of a count that no library of today reaches; above it the values are no logarithms.
  private static final double LARGEST_LOGARITHM = 64;

  /// A label of fewer held-out or training samples is scored by chance.
  private static final int FEWEST_HELD_OUT = 2;

  private static final int FEWEST_TRAINING = 5;
  private static final int NAMED = 3;

  private DataLint() {}

  /// Warnings, one sentence each: number, and what to set.
  ///
  /// @throws UserError if a cell's reconstruction term is no likelihood of such data
  static List<String> check(List<Cell> cells, PreparedData data) {
    List<String> warnings = new ArrayList<>();
    warnings.addAll(range(cells, data));
    warnings.addAll(logarithm(data));
    warnings.addAll(patients(data));
    warnings.addAll(duplicates(data));
    warnings.addAll(labels(data));
    return List.copyOf(warnings);
  }

  private static Set<String> range(List<Cell> cells, PreparedData data) {
    Values values = Values.of(data.training());
    Set<String> warnings = new LinkedHashSet<>();
    for (Cell cell : cells) {
      ReconstructionTerm term =
          Reconstructions.CATALOGUE
              .member(cell.text("reconstruction"))
              .create(CellSettings.below(cell, "reconstruction"));
      switch (term.support()) {
        case REALS -> reach(cell, values).ifPresent(warnings::add);
        case UNIT_INTERVAL -> {
          if (values.below0 + values.above1 > 0) {
            throw new UserError(
                "reconstruction %s needs data in [0, 1] but %s of the training values lie outside; set data.scale to min-max, or take reconstruction mse"
                    .formatted(cell.text("reconstruction"), values.share(values.outside())));
          }
        }
        case COUNTS -> {
          if (values.below0 + values.fractions > 0) {
            throw new UserError(
                "reconstruction %s needs counts but %s of the training values are negative or no whole numbers; set data.scale to none and bring raw counts, or take reconstruction mse"
                    .formatted(
                        cell.text("reconstruction"),
                        values.share(values.below0 + values.fractions)));
          }
        }
      }
    }
    return warnings;
  }

  private static Optional<String> reach(Cell cell, Values values) {
    String output = (String) cell.values().getOrDefault("output", "sigmoid");
    return switch (output) {
      case "sigmoid" ->
          values.outside() == 0
              ? Optional.empty()
              : Optional.of(
                  "%s of the training values lie outside 0 to 1, where no output of a sigmoid can be; set data.scale to min-max, or output to linear"
                      .formatted(values.share(values.outside())));
      case "softplus" ->
          values.below0 == 0
              ? Optional.empty()
              : Optional.of(
                  "%s of the training values lie below 0, where no output of a softplus can be; set data.scale to min-max, or output to linear"
                      .formatted(values.share(values.below0)));
      default -> Optional.empty();
    };
  }

  /// What the training values are like.
  private record Values(int count, int below0, int above1, int fractions) {
    static Values of(Part part) {
      int below0 = 0;
      int above1 = 0;
      int fractions = 0;
      for (float value : part.values()) {
        below0 += value < 0 ? 1 : 0;
        above1 += value > 1 ? 1 : 0;
        fractions += value >= 0 && value != Math.rint(value) ? 1 : 0;
      }
      return new Values(part.values().length, below0, above1, fractions);
    }

    int outside() {
      return below0 + above1;
    }

    String share(int some) {
      return String.format(Locale.ROOT, "%.0f %%", Math.ceil(100.0 * some / count));
    }
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
    return largest <= LARGEST_LOGARITHM
        ? List.of()
        : List.of(
            "the matrix has values up to %s, more than a logarithm has: bring log2(count + 1), or after min-max nearly all values will be close to 0"
                .formatted(Cell.text((double) Math.round(largest))));
  }

  private static List<String> patients(PreparedData data) {
    Set<String> training = new HashSet<>(data.training().patients());
    List<String> torn =
        data.validation().patients().stream().filter(training::contains).distinct().toList();
    return torn.isEmpty()
        ? List.of()
        : List.of(
            "%d patients have samples in training and in validation (%s), which can flatter outcomes; set data.split.group to patient"
                .formatted(torn.size(), some(torn)));
  }

  private static List<String> duplicates(PreparedData data) {
    List<NearDuplicates.Pair> pairs = NearDuplicates.across(data.training(), data.validation());
    if (pairs.isEmpty()) {
      return List.of();
    }
    NearDuplicates.Pair first = pairs.getFirst();
    return List.of(
        "%d validation samples are nearly the same as a training sample (%s as %s), which can flatter outcomes; drop one of each from the matrix"
            .formatted(pairs.size(), first.validation(), first.training()));
  }

  private static List<String> labels(PreparedData data) {
    Map<String, Integer> training = sizes(data.training());
    Map<String, Integer> held = sizes(data.validation());
    Set<String> all = new TreeSet<>(training.keySet());
    all.addAll(held.keySet());
    List<String> few =
        all.stream()
            .filter(label ->
                training.getOrDefault(label, 0) < FEWEST_TRAINING
                    || held.getOrDefault(label, 0) < FEWEST_HELD_OUT)
            .toList();
    return few.isEmpty()
        ? List.of()
        : List.of(
            "%d of %d labels have fewer than %d training or %d validation samples (%s): outcomes by label say little of them; join or leave out such labels, or raise data.split.validation"
                .formatted(few.size(), all.size(), FEWEST_TRAINING, FEWEST_HELD_OUT, some(few)));
  }

  private static Map<String, Integer> sizes(Part part) {
    Map<String, Integer> sizes = new LinkedHashMap<>();
    part.labels().stream()
        .filter(label -> !label.isEmpty())
        .forEach(label -> sizes.merge(label, 1, Integer::sum));
    return sizes;
  }

  private static String some(List<String> names) {
    return String.join(", ", names.subList(0, Math.min(NAMED, names.size())))
        + (names.size() > NAMED ? ", ..." : "");
  }
}
