package org.vaescape.study;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import org.vaescape.data.CountScaling;
import org.vaescape.data.PreparedData;
import org.vaescape.train.Checkpoint;
import org.vaescape.train.TrainingResult;

/// What stands in the header of a trial's weights.
final class WeightsHeader {
  /// What the names of the trial's settings begin with.
  static final String SETTING = "setting.";

  /// What the names of facts about where and how it was made begin with.
  static final String PROVENANCE = "provenance.";

  private WeightsHeader() {}

  /// What the weights need to be used: the genes, one a line, how each was scaled, the cell, and
  /// which samples were seen in training.
  static SequencedMap<String, String> of(
      Trial trial, PreparedData data, TrainingResult result, Map<String, String> provenance) {
    SequencedMap<String, String> header = new LinkedHashMap<>();
    header.put("trial", trial.id());
    header.put("repeat", Integer.toString(trial.repeat()));
    trial.cell().texts().forEach((key, text) -> header.put(SETTING + key, text));
    header.put("data_hash", data.hash());
    header.put("genes", String.join("\n", data.genes()));
    header.put("samples.training", String.join("\n", data.training().samples()));
    header.put("samples.validation", String.join("\n", data.validation().samples()));
    header.put("samples.test", String.join("\n", data.test().samples()));
    result
        .recorded()
        .flatMap(Checkpoint::plane)
        .ifPresent(plane -> LatentMap.put(data.validation(), plane, header));
    counts(data.scaling().counts(), header);
    header.put("scaling", data.scaling().method());
    header.put("scaling.offset", lines(data.scaling().offset()));
    header.put("scaling.scale", lines(data.scaling().scale()));
    for (Map.Entry<String, String> fact : provenance.entrySet()) {
      header.put(PROVENANCE + fact.getKey(), fact.getValue());
    }
    return header;
  }

  /// Only where something was done to counts.
  private static void counts(CountScaling counts, Map<String, String> header) {
    if (counts.equals(CountScaling.NONE)) {
      return;
    }
    header.put("counts.normalize", counts.normalize());
    header.put("counts.log", counts.log());
    if (!counts.genes().isEmpty()) {
      header.put("counts.genes", String.join("\n", counts.genes()));
      header.put(
          "counts.means",
          counts.means().stream().map(Object::toString).collect(Collectors.joining("\n")));
    }
  }

  private static String lines(float[] values) {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < values.length; i++) {
      lines.append(i == 0 ? "" : "\n").append(Float.toString(values[i]));
    }
    return lines.toString();
  }
}
