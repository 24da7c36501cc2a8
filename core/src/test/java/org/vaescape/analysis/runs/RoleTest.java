package org.vaescape.analysis.runs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.vaescape.analysis.sensitivity.Sensitivity;
import org.vaescape.report.SensitivityJson;
import org.vaescape.study.Metric;

class RoleTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "learning-rate",
        "learning_rate",
        "Learning Rate",
        "learningRate",
        "lr",
        "LR",
        "params_learning_rate",
        "params_lr",
        "config/lr",
        "config.learning_rate",
        "config/optimizer/lr",
        "params.lr",
        "train.base_lr"
      })
  void knowsTheLearningRateByAnyName(String name) {
    assertTrue(Role.LEARNING_RATE.is(name));
    assertFalse(Role.OPTIMIZER.is(name));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"lr_decay", "lr-scheduler", "color", "sgd.lr", "rate", "learning-rate offset", ""})
  void takesNothingElseForIt(String name) {
    assertFalse(Role.LEARNING_RATE.is(name));
  }

  @ParameterizedTest
  @CsvSource({
    "OPTIMIZER, config.optimizer.name",
    "OPTIMIZER, params_optimizer",
    "OPTIMIZER, Optim",
    "LATENT, n_latent",
    "LATENT, model/latent_dim",
    "LATENT, z_dim",
    "MODEL, params_model",
    "MODEL, Model Name"
  })
  void knowsTheOthersToo(Role role, String name) {
    assertTrue(role.is(name));
  }

  @Test
  void prefersTheNameOfStudies() {
    assertEquals(
        Optional.of("optimizer"), Role.OPTIMIZER.among(List.of("opt", "optimizer", "optim")));
    assertEquals(Optional.of("opt"), Role.OPTIMIZER.among(List.of("a", "opt", "optim")));
    assertEquals("adam", Role.OPTIMIZER.in(Map.of("optim", "adam")));
    assertEquals("", Role.OPTIMIZER.in(Map.of("lr", "1")));
  }

  /// Two optimizers whose best rates lie a decade apart.
  private static String said(String rate, String optimizer, String latent) {
    List<Run> runs =
        Runs.grid(
            Runs.space(
                Map.entry(rate, List.of("0.0001", "0.001", "0.01", "0.1", "1")),
                Map.entry(optimizer, List.of("adam", "sgd")),
                Map.entry(latent, List.of("10", "20"))),
            3,
            (settings, repeat) -> {
              boolean sgd = settings.getOrDefault(optimizer, "").equals("sgd");
              double log = Math.log10(Double.parseDouble(settings.getOrDefault(rate, "")));
              double size = Double.parseDouble(settings.getOrDefault(latent, ""));
              double noise = ((7 * repeat + (int) (log * size)) % 5) * 0.01;
              return Math.exp(Math.pow(log + (sgd ? 2 : 3), 2) + noise) * (1 + 1 / size);
            });
    return SensitivityJson.text(
        Sensitivity.of(
            new RunSet(
                "made up",
                1,
                runs.stream().map(RoleTest::ofAnybody).toList(),
                List.of(),
                true,
                List.of(rate),
                OptionalInt.empty(),
                List.of(new RunSet.Outcome("loss", Metric.Better.LOWER, true)))));
  }

  /// With an outcome of which the published study claims nothing.
  private static Run ofAnybody(Run run) {
    double loss = run.outcome(Runs.LOSS, StopPoint.STOP);
    return new Run(
        run.id(),
        run.settings(),
        run.repeat(),
        run.fate(),
        run.ending(),
        Map.of(StopPoint.STOP, Map.of("loss", loss)));
  }

  @Test
  void saysOfAnyNamesWhatItSaysOfThoseOfStudies() {
    String own = said("learning-rate", "optimizer", "latent");
    assertTrue(own.contains("\"fair_ranges\" : [ {"), own);
    assertTrue(own.contains("\"several\" : {"), "several optimizers at their defaults");
    String theirs = said("params_learning_rate", "params_optimizer", "params_latent_dim");
    assertTrue(theirs.contains("params_learning_rate"), "in their own words");
    assertEquals(
        own.lines().toList(),
        theirs
            .replace("params_learning_rate", "learning-rate")
            .replace("params_optimizer", "optimizer")
            .replace("params_latent_dim", "latent")
            .lines()
            .toList());
  }
}
