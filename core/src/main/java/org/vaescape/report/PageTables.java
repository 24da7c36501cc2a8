package org.vaescape.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.vaescape.analysis.runs.PlainNumber;
import org.vaescape.study.FinishedTrial;

/// Tables of the page, as HTML.
record PageTables(StudyCells study) {
  private static final List<String> COMPARED =
      List.of(
          "val MSE as chosen",
          "MSE of PCA",
          "MSE of the mean",
          "MSE on permuted genes",
          "val R² as chosen",
          "R² of PCA",
          "R² of the mean");

  /// What [#best] shows.
  String bestCaption() {
    return "Lowest validation MSE of each model%s, among cells that learned; as chosen: the mean of the runs that chose the cell, which claims below judge by others where there are repeats"
        .formatted(varyingReadings().isEmpty() ? "" : " under each reading");
  }

  private List<String> varyingReadings() {
    return study.readings().stream().filter(study.varying()::contains).toList();
  }

  /// The best cell of each model, apart by reading, beside PCA, the mean predictor and the error on
  /// permuted genes.
  String best() {
    List<String> readings = varyingReadings();
    List<String> keys =
        study.varying().stream()
            .filter(key -> !key.equals(StudyCells.MODEL) && !readings.contains(key))
            .toList();
    StringBuilder out = new StringBuilder("<table class=\"data best\">\n");
    out.append("<thead><tr>").append(cell("th scope=\"col\"", false, StudyCells.MODEL));
    readings.forEach(key -> out.append(cell("th scope=\"col\"", isNumber(key), key)));
    for (String name : COMPARED) {
      out.append(cell("th scope=\"col\"", true, name));
    }
    keys.forEach(key -> out.append(cell("th scope=\"col\"", isNumber(key), key)));
    out.append(cell("th scope=\"col\"", true, "cells that learned"));
    out.append("</tr></thead>\n<tbody>\n");
    for (String model : study.models()) {
      study
          .where(StudyCells.MODEL, model)
          .byReading()
          .forEach(cells -> best(out, model, cells, readings, keys));
    }
    return out.append("</tbody></table>\n").toString();
  }

  /// @param cells of one model and reading
  private void best(
      StringBuilder out, String model, StudyCells cells, List<String> readings, List<String> keys) {
    out.append("<tr>").append(cell("th scope=\"row\"", false, model));
    readings.forEach(key -> out.append(cell("td", isNumber(key), cells.values(key).getFirst())));
    Optional<CellSummary> best = Summary.best(cells);
    if (best.isPresent()) {
      CellSummary cell = best.get();
      out.append(cell("td", true, Numbers.value(Summary.mse(cell))));
      for (String metric : List.of("pca_mse", "mean_mse", "permuted_mse")) {
        out.append(cell("td", true, Numbers.value(cell.mean(trial -> trial.metric(metric)))));
      }
      out.append(cell("td", true, Summary.r2(cell)));
      out.append(cell("td", true, Numbers.fixed(cell.mean(trial -> trial.metric("pca_r2")))));
      out.append(cell("td", true, "0"));
    } else {
      out.append("<td colspan=\"%s\">none learned</td>".formatted(COMPARED.size()));
    }
    for (String key : keys) {
      String value = best.map(cell -> cell.setting(key)).orElse("");
      out.append(cell("td", isNumber(key), value));
    }
    long learned = cells.cells().stream().filter(Summary::learned).count();
    out.append(cell("td", true, learned + " of " + cells.cells().size())).append("</tr>\n");
  }

  /// Whether every value of the setting is a number.
  private boolean isNumber(String key) {
    return study.values(key).stream()
        .allMatch(value -> value.isEmpty() || PlainNumber.of(value).isPresent());
  }

  /// For each number of latent dimensions, apart by reading: the untrained network, the mean
  /// predictor, PCA, genes permuted, and each model's best cell that learned.
  String baselines() {
    List<String> models = study.models();
    List<String> readings = varyingReadings();
    StringBuilder out =
        new StringBuilder(
            "<table class=\"data\">\n<thead><tr><th scope=\"col\" class=\"n\">latent</th>");
    readings.forEach(key -> out.append(cell("th scope=\"col\"", isNumber(key), key)));
    out.append(cell("th scope=\"col\"", true, "untrained"));
    out.append(cell("th scope=\"col\"", true, "mean predictor"));
    out.append(cell("th scope=\"col\"", true, "PCA"));
    out.append(cell("th scope=\"col\"", true, "permuted genes"));
    models.forEach(model -> out.append(cell("th scope=\"col\"", true, model)));
    out.append("</tr></thead>\n<tbody>\n");
    for (String latent : ValueAxis.ordinal(study.values(StudyCells.LATENT), 1).values()) {
      for (StudyCells row : study.where(StudyCells.LATENT, latent).byReading()) {
        out.append("<tr>").append(cell("th scope=\"row\"", true, latent));
        readings.forEach(key -> out.append(cell("td", isNumber(key), row.values(key).getFirst())));
        out.append(cell("td", true, mean(row, "untrained_mse")));
        out.append(cell("td", true, mean(row, "mean_mse")));
        out.append(cell("td", true, pca(row)));
        out.append(cell("td", true, mean(row.where(Summary::learned), "permuted_mse")));
        models.forEach(model -> out.append(cell("td", true, lowest(row, model))));
        out.append("</tr>\n");
      }
    }
    return out.append("</tbody></table>\n").toString();
  }

