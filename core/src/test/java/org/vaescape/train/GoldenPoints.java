package org.vaescape.train;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.vaescape.Golden;

/// The labelled samples of a golden file, each its own patient.
final class GoldenPoints {
  static final String FILE = "analysis/representation";

  /// What is no outcome; [RepresentationGoldenTest] names each number with its reason.
  static final String UNCHECKED =
      "what is no outcome: total correlation and correlations of units, MAE, plain accuracy and F1, adjusted mutual information, Calinski-Harabasz, Davies-Bouldin";

  private GoldenPoints() {}

  static Points all(JsonNode file) {
    return chosen(file, IntStream.range(0, Golden.array(file, "x").shape()[0]).toArray());
  }

  /// The samples whose indices the file names.
  static Points rows(JsonNode file, String name) {
    return chosen(file, Golden.array(file, name).ints());
  }

  private static Points chosen(JsonNode file, int[] rows) {
    Golden.Array x = Golden.array(file, "x");
    int[] labelOf = Golden.array(file, "labels").ints();
    int genes = x.shape()[1];
    float[] values = new float[rows.length * genes];
    List<String> labels = new ArrayList<>();
    List<String> patients = new ArrayList<>();
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(x.slice(rows[i]).floats(), 0, values, i * genes, genes);
      labels.add(Integer.toString(labelOf[rows[i]]));
      patients.add("patient" + rows[i]);
    }
    return new Points(values, genes, labels, patients);
  }
}
