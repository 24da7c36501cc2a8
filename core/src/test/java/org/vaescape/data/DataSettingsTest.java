package org.vaescape.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vaescape.data.DataSettings.Counts;
import org.vaescape.data.DataSettings.Fit;
import org.vaescape.data.DataSettings.Group;
import org.vaescape.data.DataSettings.Missing;
import org.vaescape.data.DataSettings.Scale;
import org.vaescape.data.DataSettings.Stratify;
import org.vaescape.data.DataSettings.Variability;

class DataSettingsTest {
  private static DataSettings with(int keep, double validation, double test) {
    return new DataSettings(
        Orientation.AUTO,
        Missing.MEAN,
        Counts.AS_THEY_ARE,
        Fit.ALL,
        Variability.VARIANCE,
        keep,
        Scale.NONE,
        validation,
        test,
        Group.NONE,
        Stratify.LABEL);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0.1, 0, select.keep must be at least 1 but was 0",
    "5, 0, 0, 'split.validation must be a number in (0, 1) but was 0.0'",
    "5, 1, 0, 'split.validation must be a number in (0, 1) but was 1.0'",
    "5, NaN, 0, 'split.validation must be a number in (0, 1) but was NaN'",
    "5, 0.1, -0.1, 'split.test must be a number in [0, 1) but was -0.1'",
    "5, 0.5, 0.5, split.validation and split.test must be below 1 together but were 0.5 and 0.5"
  })
  void refusesValuesOutOfRange(int keep, double validation, double test, String message) {
    assertEquals(
        message,
        assertThrows(IllegalArgumentException.class, () -> with(keep, validation, test))
            .getMessage());
  }

  @Test
  void readsTheWordsThatItWrites() {
    assertEquals(Orientation.GENES_IN_ROWS, Orientation.of("genes-in-rows"));
    assertEquals("genes-in-columns", Orientation.GENES_IN_COLUMNS.text());
    for (Missing value : Missing.values()) {
      assertEquals(value, Missing.of(value.text()));
    }
    for (Variability value : Variability.values()) {
      assertEquals(value, Variability.of(value.text()));
    }
    assertEquals(
        List.of(Fit.TRAIN, Scale.Z_SCORE, Group.PATIENT, Stratify.LABEL),
        List.of(Fit.of("train"), Scale.of("z-score"), Group.of("patient"), Stratify.of("label")));
  }

  @Test
  void namesTheWordsWhenThereIsNoSuchOne() {
    assertEquals(
        "must be one of min-max, z-score, none but was minmax",
        assertThrows(IllegalArgumentException.class, () -> Scale.of("minmax")).getMessage());
  }
}
