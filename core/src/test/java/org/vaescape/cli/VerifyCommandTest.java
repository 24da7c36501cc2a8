package org.vaescape.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.SequencedMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.vaescape.store.SqliteStore;
import org.vaescape.study.FinishedTrial;
import org.vaescape.study.FinishedTrial.Epoch;
import org.vaescape.study.FinishedTrials;
import org.vaescape.study.Status;
import org.vaescape.study.TrialStore;
import org.vaescape.study.WeightsAudit;

/// One small study, trained once; each test has a copy of its folder.
///
/// Over 400 lines because each way to change a folder stands beside the words that tell of it, and
/// all share the study that takes seconds to train.
final class VerifyCommandTest {
  private static final Path DATA = Path.of(System.getProperty("basedir", "."), "..", "data");

  @TempDir private static Path once;
  private static Path original;
  private static Path matrix;

  @TempDir private Path temporary;
  private Path folder;

  @BeforeAll
  static void train() throws IOException {
    matrix = once.resolve("matrix.tsv.gz");
    Files.copy(DATA.resolve("smoke_cc0.tsv.gz"), matrix);
    Path study = once.resolve("tiny.yaml");
    Files.writeString(
        study,
        """
        name: tiny
        data:
          matrix: %s
          select: {keep: 100}
        space:
          model: [vae, infovae]
          latent: [2, 5]
          learning-rate: [1e-3]
          optimizer: [adam]
          hidden: [[8]]
          kl-weight: 0.00025
        train: {batch: 32, drop-last: false, max-epochs: 2}
        keep: {weights: all}
        """
            .formatted(matrix));
    original = once.resolve("out");
    Console run = Console.run("run", study.toString(), "--out", original.toString(), "--quiet");
    assertEquals(0, run.code(), run.err());
  }

  @BeforeEach
  void copy() throws IOException {
    folder = temporary.resolve("copy");
    try (Stream<Path> files = Files.walk(original)) {
      for (Path file : files.toList()) {
        Files.copy(file, folder.resolve(original.relativize(file)));
      }
    }
  }

  @Test
  void findsNothingInAFolderThatNobodyTouched() {
    Console answer = verify("--trials", "all", "--seed", "7");
    assertEquals(0, answer.code(), answer.out() + answer.err());
    assertEquals("", answer.err());
    assertTrue(
        answer
            .out()
            .startsWith(
                """
                Store:    4 trials, each as it was saved, under the id that its settings give
                Tables:   epochs.csv, sensitivity.json, study.yaml, trials.csv, units.csv say what the store says
                Weights:  4 files in %s, each of its trial
                Training: 4 trials of 4 again, chosen by --seed 7
                """
                    .formatted(folder.resolve("models"))),
        answer.out());
    assertEquals(4, answer.out().split(": the same to the last bit, ", -1).length - 1);
    assertTrue(answer.out().endsWith("\nNo difference found.\n"), answer.out());
  }

  @Test
  void trainsTheSameTrialsForASeedOfEachModel() {
    Console first = verify("--trials", "2", "--seed", "11", "--workers", "1");
    assertEquals(first, verify("--trials", "2", "--seed", "11", "--workers", "1"));
    assertTrue(first.out().contains("(model vae, "), first.out());
    assertTrue(first.out().contains("(model infovae, "), first.out());
    assertTrue(first.out().contains("one such trial among 4 with a chance of 50 %;"), first.out());
  }

