package org.vaescape.report;

import java.util.List;
import org.vaescape.analysis.runs.Role;

/// What the columns of a table of anybody's runs are, which a study's own words tell.
///
/// @param factors hyper-parameters, as the runs call them
/// @param logarithmic those of them that count on a logarithmic scale
/// @param outcome a metric of the runs
public record TableColumns(
    List<String> factors, List<String> logarithmic, String outcome, boolean lowerIsBetter) {
  public TableColumns {
    factors = List.copyOf(factors);
    logarithmic = List.copyOf(logarithmic);
  }

  /// The factor that tells models apart; empty if there is none.
  String model() {
    return Role.MODEL.among(factors).orElse("");
  }
}
