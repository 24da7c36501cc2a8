package org.vaescape.analysis.runs;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;

/// What stands beside hyper-parameters, in sentences and files, for parts of a variation that are
/// of none. A hyper-parameter of such a name (the noise that inputs are given) would be taken for
/// it, by readers as well, and so is called by another one.
public final class ReservedNames {
  /// What repeats of one setting differ by.
  public static final String NOISE = "noise";

  /// What all runs of a repeat share.
  public static final String REPEAT = "repeat";

  /// Interactions of more than three hyper-parameters.
  public static final String HIGHER_ORDER = "higher-order";

  /// What no sum of main effects explains.
  public static final String REST = "rest";

  private static final Set<String> ALL = Set.of(NOISE, REPEAT, HIGHER_ORDER, REST);
  private static final String APART = " (setting)";

  private ReservedNames() {}

  /// `noise (setting)` of `noise`; any other name as it is.
  static String apart(String name) {
    return ALL.contains(name) ? name + APART : name;
  }

  static List<String> apart(List<String> names) {
    return names.stream().map(ReservedNames::apart).toList();
  }

  /// The run with settings of such names.
  static Run apart(Run run) {
    if (run.settings().keySet().stream().noneMatch(ALL::contains)) {
      return run;
    }
    SequencedMap<String, String> settings = new LinkedHashMap<>();
    run.settings()
        .forEach((name, value) -> {
          if (settings.putIfAbsent(apart(name), value) != null) {
            throw new IllegalArgumentException("two settings would be called " + apart(name));
          }
        });
    return new Run(run.id(), settings, run.repeat(), run.fate(), run.ending(), run.outcomes());
  }
}