  /// By the digests, before anything is trained.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE metric SET value = value * 0.9 WHERE trial = ? AND name = 'val_mse'",
        "UPDATE epoch_term SET value = 0.5 WHERE trial = ? AND epoch = 1 AND name = 'val_loss'",
        "UPDATE setting SET value = 'vae ' WHERE trial = ? AND name = 'model'",
        "UPDATE trial SET status = 'converged' WHERE id = ?",
        "UPDATE trial SET message = 'fine' WHERE id = ?",
        "UPDATE trial SET repeat = 1 WHERE id = ?",
        "UPDATE provenance SET value = 'abacus' WHERE trial = ? AND name = 'cpu'",
        "DELETE FROM metric WHERE trial = ? AND name = 'val_r2'"
      })
  void findsARowThatWasChanged(String change) throws SQLException {
    String id = trial(0).id();
    execute(change.replace("?", "'" + id + "'"));
    Console answer = verify("--trials", "0");
    assertEquals(3, answer.code(), answer.out());
    assertTrue(
        answer
            .out()
            .contains(
                "DIFFERS:  trial %s in the store is not as it was saved: its digest is another"
                    .formatted(id)),
        answer.out());
  }

  /// By training, which knows nothing of digests; the tables too were made anew.
  @ParameterizedTest
  @ValueSource(strings = {"metric val_mse", "epoch 2, val_loss", "status", "message", "verdict"})
  void findsAResultThatWasChangedTogetherWithItsDigestAndTables(String what) throws Exception {
    FinishedTrial before = trial(1);
    change(
        before,
        trial ->
            switch (what) {
              case "metric val_mse" -> withMetric(trial, "val_mse", 0.125);
              case "epoch 2, val_loss" -> withLoss(trial, 2, 0.125);
              case "status" -> with(trial, Status.CONVERGED, trial.verdict(), trial.message());
              case "message" -> with(trial, trial.status(), trial.verdict(), "changed");
              default -> with(trial, trial.status(), "collapsed", trial.message());
            });
    writeTables();
    assertEquals(0, verify("--trials", "0").code());
    Console answer = verify("--trials", "all");
    assertEquals(3, answer.code(), answer.out());
    String found =
        switch (what) {
          case "metric val_mse" ->
              "0.125 in the store and " + FinishedTrial.text(before.metric("val_mse"));
          case "epoch 2, val_loss" ->
              "0.125 in the store and " + FinishedTrial.text(term(before, 2, "val_loss"));
          case "status" -> "converged in the store and max-epochs";
          case "message" -> "changed in the store and nothing";
          default -> "collapsed in the store and " + before.verdict();
        };
    assertTrue(
        answer
            .out()
            .contains(
                "DIFFERS:  trial %s: %s is %s trained again\n".formatted(before.id(), what, found)),
        answer.out());
    assertTrue(answer.out().endsWith("\n1 difference found; each is told above.\n"), answer.out());
  }

  @Test
  void trainsTrialsFirstWhoseRowsWereChanged() throws SQLException {
    String id = trial(3).id();
    execute("UPDATE metric SET value = 0.5 WHERE trial = '%s' AND name = 'val_mse'".formatted(id));
    Console answer = verify("--trials", "1");
    assertEquals(3, answer.code());
    assertTrue(
        answer.out().contains("trial %s: metric val_mse is 0.5 in the store and ".formatted(id)),
        answer.out());
  }

  /// What was changed is told of a trial that was given the settings, and with them the id, that
  /// another one has.
  @Test
  void findsATrialOfOtherSettings() throws Exception {
    FinishedTrial trial = trial(0);
    SequencedMap<String, String> settings = new LinkedHashMap<>(trial.settings());
    settings.put("latent", "7");
    change(trial, old -> with(old, settings, old.provenance()));
    Console answer = verify("--trials", "0");
    assertEquals(3, answer.code());
    assertTrue(
        answer
            .out()
            .contains(
                "trial %s in the store has settings or a repeat that, with the study's data and seed, give another id"
                    .formatted(trial.id())),
        answer.out());
  }

  @Test
  void findsAnotherSeedInTheStoredStudy() throws SQLException {
    execute(
        "UPDATE note SET text = replace(text, 'seed: 2021', 'seed: 2022') WHERE name = 'study.yaml'");
    Console answer = verify("--trials", "0");
    assertEquals(3, answer.code());
    assertEquals(4, answer.out().split("give another id", -1).length - 1, answer.out());
    assertTrue(answer.out().contains("study.yaml, line "), answer.out());
  }

  @ParameterizedTest
  @CsvSource({
    "trials.csv, fp32, bf16, precision is 'bf16'; but 'fp32' in the store",
    "epochs.csv, '\nID,1,', '\nID,9,', epoch is '9'; but '1' in the store",
    "sensitivity.json, tiny, huge, 'line 2: is '",
  })
  void findsAChangedTable(String name, String from, String to, String complaint)
      throws IOException {
    Path table = folder.resolve(name);
    String id = trial(0).id();
    String text = Files.readString(table);
    String changed = text.replaceFirst(from.replace("ID", id), to.replace("ID", id));
    assertFalse(text.equals(changed));
    Files.writeString(table, changed);
    Console answer = verify("--trials", "0");
    assertEquals(3, answer.code());
    assertTrue(answer.out().contains("DIFFERS:  " + table + ", line "), answer.out());
    assertTrue(answer.out().contains(complaint.replace(';', ',')), answer.out());
    assertEquals(0, Console.run("report", folder.toString()).code());
    assertEquals(0, verify("--trials", "0").code());
  }

  /// As in a folder that somebody else made.
  @Test
  void aStoreWithAnIdThatIsAPathIsNoDefectOfOurs() throws SQLException {
    String id = trial(0).id();
    try (TrialStore store = SqliteStore.open(folder.resolve("study.db"))) {
      FinishedTrial trial = trial(0);
      store.save(
          FinishedTrials.copy(
              trial,
              "../outside",
              trial.settings(),
              trial.status(),
              trial.verdict(),
              trial.metrics(),
              trial.curve(),
              trial.message(),
              trial.provenance()));
    }
    execute("DELETE FROM trial WHERE id = '%s'".formatted(id));
    execute("UPDATE note SET text = replace(text, '%s', '../outside')".formatted(id));
    Console answer = verify("--trials", "all");
    assertEquals(3, answer.code(), answer.out() + answer.err());
    assertEquals("", answer.err());
    assertTrue(answer.out().contains("../outside (model vae"), answer.out());
    assertEquals(0, Console.run("report", folder.toString()).code());
  }

  /// Such as one that was changed by hand.
  @Test
  void refusesAStudyFileWhoseStoreIsNoServer() throws IOException {
    Files.writeString(folder.resolve("study.yaml"), "name: a\nstore: postgresql://host\n");
    Console answer = verify();
    assertEquals(2, answer.code(), answer.err());
    assertEquals(
        "vaescape: %s: store must be postgresql://user@host:port/database but was postgresql://host\n"
            .formatted(folder.resolve("study.yaml")),
        answer.err());
  }

  @Test
  void findsATableThatIsGone() throws IOException {
    Files.delete(folder.resolve("units.csv"));
    Console answer = verify("--trials", "0");
    assertEquals(3, answer.code());
    assertTrue(answer.out().contains(folder.resolve("units.csv") + " is missing"), answer.out());
    Files.createDirectory(folder.resolve("units.csv"));
    assertTrue(
        verify("--trials", "0")
            .out()
            .contains(folder.resolve("units.csv") + " is no file that can be read"));
  }

  /// Wherever it is, but for the spaces that the format has behind its header.
  @Test
  void findsAnyChangedByteOfKeptWeights() throws IOException {
    Path file = folder.resolve("models").resolve(trial(2).id() + ".safetensors");
    byte[] bytes = Files.readAllBytes(file);
    List<FinishedTrial> trials = trials();
    assertEquals(List.of(), WeightsAudit.of(folder.resolve("models"), trials).findings());
    Random random = new Random(1);
    for (int i = 0; i < 300; i++) {
      int place = i < 150 ? random.nextInt(bytes.length) : bytes.length - 1 - random.nextInt(4000);
      if (bytes[place] == ' ') {
        continue;
      }
      byte[] changed = bytes.clone();
      changed[place] ^= (byte) (1 << random.nextInt(8));
      Files.write(file, changed);
      WeightsAudit audit = WeightsAudit.of(folder.resolve("models"), trials);
      assertEquals(1, audit.findings().size(), "byte " + place + ": " + audit.findings());
      assertTrue(audit.findings().getFirst().startsWith(file.toString()), audit.toString());
    }
  }

  @Test
  void findsWeightsOfAnotherTrial() throws IOException {
    Path models = folder.resolve("models");
    Path file = models.resolve(trial(2).id() + ".safetensors");
    Files.write(file, Files.readAllBytes(models.resolve(trial(3).id() + ".safetensors")));
    Files.copy(file, models.resolve("0123456789abcdef.safetensors"));
    Console answer = verify("--trials", "0");
    assertEquals(3, answer.code());
    assertTrue(answer.out().contains(file + " says that trial is " + trial(3).id()), answer.out());
    assertTrue(
        answer.out().contains("0123456789abcdef.safetensors belongs to no trial of the store"),
        answer.out());
  }

  @Test
  void saysWhereTheDataShouldBeAndTakesThemFromElsewhere() throws IOException {
    Path away = once.resolve("away.tsv.gz");
    Files.move(matrix, away);
    try {
      Console answer = verify();
      assertEquals(2, answer.code());
      assertEquals(
          "vaescape: %s: no such file or folder, though the study's data.matrix needs it to train again; say where it is now by --data\n"
              .formatted(matrix),
          answer.err());
      Console found = verify("--data", away.toString(), "--trials", "1");
      assertEquals(0, found.code(), found.out() + found.err());
    } finally {
      Files.move(away, matrix);
    }
  }

  /// Else it would be said that they are those of the trials.
  @ParameterizedTest
  @ValueSource(strings = {"labels", "survival"})
  void refusesFilesThatTheStudyDoesNotHave(String what) {
    Console answer = verify("--" + what, "mine.tsv", "--trials", "0");
    assertEquals(2, answer.code(), answer.out());
    assertEquals(
        "vaescape: --%s mine.tsv: the study has no data.%s, so that nothing can be said of the file; leave it out\n"
            .formatted(what, what),
        answer.err());
  }

  /// Before it comes to what else may be wrong with them: there are fewer genes here than are kept.
  @ParameterizedTest
  @ValueSource(strings = {"0", "3"})
  void refusesOtherData(String trials) throws IOException {
    Path other =
        Files.writeString(
            temporary.resolve("other.tsv"), "sample\ta\tb\tc\nP\t1\t2\t3\nQ\t3\t1\t2\n");
    Console answer = verify("--data", other.toString(), "--trials", trials);
    assertEquals(2, answer.code(), answer.out());
    assertTrue(
        answer
            .err()
            .matches(
                "vaescape: .*other.tsv is not the matrix that the study was resolved with, or has changed since: its content hash is [0-9a-f]{64}, that of the study \\(data.hash\\) [0-9a-f]{64}; name the right one by --data, or take data.hash away if this content is meant\n"),
        answer.err());
    Console same = verify("--data", matrix.toString(), "--trials", "0");
    assertEquals(0, same.code(), same.err());
    assertTrue(
        same.out()
            .contains("\nData:     the content hashes are those that the trials were made with\n"),
        same.out());
  }

  @Test
  void doesNotTrainWhatAnotherVersionCountedOtherwise() throws SQLException {
    execute(
        "UPDATE note SET text = replace(text, 'numerics\t', 'numerics\t1') WHERE name = 'comparable'");
    Console checked = verify("--trials", "0");
    assertEquals(0, checked.code(), checked.out());
    assertTrue(
        checked.out().startsWith("Store:    4 trials, each as it was saved\n"), checked.out());
    Console answer = verify();
    assertEquals(2, answer.code());
    assertTrue(
        answer
            .err()
            .contains(": its trials were made by a version that counts otherwise (numerics 1"),
        answer.err());
  }

  @Test
  void leavesOutWhatHangsOnTheMachine() throws Exception {
    change(trial(0), trial -> with(trial, Status.TIMED_OUT, "", "after 2 s"));
    change(trial(1), trial -> with(trial, Status.OUT_OF_MEMORY, "", "needs 9 GiB"));
    writeTables();
    Console answer = verify("--trials", "9", "--seed", "1");
    assertEquals(0, answer.code(), answer.out());
    assertTrue(
        answer
            .out()
            .contains(
                "Training: 2 trials of 2 again, chosen by --seed 1 (2 that ran out of time or memory or failed are left out"),
        answer.out());
  }

  /// Of another machine errors may be off by a tenth, and KL and what hangs on it by anything.
  @ParameterizedTest
  @CsvSource({
    "val_mse, 1.05, 0, the same within tolerance",
    "val_mse, 1.2, 3, another result",
    "val_kl, 1.5, 0, the same within tolerance",
    "mean_mse, 1.001, 3, another result",
    "curve, 1.001, 0, the same within tolerance",
    "curve, 1.01, 3, another result",
    "ending, 1, 0, 'undecided: it went the same way, but ended max-epochs, '",
  })
  void comparesByToleranceWhatAnotherMachineMade(String what, double factor, int code, String said)
      throws Exception {
    FinishedTrial trial = trial(0);
    change(
        trial,
        old -> {
          SequencedMap<String, String> made = new LinkedHashMap<>(old.provenance());
          made.put("cpu", "abacus");
          FinishedTrial elsewhere = with(old, old.settings(), made);
          return switch (what) {
            case "curve" -> withReconstruction(elsewhere, factor);
            case "ending" -> with(elsewhere, Status.DIVERGED, "", "the loss is nan");
            default -> withMetric(elsewhere, what, factor * old.metric(what));
          };
        });
    writeTables();
    Console answer = verify("--trials", "all");
    assertEquals(code, answer.code(), answer.out());
    assertTrue(answer.out().contains("optimizer adam, repeat 0): " + said), answer.out());
    assertTrue(answer.out().contains("machine of the study: cpu is abacus there and "));
  }

  @Test
  void refusesAFolderWithoutTrialsAndOneInUse() throws Exception {
    Console wrong = verify("--trials", "some");
    assertEquals(
        new Console(
            2,
            "",
            "vaescape: --trials must be a number of trials, 0 or more, or all, but was some\n"),
        wrong);
    assertEquals(2, Console.run("verify", temporary.resolve("nowhere").toString()).code());
    try (FolderLock _ = FolderLock.take(folder, "study.db")) {
      assertEquals(
          "vaescape: %s: a study is running there; wait until it ends\n".formatted(folder),
          verify().err());
    }
    execute("DELETE FROM trial");
    assertEquals(
        "vaescape: %s holds no finished trial; run the study first\n".formatted(folder),
        verify().err());
  }

  // ---- a study that somebody changes

  private Console verify(String... words) {
    List<String> all = new ArrayList<>(List.of("verify", folder.toString()));
    all.addAll(List.of(words));
    return Console.run(all.toArray(String[]::new));
  }

  private List<FinishedTrial> trials() {
    try (TrialStore store = SqliteStore.open(folder.resolve("study.db"))) {
      return store.trials();
    }
  }

  private FinishedTrial trial(int number) {
    return trials().get(number);
  }

  /// With rows that agree in everything.
  private void change(FinishedTrial trial, UnaryOperator<FinishedTrial> change) {
    try (TrialStore store = SqliteStore.open(folder.resolve("study.db"))) {
      store.save(change.apply(trial));
    }
    try {
      Files.deleteIfExists(folder.resolve("models").resolve(trial.id() + ".safetensors"));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /// As `report` does, but for what the statistics say, which take longer.
  private void writeTables() throws IOException {
    try (TrialStore store = SqliteStore.open(folder.resolve("study.db"))) {
      ResultFiles.writeTables(folder, StoredStudy.read(store, ""), store.trials());
    }
    Files.delete(folder.resolve("sensitivity.json"));
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("study.db"));
        Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA foreign_keys = ON");
      assertTrue(statement.executeUpdate(sql) > 0, "rows changed");
    }
  }

  private static FinishedTrial withMetric(FinishedTrial trial, String name, double value) {
    SequencedMap<String, Double> metrics = new LinkedHashMap<>(trial.metrics());
    metrics.put(name, value);
    return with(
        trial,
        trial.settings(),
        trial.status(),
        trial.verdict(),
        metrics,
        trial.curve(),
        trial.message(),
        trial.provenance());
  }

  private static FinishedTrial withLoss(FinishedTrial trial, int number, double value) {
    return withTerm(trial, number, "val_loss", value);
  }

  private static FinishedTrial withReconstruction(FinishedTrial trial, double factor) {
    String term = "val_reconstruction";
    return withTerm(trial, 1, term, factor * term(trial, 1, term));
  }

  private static double term(FinishedTrial trial, int number, String term) {
    return Objects.requireNonNull(trial.curve().get(number - 1).terms().get(term));
  }

  private static FinishedTrial withTerm(
      FinishedTrial trial, int number, String term, double value) {
    List<Epoch> curve = new ArrayList<>(trial.curve());
    SequencedMap<String, Double> terms = new LinkedHashMap<>(curve.get(number - 1).terms());
    terms.put(term, value);
    curve.set(number - 1, new Epoch(number, terms));
    return with(
        trial,
        trial.settings(),
        trial.status(),
        trial.verdict(),
        trial.metrics(),
        curve,
        trial.message(),
        trial.provenance());
  }

  private static FinishedTrial with(
      FinishedTrial trial, Status status, String verdict, String message) {
    return with(
        trial,
        trial.settings(),
        status,
        verdict,
        trial.metrics(),
        trial.curve(),
        message,
        trial.provenance());
  }

  private static FinishedTrial with(
      FinishedTrial trial,
      SequencedMap<String, String> settings,
      SequencedMap<String, String> provenance) {
    return with(
        trial,
        settings,
        trial.status(),
        trial.verdict(),
        trial.metrics(),
        trial.curve(),
        trial.message(),
        provenance);
  }

  private static FinishedTrial with(
      FinishedTrial trial,
      SequencedMap<String, String> settings,
      Status status,
      String verdict,
      SequencedMap<String, Double> metrics,
      List<Epoch> curve,
      String message,
      SequencedMap<String, String> provenance) {
    return FinishedTrials.copy(
        trial, trial.id(), settings, status, verdict, metrics, curve, message, provenance);
  }
}
