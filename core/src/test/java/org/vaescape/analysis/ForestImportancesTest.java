package org.vaescape.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vaescape.Covers;
import org.vaescape.Golden;

/// Our forest against those of scikit-learn, taken apart by Optuna.
@Covers(GoldenTrials.FILE)
class ForestImportancesTest {
  @ParameterizedTest
  @CsvSource({"log_scale, 0", "log_scale, 1", "log_scale, 2", "raw_scale, 0", "raw_scale, 1"})
  void mainEffectsAndImpurityLieWhereOptunasDo(String scale, long seed) {
    GoldenTrials trials = GoldenTrials.read(scale);
    RandomForest forest = RandomForest.fit(trials.evaluations(), seed);
    FunctionalAnova anova = FunctionalAnova.of(forest);
    double[] main =
        IntStream.range(0, trials.names().size()).mapToDouble(i -> anova.main(i).mean()).toArray();
    double sum = Arrays.stream(main).sum();
    double[] normalised = Arrays.stream(main).map(share -> share / sum).toArray();
    assertInBand(trials, "fanova_unnormalised", main);
    assertInBand(trials, "fanova_normalised", normalised);
    assertInBand(trials, "fast_fanova_normalised", normalised);
    assertInBand(trials, "mean_decrease_impurity", forest.impurityDecreases());
  }

  /// The band of golden/README.md: mean +- max(5 sd, 0.03) over Optuna's seeds.
  private static void assertInBand(GoldenTrials trials, String name, double[] shares) {
    JsonNode bands = Golden.at(trials.file(), "optuna/" + trials.scale() + "/" + name);
    for (int i = 0; i < shares.length; i++) {
      JsonNode band = Golden.at(bands, trials.names().get(i));
      double half = Math.max(5 * Golden.number(band, "sd"), 0.03);
      assertEquals(
          Golden.number(band, "mean"), shares[i], half, name + " of " + trials.names().get(i));
    }
  }
}
