package org.vaescape.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SequencedMap;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.vaescape.analysis.compare.ComparedStudy;
import org.vaescape.analysis.compare.StudyAgreement;
import org.vaescape.analysis.runs.Fate;
import org.vaescape.analysis.runs.Run;
import org.vaescape.analysis.runs.RunSet;
import org.vaescape.analysis.runs.StopPoint;
import org.vaescape.analysis.sensitivity.Sensitivity;
import org.vaescape.study.Metric;

/// The command line takes no country's digits; a library is called in any country.
@ResourceLock(Resources.LOCALE)
class LocaleTest {
  private final Locale before = Locale.getDefault();

  @AfterEach
  void restore() {
    Locale.setDefault(before);
  }

  private static RunSet runs(String name, int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Run> runs = new ArrayList<>();
    for (String optimizer : List.of("adam", "sgd")) {
      for (String rate : List.of("1e-4", "0.001", "0.01")) {
        for (String latent : List.of("10", "20", "50")) {
          for (int repeat = 0; repeat < 3; repeat++) {
            SequencedMap<String, String> settings = new LinkedHashMap<>();
            settings.put("model", "vae");
            settings.put("optimizer", optimizer);
            settings.put("learning-rate", rate);
            settings.put("latent", latent);
            double loss = 1e-5 * (1 + Double.parseDouble(rate)) * Math.exp(random.nextGaussian());
            boolean failed = random.nextInt(20) == 0;
            Map<String, Double> measured =
                Map.of(
                    "val_reconstruction",
                    loss,
                    "val_mse",
                    loss,
                    "epochs",
                    1500.25,
                    "converged",
                    1.0);
            runs.add(
                new Run(
                    settings + " " + repeat,
                    settings,
                    repeat,
                    failed ? Fate.FAILED : Fate.LEARNED,
                    failed ? "diverged" : "learned",
                    failed ? Map.of() : Map.of(StopPoint.STOP, measured)));
          }
        }
      }
    }
    return new RunSet(
        name,
        seed,
        runs,
        List.of(),
        true,
        List.of("learning-rate"),
        OptionalInt.of(5000),
        List.of(
            new RunSet.Outcome("val_reconstruction", Metric.Better.LOWER, false),
            new RunSet.Outcome("val_mse", Metric.Better.LOWER, true)));
  }

  private static List<String> everything() {
    RunSet one = runs("one", 1);
    RunSet other = runs("other", 2);
    List<String> all = new ArrayList<>();
    all.add(SensitivityJson.text(Sensitivity.of(one)));
    all.addAll(SensitivityText.lines(Sensitivity.of(one)));
    StudyAgreement agreement =
        StudyAgreement.of(
            List.of(ComparedStudy.of("one", "", one), ComparedStudy.of("other", "", other)));
    all.add(SensitivityJson.text(agreement));
    all.addAll(
        new AgreementText(
                List.of(
                    StudyFacts.ofTable("one", one.runs()),
                    StudyFacts.ofTable("other", other.runs())),
                List.of("val_mse"),
                agreement)
            .sentences());
    return all;
  }

  /// `%d` writes the digits of the default locale, also where no test comes by.
  @Test
  void noNumberIsWrittenInTheDigitsOfACountry() throws IOException {
    Path sources = Path.of(System.getProperty("basedir", "."), "src/main/java/org/vaescape");
    List<Path> found = new ArrayList<>();
    for (String name : List.of("analysis", "cli", "data", "report", "store")) {
      try (Stream<Path> files = Files.walk(sources.resolve(name))) {
        for (Path file : files.filter(one -> one.toString().endsWith(".java")).toList()) {
          if (Pattern.compile("%([1-9]\\$)?d").matcher(Files.readString(file)).find()) {
            found.add(file);
          }
        }
      }
    }
    assertEquals(List.of(), found, "write whole numbers by %s");
  }

  @Test
  void whatIsSaidHangsOnNoCountry() {
    Locale.setDefault(Locale.ROOT);
    List<String> expected = everything();
    for (String country : List.of("de-DE", "tr-TR", "ar-EG-u-nu-arab")) {
      Locale.setDefault(Locale.forLanguageTag(country));
      assertEquals(expected, everything(), country);
    }
  }
}
