package org.vaescape.train;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import org.vaescape.model.Terms;

/// Weighted sums of terms by name.
final class Sums {
  private final SequencedMap<String, Double> totals = new LinkedHashMap<>();
  private final Map<String, Double> weights = new LinkedHashMap<>();

  void add(Terms terms, double loss, double weight) {
    add("loss", loss, weight);
    terms.parts().forEach((name, part) -> add(name, part.item(), weight));
  }

  void add(String name, double value, double weight) {
    totals.merge(name, value * weight, Double::sum);
    weights.merge(name, weight, Double::sum);
  }

  double mean(String name) {
    return totals.getOrDefault(name, Double.NaN) / weights.getOrDefault(name, 1.0);
  }

  void putMeans(String prefix, SequencedMap<String, Double> row) {
    totals.keySet().forEach(name -> row.put(prefix + name, mean(name)));
  }
}
