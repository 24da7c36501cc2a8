package org.vaescape.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.vaescape.analysis.runs.Scope;

/// Which cells the statistics of a scope are of.
///
/// @param model key that tells models apart; empty if none does
record ScopeCells(StudyCells study, String model) {
  static ScopeCells of(ReportInput input, StudyCells study) {
    return new ScopeCells(study, input.table().map(TableColumns::model).orElse(StudyCells.MODEL));
  }

  /// @param scope as [Scope#text]
  StudyCells of(String scope) {
    List<String> telling =
        study.readings().stream().filter(key -> study.values(key).size() > 1).toList();
    return study.where(cell -> {
      SequencedMap<String, String> reading = new LinkedHashMap<>();
      for (String key : telling) {
        if (cell.settings().containsKey(key)) {
          reading.put(key, cell.setting(key));
        }
      }
      String name = Scope.together(scope) ? "" : cell.setting(model);
      return new Scope(name, reading).text().equals(scope);
    });
  }
}
