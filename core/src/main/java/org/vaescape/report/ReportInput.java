package org.vaescape.report;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import org.vaescape.analysis.sensitivity.Sensitivity;
import org.vaescape.study.FinishedTrial;
import org.vaescape.study.LatentMap;

/// Everything a report is drawn from.
///
/// @param studyName of the study or table
/// @param seed the study's; of no meaning to a table
/// @param studyYaml the resolved study file, comments included; the remark that it begins with says
///   what the study asks; empty of a table
/// @param readings keys of cells whose values are readings; what one reading shows is not ranked
///   against what another does
/// @param plan every trial that the study asks for, in its order; those without a result are drawn
///   as not run, and models and optimizers appear in this order
/// @param trials every result in the store, in any order, also of cells no longer in the plan
/// @param notes warnings and remarks, a sentence each
/// @param sensitivity what the trials say of the hyper-parameters
/// @param found the same in numbers, for figures; empty where there are none
/// @param table what the columns are of a table of anybody's runs; empty of a study
/// @param latents where kept trials put the validation samples, those that matter most first
public record ReportInput(
    String studyName,
    long seed,
    String studyYaml,
    List<String> readings,
    List<Planned> plan,
    List<FinishedTrial> trials,
    List<String> notes,
    List<SensitivityText.Part> sensitivity,
    Optional<Sensitivity> found,
    Optional<TableColumns> table,
    List<LatentMap> latents) {

  public ReportInput {
    readings = List.copyOf(readings);
    plan = List.copyOf(plan);
    trials = List.copyOf(trials);
    notes = List.copyOf(notes);
    sensitivity = List.copyOf(sensitivity);
    latents = List.copyOf(latents);
  }

  /// Of a study of seed 0, without figures of what the trials say.
  public ReportInput(
      String studyName,
      String studyYaml,
      List<String> readings,
      List<Planned> plan,
      List<FinishedTrial> trials,
      List<String> notes,
      List<SensitivityText.Part> sensitivity) {
    this(
        studyName,
        0,
        studyYaml,
        readings,
        plan,
        trials,
        notes,
        sensitivity,
        Optional.empty(),
        Optional.empty(),
        List.of());
  }

  /// What a study asks: the remark that its resolved file begins with; empty without one.
  public static String question(String studyYaml) {
    return studyYaml
        .lines()
        .takeWhile(line -> line.startsWith("#"))
        .map(line -> line.substring(1).strip())
        .collect(Collectors.joining(" "));
  }

  /// A trial of the plan.
  ///
  /// @param id as in [FinishedTrial]
  /// @param settings as in [FinishedTrial]: the cell as text by key
  public record Planned(String id, SequencedMap<String, String> settings, int repeat) {
    public Planned {
      settings = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(settings));
    }
  }
}
