package org.vaescape.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vaescape.UserError;
import org.vaescape.study.FinishedTrial;
import org.vaescape.study.FinishedTrial.Epoch;
import org.vaescape.study.Status;

final class TablesTest {
  @TempDir private Path folder;

  private static final FinishedTrial VAE =
      trial(
          "b1",
          settings("vae", "1e-5"),
          Status.CONVERGED,
          "learned",
          metrics("val_loss", 0.5, "val_mse", 0.1 + 0.2, "zeta", 2, "val_r2_sampled", 1e-7),
          "");

  private static final FinishedTrial INFOVAE =
      trial(
          "a2",
          settings("infovae", "0.1", "infovae.kernel", "imq"),
          Status.DIVERGED,
          "",
          metrics("val_loss", Double.NaN, "val_mse", Double.NEGATIVE_INFINITY, "alpha", 12),
          "loss is nan, in epoch 2\n\"last\" finite loss 7");

  @Test
  void writesARowATrialInTheOrderOfThePlan() throws IOException {
    TrialTable.write(file(), List.of("b1", "missing", "a2"), 2021, List.of(INFOVAE, VAE));
    assertEquals(
        """
        trial,model,latent,learning-rate,optimizer,seed,repeat,status,epochs,\
        val_loss,val_reconstruction,val_mse,val_r2,val_kl,active_units,seconds,epoch_seconds,\
        path,precision,data_hash,message,verdict,val_r2_sampled,alpha,zeta
        b1,vae,10,1e-5,adam,2021,0,converged,2,0.5,,0.30000000000000004,,,,12.5,0.25,plain,fp32,\
        c0ffee,,learned,1e-7,,2
        a2,infovae,10,0.1,adam,2021,0,diverged,2,nan,,-inf,,,,12.5,0.25,plain,fp32,c0ffee,\
        "loss is nan, in epoch 2
        ""last"" finite loss 7",,,12,
        """,
        Files.readString(file()));
  }

  @Test
  void hasAColumnForEveryKeyThatVariesAmongTheTrialsThatHaveIt() throws IOException {
    ReportInput input =
        SampleStudy.full()
            .withKey("iwae.samples", "1", "5")
            .withKey("infovae.kernel", "imq")
            .withKey("adam.beta1", "0.9")
            .withKey("sgd.momentum", "0", "0.9")
            .withKey("hidden", "[256]")
            .input(0);
    TrialTable.write(file(), List.of(), 2021, input.trials());
    try (CsvReader<CsvRecord> reader = CsvReader.builder().ofCsvRecord(file())) {
      List<List<String>> rows = reader.stream().map(CsvRecord::getFields).toList();
      assertEquals(
          List.of("model", "latent", "learning-rate", "optimizer", "sgd.momentum", "iwae.samples"),
          rows.getFirst().subList(1, 7));
      assertEquals("seed", rows.getFirst().get(7));
      for (List<String> row : rows.subList(1, rows.size())) {
        assertEquals(row.get(4).equals("sgd"), !row.get(5).isEmpty(), row::toString);
        assertEquals(row.get(1).equals("iwae"), !row.get(6).isEmpty(), row::toString);
      }
    }
  }

  @Test
  void readsBackInAnotherProgramsEyes() throws IOException {
    TrialTable.write(file(), List.of(), 2021, List.of(VAE, INFOVAE));
    try (CsvReader<CsvRecord> reader = CsvReader.builder().ofCsvRecord(file())) {
      List<CsvRecord> records = reader.stream().toList();
      assertEquals(3, records.size());
      int message = records.getFirst().getFields().indexOf("message");
      assertEquals(INFOVAE.message(), records.get(1).getField(message));
      assertTrue(records.stream().allMatch(row -> row.getFieldCount() == 25));
    }
  }

  @Test
  void putsTrialsThatThePlanNoLongerHasLast() throws IOException {
    TrialTable.write(file(), List.of("b1"), 2021, List.of(INFOVAE, VAE));
    try (Stream<String> lines = Files.lines(file())) {
      assertEquals(List.of("b1", "a2"), lines.skip(1).limit(2).map(TablesTest::first).toList());
    }
  }

