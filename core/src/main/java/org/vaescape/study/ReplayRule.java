package org.vaescape.study;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.vaescape.UserError;
import org.vaescape.search.Cell;
import org.vaescape.search.Dimension;
import org.vaescape.search.Grid;
import org.vaescape.search.HyperParameter;
import org.vaescape.search.Space;
import org.vaescape.study.yaml.Place;
import org.vaescape.study.yaml.Yaml;
import org.vaescape.study.yaml.Yaml.Section;
import org.vaescape.study.yaml.YamlReader;
import org.vaescape.train.StopRule;
import org.vaescape.train.Stopping.Restore;

/// A way to stop that is tried on stored curves.
///
/// @param text every setting of it, as a study file writes them
/// @param maxEpochs empty for that of each trial
public record ReplayRule(String text, StopRule rule, Restore restore, OptionalInt maxEpochs) {

  /// The rules that an option asks for: `patience`, or keys of `train.stop` with values, and beside
  /// them `restore` and `max-epochs`; a list of values stands for a rule each.
  ///
  /// @param option a YAML flow value, such as `{rule: patience, patience: [3, 5]}`
  /// @throws UserError with the near miss if a key is unknown or a value breaks its rule
  public static List<ReplayRule> of(String option) {
    Place place = new Place("--replay " + option, 0, Path.of(""));
    Yaml given = YamlReader.option(option, place.source(), place.folder());
    Section empty = new Section(new LinkedHashMap<>(), place);
    Section all = given instanceof Section section ? section : empty.with("rule", given);
    SectionReader beside = new SectionReader(all, "");
    Section stop = all.without("restore").without("max-epochs");
    List<Dimension> dimensions =
        new ArrayList<>(
            DimensionReader.named(
                new SectionReader(empty.with("stop", stop), ""), StudyKeys.named("stop")));
    for (String key : List.of("restore", "max-epochs")) {
      if (beside.has(key)) {
        HyperParameter setting = Objects.requireNonNull(StudyKeys.TRAINING.get(key));
        dimensions.add(Dimension.of(key, beside.many(setting)));
      }
    }
    return new Grid().cells(new Space(dimensions)).stream().map(ReplayRule::of).toList();
  }

  private static ReplayRule of(Cell cell) {
    return new ReplayRule(
        cell.texts().entrySet().stream()
            .map(setting -> setting.getKey().replace("stop.", "") + ": " + setting.getValue())
            .collect(Collectors.joining(", ", "{", "}")),
        CellTraining.stopRule(cell),
        cell.values().containsKey("restore") ? Restore.of(cell.text("restore")) : Restore.LAST,
        cell.values().containsKey("max-epochs")
            ? OptionalInt.of(CellTraining.count(cell, "max-epochs"))
            : OptionalInt.empty());
  }
}
