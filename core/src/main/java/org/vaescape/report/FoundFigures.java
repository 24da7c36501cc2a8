package org.vaescape.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.vaescape.analysis.region.SafeRegion;
import org.vaescape.analysis.runs.Design;
import org.vaescape.analysis.runs.Scope;
import org.vaescape.analysis.sensitivity.Sensitivity;

/// Figures of what was found, beside shares: what hyper-parameters do together, where runs failed,
/// where it is safe, how far repeats lie apart.
///
/// @param format of the figures
record FoundFigures(
    Sensitivity found, ScopeCells cells, Optional<TableColumns> table, Format format) {
  /// Scopes that have a figure of their own.
  private static final int MOST_SCOPES = 12;

  /// A figure under the name that its file should have.
  interface Named {
    Figure figure(String name);
  }

  /// Figures, and the wished beginning of their names.
  record Wish(String name, Named drawing) {}

  List<Wish> wishes() {
    List<Wish> wishes = new ArrayList<>();
    List<FirstShares> shares = FirstShares.of(found);
    InteractionShares.of(shares)
        .ifPresent(
            plot -> wishes.add(new Wish("interactions-shares", name -> plot.figure(name, format))));
    for (FirstShares one : first(single(shares, FirstShares::scope))) {
      InteractionMeans.of(one, cells.of(one.scope()), table)
          .ifPresent(plot ->
              wishes.add(
                  new Wish("interactions-" + one.scope(), name -> plot.figure(name, format))));
    }
    if (table.isEmpty()) { // a table has maps by its own rule
      FailureMap.of(found, single(found.designs(), Design::scope), cells)
          .ifPresent(map -> wishes.add(new Wish("failures-map", name -> map.figure(name, format))));
    }
    if (!found.safeRegions().isEmpty()) {
      for (FirstShares one : first(single(shares, FirstShares::scope))) {
        SafeMap.of(one, region(one), cells.of(one.scope()), table)
            .ifPresent(map ->
                wishes.add(new Wish("regions-" + one.scope(), name -> map.figure(name, format))));
      }
    }
    for (FirstShares one : first(single(shares, FirstShares::scope))) {
      NoisePlot.of(one, found, cells.of(one.scope()), table)
          .ifPresent(plot ->
              wishes.add(new Wish("noise-" + one.scope(), name -> plot.figure(name, format))));
    }
    return wishes;
  }

  private Optional<SafeRegion> region(FirstShares shares) {
    return found.safeRegions().stream()
        .filter(one -> one.scope().equals(shares.scope()))
        .filter(one -> one.metric().equals(shares.metric()))
        .findFirst();
  }

  /// Those of one model, or of all runs where no model has a scope of its own.
  private static <T> List<T> single(List<T> all, Function<T, String> scope) {
    List<T> models = all.stream().filter(one -> !Scope.together(scope.apply(one))).toList();
    return models.isEmpty() ? all : models;
  }

  private static <T> List<T> first(List<T> all) {
    return all.subList(0, Math.min(MOST_SCOPES, all.size()));
  }
}