  @Test
  void keepsTheColumnsOfAStudyWithoutTrials() throws IOException {
    TrialTable.write(file(), List.of("b1"), 2021, List.of());
    assertEquals(
        """
        trial,model,latent,learning-rate,optimizer,seed,repeat,status,epochs,val_loss,\
        val_reconstruction,val_mse,val_r2,val_kl,active_units,seconds,epoch_seconds,path,\
        precision,data_hash,message,verdict
        """,
        Files.readString(file()));
  }

  @Test
  void writesEveryTermOfEveryEpochBesideItsNeighbours() throws IOException {
    EpochTable.write(file(), List.of("b1", "a2"), List.of(INFOVAE, VAE));
    assertEquals(
        """
        trial,epoch,train_loss,train_mmd,val_loss,val_mmd
        b1,1,0.5,,1e-5,
        b1,2,0.25,,nan,
        a2,1,0.5,7,1e-5,8
        a2,2,0.25,7,nan,8
        """,
        Files.readString(file()));
  }

  @Test
  void writesTheSameBytesInEveryLocaleAndOrder() throws IOException {
    TrialTable.write(file(), List.of("b1", "a2"), 2021, List.of(INFOVAE, VAE));
    String bytes = Files.readString(file());
    Locale locale = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-SA-u-nu-arab"));
      TrialTable.write(file(), List.of("b1", "a2"), 2021, List.of(VAE, INFOVAE));
    } finally {
      Locale.setDefault(locale);
    }
    assertEquals(bytes, Files.readString(file()));
  }

  @Test
  void leavesTheOldTableWhereTheNewOneCannotBeWritten() throws IOException {
    Files.createDirectories(folder.resolve("trials.csv.part").resolve("in-the-way"));
    Files.writeString(file(), "old\n");
    UserError error =
        assertThrows(
            UserError.class, () -> TrialTable.write(file(), List.of(), 1, List.of(VAE, INFOVAE)));
    String message = String.valueOf(error.getMessage());
    assertTrue(message.startsWith(file() + " cannot be written ("), message);
    assertEquals("old\n", Files.readString(file()));
  }

  private Path file() {
    return folder.resolve("trials.csv");
  }

  private static String first(String line) {
    return line.substring(0, line.indexOf(','));
  }

  private static FinishedTrial trial(
      String id,
      SequencedMap<String, String> settings,
      Status status,
      String verdict,
      SequencedMap<String, Double> metrics,
      String message) {
    boolean mmd = "infovae".equals(settings.get("model"));
    return new FinishedTrial(
        id,
        settings,
        0,
        status,
        verdict,
        2,
        metrics,
        List.of(),
        List.of(new Epoch(1, terms(0.5, mmd, 1e-5)), new Epoch(2, terms(0.25, mmd, Double.NaN))),
        12.5,
        0.25,
        "plain",
        "fp32",
        "c0ffee",
        message,
        new LinkedHashMap<>());
  }

  private static SequencedMap<String, Double> terms(double train, boolean mmd, double validation) {
    SequencedMap<String, Double> terms = new LinkedHashMap<>();
    terms.put("train_loss", train);
    if (mmd) {
      terms.put("train_mmd", 7.0);
    }
    terms.put("val_loss", validation);
    if (mmd) {
      terms.put("val_mmd", 8.0);
    }
    return terms;
  }

  private static SequencedMap<String, Double> metrics(Object... entries) {
    SequencedMap<String, Double> metrics = new LinkedHashMap<>();
    for (int i = 0; i < entries.length; i += 2) {
      metrics.put((String) entries[i], ((Number) entries[i + 1]).doubleValue());
    }
    return metrics;
  }

  private static SequencedMap<String, String> settings(
      String model, String learningRate, String... more) {
    SequencedMap<String, String> settings = new LinkedHashMap<>();
    settings.put("model", model);
    settings.put("learning-rate", learningRate);
    settings.put("latent", "10");
    settings.put("optimizer", "adam");
    settings.put("hidden", "[256]");
    if (more.length > 0) {
      settings.putAll(Map.of(more[0], more[1]));
    }
    return settings;
  }
}