  private static String lowest(StudyCells row, String model) {
    StudyCells cells = row.where(StudyCells.MODEL, model);
    return cells.cells().isEmpty() // no such reading of this model
        ? ""
        : Summary.best(cells).map(cell -> Numbers.value(Summary.mse(cell))).orElse("none learned");
  }

  /// PCA beside all models; where some have wider codes than others, each width with its models.
  private static String pca(StudyCells row) {
    Map<Set<Double>, List<String>> models = new LinkedHashMap<>();
    for (String model : row.models()) {
      Set<Double> errors = new TreeSet<>();
      for (FinishedTrial trial : row.where(StudyCells.MODEL, model).trials()) {
        if (Double.isFinite(trial.metric("pca_mse"))) {
          errors.add(trial.metric("pca_mse"));
        }
      }
      if (!errors.isEmpty()) {
        // Equal widths share errors, those of the splits that they have in common.
        Set<Double> known =
            models.keySet().stream()
                .filter(others -> !Collections.disjoint(others, errors))
                .findFirst()
                .orElse(errors);
        models.computeIfAbsent(known, _ -> new ArrayList<>()).add(model);
      }
    }
    if (models.size() < 2) {
      return mean(row, "pca_mse");
    }
    return models.values().stream()
        .map(names -> {
          StudyCells theirs = row.where(cell -> names.contains(cell.setting(StudyCells.MODEL)));
          return mean(theirs, "pca_mse") + " (" + String.join(", ", names) + ")";
        })
        .collect(Collectors.joining("; "));
  }

  private static String mean(StudyCells cells, String metric) {
    double mean =
        cells.trials().stream()
            .mapToDouble(trial -> trial.metric(metric))
            .filter(Double::isFinite)
            .average()
            .orElse(Double.NaN);
    return Numbers.value(mean);
  }

  /// How and where the trials were made: each name with its values, by frequency of trials.
  String provenance() {
    Map<String, Map<String, Integer>> values = new TreeMap<>();
    for (FinishedTrial trial : study.trials()) {
      count(values, "data hash", trial.dataHash());
      count(values, "path", trial.path());
      count(values, "precision", trial.precision());
      trial.provenance().forEach((name, value) -> count(values, name, value));
    }
    StringBuilder out = new StringBuilder("<table class=\"data facts\">\n<tbody>\n");
    values.forEach((name, counts) -> {
      List<String> lines =
          counts.entrySet().stream().limit(5).map(entry -> line(entry, counts.size())).toList();
      String rest = counts.size() > 5 ? "<br>and " + (counts.size() - 5) + " more" : "";
      out.append("<tr>").append(cell("th scope=\"row\"", false, name));
      out.append("<td>").append(String.join("<br>", lines)).append(rest).append("</td></tr>\n");
    });
    return out.append("</tbody></table>\n").toString();
  }

  private static String line(Map.Entry<String, Integer> value, int different) {
    String text =
        value.getKey().length() > 600 ? value.getKey().substring(0, 600) + "…" : value.getKey();
    String trials = different > 1 ? " (" + Numbers.count(value.getValue(), "trial") + ")" : "";
    return "<bdi>" + Markup.escape(text) + "</bdi>" + trials;
  }

  private static void count(Map<String, Map<String, Integer>> values, String name, String value) {
    values.computeIfAbsent(name, key -> new TreeMap<>()).merge(value, 1, Integer::sum);
  }

  /// An element with this text, its start tag given without angle brackets.
  private static String cell(String tag, boolean number, String text) {
    String name = tag.contains(" ") ? tag.substring(0, tag.indexOf(' ')) : tag;
    String style = number ? " class=\"n\"" : "";
    return "<%s%s>%s</%s>".formatted(tag, style, Markup.escape(text), name);
  }
}
