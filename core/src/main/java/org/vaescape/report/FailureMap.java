package org.vaescape.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.vaescape.analysis.failures.Failures;
import org.vaescape.analysis.runs.Design;
import org.vaescape.analysis.runs.Role;
import org.vaescape.analysis.runs.Variable;
import org.vaescape.analysis.sensitivity.Sensitivity;
import org.vaescape.study.Status;

/// Where runs failed: the share of them at each pair of levels of the two hyper-parameters that it
/// depends on most, a matrix for each scope.
///
/// @param left scopes with failures that are not drawn
record FailureMap(List<Matrix> matrices, int left) {
  private static final String TITLE = "Where runs failed";
  private static final int MOST_SCOPES = 12;

  /// Scopes of which a caption says where most failed.
  private static final int MOST_NAMED = 6;

  FailureMap {
    matrices = List.copyOf(matrices);
  }

  /// A scope's counts and its runs by level.
  record Matrix(Failures failures, LevelGrid grid) {}

  /// Empty where no run failed, or nothing varied.
  ///
  /// @param designs scopes that have a matrix
  static Optional<FailureMap> of(Sensitivity found, List<Design> designs, ScopeCells cells) {
    List<Design> shown = designs.stream().filter(one -> !one.variables().isEmpty()).toList();
    if (shown.size() > MOST_SCOPES) {
      shown = shown.stream().filter(design -> design.failed() > 0).toList();
    }
    if (shown.stream().noneMatch(design -> design.failed() > 0)) {
      return Optional.empty();
    }
    List<String> scopes = shown.stream().map(Design::scope).toList();
    Map<String, Double> weights =
        weights(found.failures().stream().filter(one -> scopes.contains(one.scope())).toList());
    List<Matrix> matrices =
        shown.stream()
            .limit(MOST_SCOPES)
            .flatMap(design ->
                found.failures().stream()
                    .filter(failures -> failures.scope().equals(design.scope()))
                    .map(failures -> new Matrix(failures, grid(design, weights, cells))))
            .toList();
    return Optional.of(new FailureMap(matrices, shown.size() - matrices.size()));
  }

  /// Of the two hyper-parameters that weigh most, the one with more levels across.
  private static LevelGrid grid(Design design, Map<String, Double> weights, ScopeCells cells) {
    List<LevelAxis> axes =
        design.variables().stream()
            .sorted(
                Comparator.comparingDouble(
                    (Variable one) -> -weights.getOrDefault(one.name(), weight(one))))
            .limit(2)
            .sorted(Comparator.comparingInt(one -> -one.levels().size()))
            .map(LevelAxis::of)
            .toList();
    return new LevelGrid(
        axes.getFirst(),
        axes.size() > 1 ? axes.getLast() : LevelAxis.NONE,
        cells.of(design.scope()).cells());
  }

  /// What tells most of failing over all scopes, so that matrices have the same sides; empty where
  /// nothing is known of that.
  private static Map<String, Double> weights(List<Failures> all) {
    Map<String, Double> weights = new HashMap<>();
    all.forEach(failures ->
        failures
            .shares()
            .forEach(share ->
                share.factors().forEach(name -> weights.merge(name, share.share(), Double::sum))));
    return weights;
  }

  /// Of what shares do not tell: below them, the settings that failures are first looked for in.
  private static double weight(Variable variable) {
    return Role.LEARNING_RATE.is(variable.name())
        ? -1
        : Role.OPTIMIZER.is(variable.name()) ? -2 : -3;
  }

  Figure figure(String name, Format format) {
    return new TileMap(matrices.stream().map(FailureMap::panel).toList(), 1)
        .figure(name, TITLE, caption(), alternative(), this::legend, format);
  }

  private static TileMap.Panel panel(Matrix one) {
    return one.grid.panel(one.failures.scope(), pool -> tile(one.grid, pool));
  }

  private static TileMap.Tile tile(LevelGrid grid, LevelGrid.Pool pool) {
    int runs = pool.trials().size();
    int failed = runs - pool.complete().size();
    String kinds =
        pool.failures().entrySet().stream()
            .map(one -> one.getValue() + " " + one.getKey().text())
            .collect(Collectors.joining(", "));
    return new TileMap.Tile(
        pool.column(),
        grid.tileRow(pool),
        ColorMap.tint(Theme.FAILED, runs == 0 ? 0 : (double) failed / runs),
        false,
        runs == 0 ? "" : failed + "/" + runs,
        List.copyOf(pool.failures().keySet()),
        "%s: %s"
            .formatted(
                grid.words(pool),
                runs == 0
                    ? "not run"
                    : "%s of %s failed%s"
                        .formatted(
                            failed,
                            Numbers.count(runs, "run"),
                            kinds.isEmpty() ? "" : " (" + kinds + ")")));
  }

  private void legend(Legend legend) {
    for (Status status : Status.values()) {
      if (matrices.stream()
          .flatMap(one -> one.grid.pools().stream())
          .anyMatch(pool -> pool.failures().containsKey(status))) {
        legend.sign(status.text(), (canvas, x, y) -> Marks.broken(canvas, x, y, 3.2, status));
      }
    }
    legend.sign("n/N: n of N runs failed", (_, _, _) -> {});
  }

  private String caption() {
    List<String> parts = new ArrayList<>(List.of(TITLE + "."));
    matrices.stream()
        .filter(one -> one.failures.failed() > 0)
        .limit(MOST_NAMED)
        .forEach(one -> parts.add(finding(one)));
    String sides =
        matrices.stream()
            .map(one -> sides(one.grid))
            .distinct()
            .collect(Collectors.joining(" or "));
    parts.add(
        "Tiles are of all runs at these levels of %s; colour: the share of them that failed, signs: how. A run failed that did not reach its end."
            .formatted(sides));
    if (left > 0) {
      parts.add(
          "The first %s of %s scopes with failures."
              .formatted(matrices.size(), matrices.size() + left));
    }
    return String.join(" ", parts);
  }

  private static String sides(LevelGrid grid) {
    return grid.upward().name().isEmpty()
        ? grid.across().name()
        : grid.across().name() + " and " + grid.upward().name();
  }

  /// `vae: 10 of 270 runs failed, most at learning-rate 10⁻¹, optimizer rmsprop (10 of 18).`
  private static String finding(Matrix one) {
    LevelGrid.Pool worst =
        one.grid.pools().stream()
            .max(Comparator.comparingInt(pool -> pool.trials().size() - pool.complete().size()))
            .orElseThrow();
    return "%s: %s of %s failed, most at %s (%s of %s)."
        .formatted(
            one.failures.scope(),
            one.failures.failed(),
            Numbers.count(one.failures.runs(), "run"),
            one.grid.words(worst),
            worst.trials().size() - worst.complete().size(),
            worst.trials().size());
  }

  private String alternative() {
    return matrices.stream()
        .map(one ->
            one.failures.failed() == 0 ? one.failures.scope() + ": no run failed." : finding(one))
        .collect(Collectors.joining(" ", "Heat maps of failed runs. ", ""));
  }
}
