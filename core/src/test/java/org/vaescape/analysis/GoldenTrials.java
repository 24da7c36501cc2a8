package org.vaescape.analysis;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.vaescape.Golden;

/// The trials of `analysis/importances`.
///
/// @param scale how the file calls it: `raw_scale`, or `log_scale`, where parameters with `log` are
///   given as their decimal logarithm
/// @param names the parameters, in the order of the axes
/// @param x values by parameter: parameters x runs
record GoldenTrials(
    JsonNode file, String scale, List<String> names, List<Axis> axes, double[][] x, double[] loss) {
  static final String FILE = "analysis/importances";

  static GoldenTrials read(String scale) {
    boolean logarithms = scale.equals("log_scale");
    JsonNode file = Golden.read(FILE);
    List<String> names = texts(Golden.at(file, "parameters"));
    List<Axis> axes = new ArrayList<>();
    double[][] x = new double[names.size()][];
    for (int i = 0; i < x.length; i++) {
      JsonNode space = Golden.at(file, "space/" + names.get(i));
      JsonNode values = Golden.at(file, "trials/" + names.get(i));
      if (Golden.at(space, "type").textValue().equals("categorical")) {
        List<String> choices = texts(Golden.at(space, "choices"));
        axes.add(new Axis.Levels(choices.size()));
        x[i] = texts(values).stream().mapToDouble(choices::indexOf).toArray();
      } else {
        double low = Golden.number(space, "low");
        double high = Golden.number(space, "high");
        x[i] = Golden.array(values).doubles();
        if (logarithms && Golden.at(space, "log").booleanValue()) {
          // Whole numbers reach half a step beyond their ends, as golden/README.md has it.
          double half = Golden.at(space, "type").textValue().equals("int") ? 0.5 : 0;
          axes.add(new Axis.Real(Math.log10(low - half), Math.log10(high + half)));
          for (int run = 0; run < x[i].length; run++) {
            x[i][run] = Math.log10(x[i][run]);
          }
        } else {
          axes.add(new Axis.Real(low, high));
        }
      }
    }
    return new GoldenTrials(
        file, scale, names, axes, x, Golden.array(file, "trials/loss").doubles());
  }

  Evaluations evaluations() {
    double[] rows = new double[loss.length * names.size()];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = x[i % names.size()][i / names.size()];
    }
    return new Evaluations(axes, rows, loss);
  }

  private static List<String> texts(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).map(JsonNode::textValue).toList();
  }
}
