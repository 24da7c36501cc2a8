package org.vaescape.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vaescape.model.Models;
import org.vaescape.store.SqliteStore;
import org.vaescape.study.FinishedTrial;
import org.vaescape.study.Metric;
import org.vaescape.study.Metrics;

/// The catalogue of outcomes against the outcomes of trials and against the docs.
final class MetricsTest {
  private static final Path DATA = Path.of(System.getProperty("basedir", "."), "..", "data");

  /// Columns of `trials.csv` that say what was asked, not what came out.
  private static final List<String> QUESTIONS =
      List.of(
          "trial",
          "model",
          "latent",
          "learning-rate",
          "optimizer",
          "seed",
          "repeat",
          "path",
          "precision",
          "data_hash",
          "message");

  @TempDir private Path temporary;

  private List<FinishedTrial> trials() {
    try (SqliteStore store = SqliteStore.open(temporary.resolve("out/study.db"))) {
      return store.trials();
    }
  }

  /// All models, with labels, batches, survival, a test part and the best epoch.
  private void run() throws IOException {
    List<String> samples =
        Files.readAllLines(DATA.resolve("smoke_cc0.labels.tsv")).stream().skip(1).toList();
    StringBuilder labels = new StringBuilder("sample\tlabel\tbatch\n");
    StringBuilder survival = new StringBuilder("sample\ttime\tevent\n");
    for (int i = 0; i < samples.size(); i++) {
      String sample = samples.get(i).split("\t", -1)[0];
      labels.append("%s\tb%d\n".formatted(samples.get(i), i % 2));
      survival.append("%s\t%d\t%d\n".formatted(sample, i * 7 % 50, i % 2));
    }
    Files.writeString(temporary.resolve("l.tsv"), labels);
    Files.writeString(temporary.resolve("s.tsv"), survival);
    Files.writeString(
        temporary.resolve("s.yaml"),
        """
        data:
          matrix: %s
          labels: l.tsv
          survival: s.tsv
          select: {keep: 30}
          split: {validation: 0.3, test: 0.3}
        space: {model: [%s], latent: 2, hidden: [8]}
        train: {batch: 10, max-epochs: 2, restore: best, stop: none}
        outcomes: {compat: eltager}
        """
            .formatted(
                DATA.resolve("smoke_cc0.tsv.gz").toRealPath(),
                String.join(", ", Models.CATALOGUE.names())));
    Console answer =
        Console.run(
            "run",
            temporary.resolve("s.yaml").toString(),
            "--out",
            temporary.resolve("out").toString());
    assertEquals(0, answer.code(), answer.err());
  }

  @Test
  void namesEveryOutcomeOfATrialAndNoOther() throws IOException {
    run();
    Set<Metric> seen = new TreeSet<>((a, b) -> a.name().compareTo(b.name()));
    List<FinishedTrial> trials = trials();
    assertEquals(Models.CATALOGUE.names().size(), trials.size());
    for (FinishedTrial trial : trials) {
      for (String column : trial.metrics().keySet()) {
        Metric metric =
            Metrics.of(column)
                .orElseThrow(() ->
                    new AssertionError(column + " is not among the metrics of study/Metrics"));
        seen.add(metric);
        if (metric.equals(Metrics.TERM)) {
          String term = column.substring(column.indexOf('_') + 1);
          assertTrue(
              trial.curve().getFirst().terms().containsKey("train_" + term),
              "%s is neither a metric of study/Metrics nor a term of %s"
                  .formatted(column, trial.settings()));
        }
      }
    }
    List<String> table = Files.readAllLines(temporary.resolve("out/trials.csv"));
    for (String column : table.getFirst().split(",", -1)) {
      if (!QUESTIONS.contains(column)) {
        assertTrue(Metrics.of(column).isPresent(), column);
      }
    }
    for (String column : List.of("status", "verdict", "epochs", "seconds", "epoch_seconds")) {
      assertTrue(Arrays.asList(table.getFirst().split(",", -1)).contains(column), column);
      Metrics.of(column).ifPresent(seen::add);
    }
    assertEquals(
        Metrics.ALL.stream().map(Metric::name).sorted().toList(),
        seen.stream().map(Metric::name).toList());
  }

  @Test
  void tellsVariantsFromNamesThatNobodyHas() {
    assertEquals("leiden_ari", name("test_pca_leiden_ari_batch"));
    assertEquals("concordance", name("test_pca_concordance"));
    assertEquals("val_kl_unit_NNN", name("test_kl_unit_007"));
    assertEquals("val_TERM", name("val_mmd"));
    for (String column :
        List.of("concordance_batch", "pca_val_mse", "train_mse_batch", "pca_active_units", "mse")) {
      assertEquals(Optional.empty(), Metrics.of(column), column);
    }
  }

  private static String name(String column) {
    return Metrics.of(column).orElseThrow().name();
  }

  @Test
  void theDocsHaveALineForEachMetricAndNoOther() throws IOException {
    Path page = Path.of(System.getProperty("vaescape.home", "."), "docs", "outcomes.md");
    List<String> expected = new ArrayList<>();
    for (Metric metric : Metrics.ALL) {
      expected.add(
          "| `%s` | %s | %s | %s | %s |"
              .formatted(
                  metric.name(),
                  metric.meaning(),
                  metric.unit(),
                  metric.better().text(),
                  metric.source()));
    }
    Metrics.variants()
        .forEach((name, meaning) -> expected.add("| `%s` | %s |".formatted(name, meaning)));
    List<String> found =
        Files.readAllLines(page).stream().filter(line -> line.startsWith("| `")).toList();
    assertEquals(String.join("\n", expected), String.join("\n", found));
  }
}
