package org.vaescape.analysis.models;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SequencedMap;
import java.util.SequencedSet;
import org.vaescape.analysis.BestOfRepeats;
import org.vaescape.analysis.runs.CellOutcomes;
import org.vaescape.analysis.runs.Parting;
import org.vaescape.analysis.runs.Role;
import org.vaescape.analysis.runs.StopPoint;
import org.vaescape.analysis.runs.Variable;
import org.vaescape.analysis.runs.View;

/// A model, and the setting of it that the choosing repeats find best.
record ModelLeader(String model, CellOutcomes.Cell cell, List<CellOutcomes.Cell> learned) {
  static List<ModelLeader> all(CellOutcomes outcomes, Parting parting) {
    List<ModelLeader> leaders = new ArrayList<>();
    for (String model : outcomes.models()) {
      List<CellOutcomes.Cell> learned = outcomes.learned(model);
      learned.stream()
          .min(Comparator.comparingDouble(cell -> cell.mean(parting.choosing())))
          .ifPresent(best -> leaders.add(new ModelLeader(model, best, learned)));
    }
    leaders.sort(Comparator.comparingDouble(one -> one.cell().mean(parting.choosing())));
    return leaders;
  }

  ModelComparison.Best best(CellOutcomes outcomes, int[] judges, double meanRank) {
    OptionalDouble stability = OptionalDouble.empty();
    if (outcomes.repeats() > 1) {
      double[][] table = learned.stream().map(CellOutcomes.Cell::losses).toArray(double[][]::new);
      stability =
          OptionalDouble.of(BestOfRepeats.leaveOneOut(table).chosen()[learned.indexOf(cell)]);
    }
    SequencedMap<String, String> settings = outcomes.varied(cell);
    Role.MODEL.among(settings.keySet()).ifPresent(settings::remove);
    return new ModelComparison.Best(
        model,
        settings,
        outcomes.measured(cell.mean(judges)),
        stability,
        learned.size(),
        (int)
            outcomes.cells().stream().filter(one -> one.setting(Role.MODEL).equals(model)).count(),
        meanRank);
  }

  /// Levels without which, and moments at which, the choosing repeats put another model first.
  ///
  /// @param outcomes of which this model is the first
  List<String> overturnedBy(CellOutcomes outcomes) {
    SequencedSet<String> changes = new LinkedHashSet<>();
    for (Variable variable : outcomes.landscape().variables()) {
      if (Role.MODEL.is(variable.name())) {
        continue;
      }
      for (View.Level level : variable.levelsToLeaveOut()) {
        int left = variable.levels().indexOf(level.level());
        if (anotherIsFirst(outcomes.only(cell -> variable.level(cell.run()) != left))) {
          changes.add("without " + level.text());
        }
      }
    }
    for (StopPoint stop : StopPoint.values()) {
      CellOutcomes then = CellOutcomes.of(outcomes.landscape(), outcomes.outcome(), stop);
      if (anotherIsFirst(then)) {
        changes.add("measured at the " + stop.text());
      }
    }
    return new ArrayList<>(changes);
  }

  private boolean anotherIsFirst(CellOutcomes outcomes) {
    return all(outcomes, Parting.of(outcomes.repeats())).stream()
        .findFirst()
        .filter(leader -> !leader.model().equals(model))
        .isPresent();
  }
}
