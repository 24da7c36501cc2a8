package org.vaescape.study;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LossUnitTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "model=vae objective=mean reconstruction=mse latent=10 | mse, mean over genes",
        "model=vae objective=elbo reconstruction=bce | bce, sum over genes",
        "model=vae reconstruction=gaussian reconstruction.variance=0.5 | gaussian of variance 0.5",
        "model=logcosh-vae objective=mean reconstruction=mse logcosh-vae.alpha=10 | logcosh of alpha 10, mean over genes",
        "model=swae reconstruction=mse swae.compat=pytorch-vae | mse, form of pytorch-vae",
        "model=swae reconstruction=mse swae.compat=none | mse",
        "model=vae reconstruction=mse data.fit=train | mse",
        "model=vae latent=10 | ''"
      })
  void namesTermAndSumAndKeepsWhatTheDataAreScaledOn(String settings, String unit) {
    SequencedMap<String, String> cell = new LinkedHashMap<>();
    for (String setting : settings.split(" ", -1)) {
      int equals = setting.indexOf('=');
      cell.put(setting.substring(0, equals), setting.substring(equals + 1));
    }
    assertEquals(unit, LossUnit.of(cell).words());
    assertEquals(cell.getOrDefault("data.fit", ""), LossUnit.of(cell).fit());
    assertEquals(cell.getOrDefault("data.fit", ""), LossUnit.ofError(cell).fit());
  }
}
