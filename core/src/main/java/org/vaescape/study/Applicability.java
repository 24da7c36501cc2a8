package org.vaescape.study;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.vaescape.model.Reconstructions;
import org.vaescape.search.Condition;
import org.vaescape.search.Dimension;
import org.vaescape.train.Optimizers;

/// Which keys change nothing in some cells: these cells go without them, so that no trial is
/// trained twice under two names.
final class Applicability {
  private Applicability() {}

  /// The same dimensions, those keys only where they matter.
  ///
  /// @param all dimensions of the study, for the values that others have
  static List<Dimension> limited(List<Dimension> dimensions, List<Dimension> all) {
    List<Dimension> limited = new ArrayList<>();
    for (Dimension dimension : dimensions) {
      if (dimension.key().startsWith("norm-")) {
        limited.addAll(whereBatchesNormalise(dimension, all));
        continue;
      }
      limited.add(
          switch (dimension.key()) {
            case "activation", "normalization", "dropout" ->
                where(dimension, "hidden", hidden -> !hidden.equals(List.of()), all);
            case "initializer-layers" ->
                where(dimension, "initializer", name -> !name.equals("pytorch"), all);
            case StudyKeys.WEIGHT_DECAY ->
                where(
                    dimension,
                    "optimizer",
                    name -> decays(name) && !hasItsOwnDecay(name, all),
                    all);
            case "scheduler" -> where(dimension, "optimizer", Applicability::followsRate, all);
            case "output" -> where(dimension, "reconstruction", Applicability::usesOutput, all);
            default -> dimension;
          });
    }
    return limited;
  }

  private static boolean decays(Object optimizer) {
    return Optimizers.CATALOGUE.member((String) optimizer).settings().stream()
        .anyMatch(setting -> setting.name().equals(StudyKeys.WEIGHT_DECAY));
  }

  private static boolean hasItsOwnDecay(Object optimizer, List<Dimension> all) {
    String key = optimizer + "." + StudyKeys.WEIGHT_DECAY;
    return all.stream().anyMatch(dimension -> dimension.key().equals(key));
  }

  private static boolean followsRate(Object optimizer) {
    return Optimizers.CATALOGUE.member((String) optimizer).create(Map.of()).followsRate();
  }

  private static boolean usesOutput(Object reconstruction) {
    return Reconstructions.CATALOGUE.member((String) reconstruction).create(Map.of()).usesOutput();
  }

  /// The dimension for cells in which another key has a value that makes it matter.
  private static Dimension where(
      Dimension dimension, String key, Predicate<Object> matters, List<Dimension> all) {
    List<Object> values = new ArrayList<>();
    all.stream().filter(d -> d.key().equals(key)).forEach(d -> values.addAll(d.values()));
    return values.stream().allMatch(matters)
        ? dimension
        : new Dimension(
            dimension.key(),
            dimension.values(),
            Stream.concat(
                    dimension.conditions().stream(),
                    Stream.of(new Condition(key, values.stream().filter(matters).toList())))
                .toList());
  }

  /// The dimension for cells that have batch normalisation before the output, or else after the
  /// heads, or else in hidden layers: each cell once.
  private static List<Dimension> whereBatchesNormalise(Dimension dimension, List<Dimension> all) {
    if (all.stream().noneMatch(d -> d.key().equals("output-norm") && d.values().contains("none"))) {
      return List.of(dimension);
    }
    Condition noOutput = new Condition("output-norm", List.of("none"));
    return List.of(
        with(dimension, new Condition("output-norm", List.of("batch"))),
        with(dimension, noOutput, new Condition("heads", List.of("normalized"))),
        with(
            dimension,
            noOutput,
            new Condition("heads", List.of("plain")),
            new Condition("normalization", List.of("batch"))));
  }

  private static Dimension with(Dimension dimension, Condition... conditions) {
    return new Dimension(dimension.key(), dimension.values(), List.of(conditions));
  }
}
