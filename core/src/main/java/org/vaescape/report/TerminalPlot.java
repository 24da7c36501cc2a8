package org.vaescape.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import org.vaescape.analysis.runs.PlainNumber;
import org.vaescape.study.LossUnit;
import org.vaescape.study.Status;

/// The landscape in letters, for a terminal: for each model learning rates downward from the
/// highest, latent dimensions across, a block for each optimizer.
///
/// Where further settings vary, a place shows the best of its cells. A space without a grid, or
/// with more values than a screen has room for, is left to the figures.
///
/// @param width of a line, in characters
record TerminalPlot(StudyCells study, int width) {
  private static final int MOST_MODELS = 6;
  private static final int MOST_RATES = 12;
  private static final int LONGEST_HEADING = 12;

  /// From the best value to the worst.
  private static final List<String> STEPS = List.of("●", "◕", "◑", "◔", "○");

  private static final String NOTHING_LEARNED = "−";
  private static final String NOT_RUN = "·";
  private static final String GAP = "  ";

  /// Nothing where there is no grid to show.
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    List<String> models = study.models();
    for (String model : models.subList(0, Math.min(models.size(), MOST_MODELS))) {
      lines.addAll(new OfModel(model, study.where(StudyCells.MODEL, model)).lines());
    }
    if (!lines.isEmpty() && models.size() > MOST_MODELS) {
      lines.add(
          "And %s, in the figures."
              .formatted(Numbers.count(models.size() - MOST_MODELS, "more model")));
    }
    return lines;
  }

  private final class OfModel {
    private final String model;
    private final StudyCells cells;
    private final Measure measure;
    private final ColorScale scale;

    /// What was drawn, with its meaning.
    private final Map<String, String> legend = new LinkedHashMap<>();

    OfModel(String model, StudyCells cells) {
      this.model = model;
      this.cells = cells;
      boolean ofOneUnit = cells.furtherKeys().stream().noneMatch(LossUnit::dependsOn);
      measure = ofOneUnit ? Measure.RECONSTRUCTION : Measure.of(cells.trials()).getLast();
      scale =
          ColorScale.of(
              cells.cells().stream()
                  .filter(TerminalPlot::learned)
                  .mapToDouble(measure::of)
                  .toArray());
    }

    List<String> lines() {
      List<String> rates = ordered(StudyCells.LEARNING_RATE).reversed();
      List<String> latents = ordered(StudyCells.LATENT);
      int labels = rates.stream().mapToInt(String::length).max().orElse(0) + GAP.length();
      List<String> optimizers = cells.values(StudyCells.OPTIMIZER);
      int longest = optimizers.stream().mapToInt(String::length).max().orElse(0);
      int block = Math.max(2 * latents.size(), Math.min(longest, LONGEST_HEADING)) + GAP.length();
      int fitting = (width - labels) / block;
      if (rates.size() < 2 || latents.size() < 2 || rates.size() > MOST_RATES || fitting < 1) {
        return List.of();
      }
      if (cells.cells().stream().anyMatch(TerminalPlot::learned)) {
        legend.put(
            STEPS.getFirst() + " to " + STEPS.getLast(),
            Numbers.value(scale.low()) + " to " + Numbers.value(scale.high()));
      }
      List<String> lines = new ArrayList<>();
      for (int first = 0; first < optimizers.size(); first += fitting) {
        List<String> shown =
            optimizers.subList(first, Math.min(first + fitting, optimizers.size()));
        lines.add(
            filled("", labels)
                + shown.stream().map(name -> filled(name, block)).collect(Collectors.joining()));
        for (String rate : rates) {
          StringBuilder line = new StringBuilder(filled(rate, labels));
          for (String optimizer : shown) {
            StringBuilder signs = new StringBuilder();
            latents.forEach(latent -> signs.append(sign(rate, latent, optimizer)).append(' '));
            line.append(filled(signs.toString(), block));
          }
          lines.add(line.toString().stripTrailing());
        }
      }
      lines.replaceAll(String::stripTrailing);
      lines.addFirst(heading(latents));
      lines.addAll(meanings());
      lines.add("");
      return lines;
    }

    private List<String> meanings() {
      List<String> lines = new ArrayList<>();
      StringBuilder line = new StringBuilder();
      for (Map.Entry<String, String> sign : legend.entrySet()) {
        String meaning = sign.getKey() + " " + sign.getValue();
        if (!line.isEmpty() && line.length() + GAP.length() + meaning.length() > width) {
          lines.add(line.toString());
          line.setLength(0);
        }
        line.append(line.isEmpty() ? "" : GAP).append(meaning);
      }
      lines.add(line.toString());
      return lines;
    }

    private String heading(List<String> latents) {
      String best = cells.furtherKeys().isEmpty() ? "" : ", the best of further settings";
      return "%s: %s by learning rate (down) and latent %s to %s (across)%s"
          .formatted(model, measure.title(), latents.getFirst(), latents.getLast(), best);
    }

    /// Numbers by size, then what is none.
    private List<String> ordered(String key) {
      return cells.values(key).stream()
          .sorted(Comparator.comparingDouble(TerminalPlot::number))
          .toList();
    }

    private String sign(String rate, String latent, String optimizer) {
      List<CellSummary> here =
          cells
              .where(cell ->
                  cell.setting(StudyCells.LEARNING_RATE).equals(rate)
                      && cell.setting(StudyCells.LATENT).equals(latent)
                      && cell.setting(StudyCells.OPTIMIZER).equals(optimizer))
              .cells();
      OptionalDouble best =
          here.stream()
              .filter(TerminalPlot::learned)
              .mapToDouble(measure::of)
              .filter(Double::isFinite)
              .min();
      if (best.isPresent()) {
        double place = Math.clamp(scale.position(best.getAsDouble()), 0, 1);
        int step = (int) Math.min(STEPS.size() - 1, place * STEPS.size());
        return STEPS.get(step);
      }
      if (here.stream().anyMatch(cell -> !cell.complete().isEmpty())) {
        return noted(NOTHING_LEARNED, "learned nothing");
      }
      return here.stream()
          .filter(cell -> !cell.trials().isEmpty())
          .findFirst()
          .map(cell -> noted(failure(cell.failure()), cell.failure().text()))
          .orElseGet(() -> noted(NOT_RUN, "not run"));
    }

    private String noted(String sign, String meaning) {
      legend.putIfAbsent(sign, meaning);
      return sign;
    }
  }

  /// As [Marks] draws them.
  private static String failure(Status status) {
    return switch (status) {
      case OUT_OF_MEMORY -> "□";
      case FAILED -> "△";
      case TIMED_OUT -> "▽";
      case PRUNED -> "+";
      case DIVERGED, CONVERGED, MAX_EPOCHS -> "×";
    };
  }

  /// As dot plots have it: what most of its trials became.
  private static boolean learned(CellSummary cell) {
    return cell.verdict().equals("learned");
  }

  private static double number(String text) {
    return PlainNumber.of(text).orElse(Double.POSITIVE_INFINITY);
  }

  /// As long as this, cut or filled up with spaces.
  private static String filled(String text, int length) {
    String cut = text.length() < length ? text : text.substring(0, Math.max(0, length - 2)) + "…";
    return cut + " ".repeat(Math.max(0, length - cut.length()));
  }
}
