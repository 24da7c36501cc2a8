package org.vaescape.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vaescape.search.Dimension;

class KeyPathTest {
  private static final Execution HERE = new Execution("fp32", "plain", "cpu", 1);

  private static final String WIDE =
      """
      data: {matrix: m.tsv, fit: all}
      space:
        model: [vae, iwae]
        latent: 10
        optimizer: [adam, sgd]
        hidden: [[256], [512, 256]]
        batch: 50
      readings:
        output-norm: [batch, none]
        iwae.compat: [none, pytorch-vae]
        stop: {tolerance: [0.01, 0.001]}
      models:
        iwae: {samples: [1, 5]}
      optimizers:
        sgd: {momentum: [0, 0.9]}
      train:
        scheduler: {name: exponential, gamma: [0.9, 0.95]}
        clip: {iwae: 0.8}
      repeats: 2
      seed: 7
      """;

  /// From the resolved file, every varying key set to what the trial has, as the report's page says
  /// it: a list stands inside another, which would else be one of alternatives.
  @Test
  void everyKeySetToItsOwnValueGivesTheTrialAgain(@TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve("m.tsv"), "");
    Study study = StudyFile.parse(WIDE, "s.yaml", folder);
    List<String> readings = study.readings().stream().map(Dimension::key).toList();
    List<Trial> trials = Plan.of(study, "hash", "", HERE).trials();
    Set<String> asked = new HashSet<>();
    for (int i = 0; i < trials.size(); i += 11) {
      Trial trial = trials.get(i);
      List<String> sets = new ArrayList<>();
      for (String key : trial.cell().values().keySet()) {
        if (trials.stream().map(one -> one.cell().texts().get(key)).distinct().count() > 1) {
          String value = trial.cell().text(key);
          sets.add(
              KeyPath.of(key, readings)
                  + "="
                  + (value.startsWith("[") ? "[" + value + "]" : value));
          asked.add(KeyPath.of(key, readings));
        }
      }
      sets.add("repeats.count=" + (trial.repeat() + 1));
      Study one = StudyFile.parse(study.yaml(), "study.yaml", folder, sets);
      assertEquals(
          trial.id(), Plan.of(one, "hash", "", HERE).trials().getLast().id(), sets::toString);
      assertEquals(
          trial.repeat() + 1, Plan.of(one, "hash", "", HERE).trials().size(), sets::toString);
    }
    assertTrue(
        asked.containsAll(
            Set.of(
                "space.hidden",
                "space.scheduler.gamma",
                "readings.iwae.compat",
                "readings.stop.tolerance",
                "models.iwae.samples",
                "optimizers.sgd.momentum")),
        asked::toString);
  }
}
