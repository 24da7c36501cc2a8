package org.vaescape.study;

import java.util.List;
import java.util.Map;
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
    return ((List<?>) CellSettings.value(cell, "hidden"))
        .stream().map(size -> Math.toIntExact((Long) size)).toList();
  }

  static LayerStyle style(Cell cell) {
    return new LayerStyle(
        Activations.CATALOGUE.member(CellSettings.word(cell, "activation")).create(Map.of()),
        Normalizations.CATALOGUE.member(CellSettings.word(cell, "normalization")).create(Map.of()),
        (Double) CellSettings.value(cell, "dropout"),
        Outputs.CATALOGUE.member(CellSettings.word(cell, "output")).create(Map.of()),
        CellSettings.word(cell, "output-norm").equals("batch"),
        CellSettings.word(cell, "heads").equals("normalized"),
        new BatchNormalization(
            (Double) CellSettings.value(cell, "norm-momentum"),
            (Double) CellSettings.value(cell, "norm-epsilon")));
  }

  static Initialization initialization(Cell cell) {
    return new Initialization(
        Initializers.CATALOGUE.member(CellSettings.word(cell, "initializer")).create(Map.of()),
        CellSettings.word(cell, "initializer-layers").equals("hidden"));
  }

  /// The smallest batch that a cell can be trained on.
  static int smallestBatch(Cell cell) {
    return TrainingSettings.smallestBatch(hidden(cell), style(cell));
  }
}
