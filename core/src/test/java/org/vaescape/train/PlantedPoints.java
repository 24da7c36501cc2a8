package org.vaescape.train;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// Points around one centre for each class, for tests.
final class PlantedPoints {
  private PlantedPoints() {}

  /// Point i is of class i mod `classes`, its own patient; coordinates are class number plus
  /// uniform noise between 0 and 1.
  static Points of(int points, int dimensions, int classes, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] values = new float[points * dimensions];
    List<String> labels = new ArrayList<>();
    List<String> patients = new ArrayList<>();
    for (int i = 0; i < points; i++) {
      labels.add("class" + i % classes);
      patients.add("patient" + i);
      for (int d = 0; d < dimensions; d++) {
        values[i * dimensions + d] = (float) (i % classes + random.nextDouble());
      }
    }
    return new Points(values, dimensions, labels, patients);
  }
}
