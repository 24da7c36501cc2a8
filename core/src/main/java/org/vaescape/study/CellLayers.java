package org.vaescape.study;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.vaescape.model.Activations;
import org.vaescape.model.BatchNormalization;
import org.vaescape.model.Initialization;
import org.vaescape.model.Initializers;
import org.vaescape.model.LayerStyle;
import org.vaescape.model.Normalizations;
import org.vaescape.model.Outputs;
import org.vaescape.search.Cell;
import org.vaescape.train.TrainingSettings;

/// What a cell says of the layers of its networks.
final class CellLayers {
  private CellLayers() {}

  /// Sizes of the encoder's hidden layers.
  static List<Integer> hidden(Cell cell) {
    return ((List<?>) cell.value("hidden"))
        .stream().map(size -> Math.toIntExact((Long) size)).toList();
  }

  static LayerStyle style(Cell cell) {
    return new LayerStyle(
        Activations.CATALOGUE.member(word(cell, "activation")).create(Map.of()),
        Normalizations.CATALOGUE.member(word(cell, "normalization")).create(Map.of()),
        (Double) valueOrDefault(cell, "dropout"),
        Outputs.CATALOGUE.member(word(cell, "output")).create(Map.of()),
        cell.text("output-norm").equals("batch"),
        cell.text("heads").equals("normalized"),
        new BatchNormalization(
            (Double) valueOrDefault(cell, "norm-momentum"),
            (Double) valueOrDefault(cell, "norm-epsilon")));
  }

  static Initialization initialization(Cell cell) {
    return new Initialization(
        Initializers.CATALOGUE.member(cell.text("initializer")).create(Map.of()),
        word(cell, "initializer-layers").equals("hidden"));
  }

  /// The smallest batch that a cell can be trained on.
  static int smallestBatch(Cell cell) {
    return TrainingSettings.smallestBatch(hidden(cell), style(cell));
  }

  private static String word(Cell cell, String key) {
    return (String) valueOrDefault(cell, key);
  }

  /// Cells have no keys that would change nothing in them; see [Applicability].
  private static Object valueOrDefault(Cell cell, String key) {
    Object value = cell.values().get(key);
    return value != null
        ? value
        : Objects.requireNonNull(StudyKeys.TRAINING.get(key)).defaultValue();
  }
}
