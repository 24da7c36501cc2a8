package org.vaescape.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.vaescape.UserError;
import org.vaescape.model.Models;
import org.vaescape.search.Cell;
import org.vaescape.search.HyperParameter;
import org.vaescape.search.Member;
import org.vaescape.study.StudyKeys.Named;
import org.vaescape.study.yaml.Yaml;
import org.vaescape.study.yaml.YamlReader;
import org.vaescape.train.Numerics;
import org.vaescape.train.Optimizers;
import org.vaescape.train.TrainingMonitor;
import org.vaescape.train.TrainingSettings;

/// Every key of a study file, each at other values, in studies that are trained: another value is
/// another trial, and it trains or ends otherwise.
///
/// A new key is found by itself, in [StudyKeys] or in the resolved file. Where its neighbours of
/// the default show nothing in this small study, it needs a row in [#TELLING]; where it changes
/// nothing by its nature, one in [#changesNothingByItsNature].
///
/// Over 400 lines because half of it is the tables of keys, beside the one study that they are of.
class EveryKeyMattersTest {
  private static final String STUDY =
      """
      data: {matrix: m.tsv, select: {keep: 12}, split: {validation: 0.25}}
      space: {latent: 2, learning-rate: 0.01, hidden: [6], kl-weight: 0.01}
      train: {batch: 10, max-epochs: 4}
      """;

  /// Key, values that it is moved to, and what stands beside it; a name of a catalogue's member
  /// says what stands beside that one and all its settings.
  private static final Map<String, String[]> TELLING =
      table(
          """
          data.matrix | other.tsv |
          data.labels | l.tsv |
          data.label-column | plate | data.labels=l.tsv
          data.batch-column | plate | data.labels=l.tsv
          data.survival | s.tsv |
          data.orientation | genes-in-columns |
          data.missing | mean; drop-samples |
          data.normalize | cpm; size-factors |
          data.log | log1p; log2 |
          data.fit | all |
          data.select.by | median-absolute-deviation; variance |
          data.select.keep | 11 |
          data.scale | z-score; none |
          data.split.validation | 0.3 |
          data.split.test | 0.2 |
          data.split.group | none |
          data.split.stratify | label | data.labels=l.tsv
          space.latent | 3 |
          space.learning-rate | 0.02 |
          space.hidden | [7]; []; [6, 6] |
          space.kl-weight | batch/n; 0.1; 0 |
          train.batch | 15; 45 |
          train.max-epochs | 5; 3 |
          train.restore | | train.max-epochs=3
          train.horizon | 6 |
          train.initializer-layers | | train.initializer=uniform
          train.clip | 0.001 |
          train.scheduler.step.step-size | 1; 2 |
          train.scheduler.step.gamma | | train.scheduler.step-size=1
          train.scheduler.cosine.eta-min | 0.001 |
          train.scheduler.one-cycle.max-momentum | 0.9 |
          train.scheduler.warmup-cosine.warmup-epochs | 2 |
          train.scheduler.warmup-cosine.eta-min | 0.005 | train.scheduler.warmup-epochs=1
          train.scheduler.plateau | | train.scheduler.patience=0 train.scheduler.threshold=0.9
          train.scheduler.plateau.threshold | 0.5; 0 |
          train.scheduler.plateau.threshold-mode | | train.scheduler.threshold=0.02
          train.scheduler.plateau.min-lr | 0.005 |
          train.scheduler.plateau.epsilon | 0.5 |
          train.reconstruction.nb | | data.scale=none
          train.reconstruction.zinb | | data.scale=none
          train.kl-warm-up.cyclical | | train.kl-warm-up.cycles=2
          train.kl-warm-up.cyclical.cycles | 1 |
          train.kl-warm-up.cyclical.rise | | train.kl-warm-up.cycles=1
          train.stop.none | | train.stop.tolerance=0.9 train.stop.min-epochs=2 train.normalization=none train.output-norm=none
          train.stop.loss-and-change | | space.kl-weight=1 train.stop.tolerance=0.9 train.stop.min-epochs=2
          train.stop.relative-change | | train.stop.tolerance=0.9 train.stop.min-epochs=2 train.normalization=none train.output-norm=none
          train.stop.relative-change.tolerance | 1e-9 |
          train.stop.loss-and-change.tolerance | 1e-9 |
          train.stop.patience | | train.stop.patience=1 train.stop.min-epochs=1 train.stop.min-delta=100
          train.stop.patience.min-delta | 0 | space.kl-weight=1
          train.stop.patience.on | | train.stop.min-delta=0 space.kl-weight=1
          train.stop.patience.min-epochs | 3 |
          models.infovae.compat | | models.infovae.kernel=rbf
          models.wae.compat | | models.wae.kernel=rbf
          models.dae.level | 0.5 |
          models.cat-vae.min-temperature | 0.25 |
          models.joint-vae.min-temperature | 0.25 |
          optimizers.sgd.dampening | | optimizers.sgd.momentum=0.5
          optimizers.sgd.nesterov | | optimizers.sgd.momentum=0.5
          optimizers.nadam.decoupled-weight-decay | | optimizers.nadam.weight-decay=0.1
          optimizers.radam.decoupled-weight-decay | | optimizers.radam.weight-decay=0.1
          validation.latent | mean |
          validation.compat | eltager |
          outcomes.compat | eltager | data.labels=l.tsv
          precision | bf16 |
          path | plain |
          seed | 7 |
          seeds.split | 7 |
          seeds.initialization | 7 |
          seeds.order | 7 |
          seeds.noise | 7 |
          """);

  /// Keys that change what is measured and not how is trained: the curve is the same to the bit.
  private static final Set<String> OF_OUTCOMES =
      Set.of(
          "data.labels",
          "data.label-column",
          "data.batch-column",
          "data.survival",
          "train.restore",
          "outcomes.compat");

  /// Keys that change no trial, with their reasons in [#changesNothingByItsNature], and four that
  /// cannot be tried there: `data.hash` refuses other data, `search` has one word, another `device`
  /// needs another machine, and `threads` have a test of their own.
  private static final Set<String> IDLE =
      Set.of(
          "name",
          "data.hash",
          "train.time-limit",
          "search",
          "repeats.count",
          "repeats.split",
          "device",
          "threads",
          "keep.weights",
          "store");

  private static final Map<String, FinishedTrial> BASES = new HashMap<>();

  @TempDir static Path folder;

  /// A value of a key, and what stands beside it.
  ///
  /// @param key as [#TELLING] has it; of a setting of a catalogue's member with the member's name
  record Move(String key, String set, List<String> beside) {
    @Override
    public String toString() {
      return "%s (%s)".formatted(key, set);
    }
  }

  static List<Move> moves() {
    List<Move> moves = new ArrayList<>();
    StudyKeys.NETWORK.values().forEach(s -> moves.addAll(moves("space." + s.name(), s)));
    StudyKeys.TRAINING.values().forEach(s -> moves.addAll(moves("train." + s.name(), s)));
    moves.addAll(moves("train.clip", StudyKeys.CLIP));
    StudyKeys.NAMED.forEach(named -> moves.addAll(moves(named)));
    for (String key : TELLING.keySet()) {
      if (!key.matches("(space|train|models|optimizers)\\..*")) {
        values(key, List.of())
            .forEach(value -> moves.add(new Move(key, key + "=" + value, beside(key))));
      }
    }
    return moves;
  }

  private static List<Move> moves(String key, HyperParameter setting) {
    return values(key, setting.others()).stream()
        .map(value -> new Move(key, key + "=" + value, beside(key)))
        .toList();
  }

  /// The members of a catalogue against the default one, and each setting of each.
  private static List<Move> moves(Named named) {
    List<Move> moves = new ArrayList<>();
    String section = "train." + named.key() + ".";
    for (Member<?> member : named.catalogue().members()) {
      String name = section + named.word() + "=" + member.name();
      List<String> beside = beside(section + member.name());
      if (!member.name().equals(named.initial())) {
        moves.add(new Move(section + named.word(), name, beside));
      }
      for (HyperParameter setting : member.settings()) {
        String key = section + member.name() + "." + setting.name();
        List<String> all = new ArrayList<>(List.of(name));
        all.addAll(beside);
        all.addAll(beside(key));
        values(key, setting.others())
            .forEach(
                value -> moves.add(new Move(key, section + setting.name() + "=" + value, all)));
      }
    }
    return moves;
  }

  private static List<String> values(String key, List<Object> others) {
    String told = TELLING.getOrDefault(key, new String[] {"", ""})[0];
    return told.isEmpty()
        ? others.stream().map(Cell::text).toList()
        : List.of(told.split("; ", -1));
  }

  private static List<String> beside(String key) {
    String told = TELLING.getOrDefault(key, new String[] {"", ""})[1];
    return told.isEmpty() ? List.of() : List.of(told.split(" ", -1));
  }

  private static Map<String, String[]> table(String text) {
    Map<String, String[]> rows = new LinkedHashMap<>();
    text.lines()
        .forEach(line -> {
          String[] cells = line.split("\\|", -1);
          rows.put(cells[0].strip(), new String[] {cells[1].strip(), cells[2].strip()});
        });
    return rows;
  }

  @BeforeAll
  static void writeFiles() throws IOException {
    Files.writeString(folder.resolve("m.tsv"), matrix(1));
    Files.writeString(folder.resolve("other.tsv"), matrix(2));
    StringBuilder labels = new StringBuilder("sample\tlabel\tplate\n");
    StringBuilder survival = new StringBuilder("sample\ttime\tevent\n");
    for (int sample = 0; sample < SAMPLES; sample++) {
      labels.append("%s\tl%d\tp%d\n".formatted(name(sample), sample / 2 % 3, sample / 3 % 2));
      survival.append("%s\t%d\t%d\n".formatted(name(sample), 1 + sample * 7 % 50, sample % 2));
    }
    Files.writeString(folder.resolve("l.tsv"), labels);
    Files.writeString(folder.resolve("s.tsv"), survival);
  }

  private static final int SAMPLES = 60;
  private static final int GENES = 24;

  /// Two samples of each patient.
  private static String name(int sample) {
    return "TCGA-AA-%04d-0%d".formatted(sample / 2, 1 + sample % 2);
  }

  /// Counts that follow two hidden directions, the larger the more they vary; the gene that varies
  /// most has a value missing.
  private static String matrix(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[][] hidden = new double[SAMPLES][2];
    StringBuilder text = new StringBuilder("sample");
    for (int sample = 0; sample < SAMPLES; sample++) {
      hidden[sample] = new double[] {random.nextGaussian(), random.nextGaussian()};
      text.append('\t').append(name(sample));
    }
    for (int gene = 0; gene < GENES; gene++) {
      double first = random.nextGaussian();
      double second = random.nextGaussian();
      text.append("\ng").append(gene);
      for (int sample = 0; sample < SAMPLES; sample++) {
        double rate =
            (gene == GENES - 1 ? 2.5 : 0.05 * gene)
                + 0.5 * (first * hidden[sample][0] + second * hidden[sample][1])
                + 0.3 * random.nextGaussian();
        boolean missing = gene == GENES - 1 && sample == 5;
        text.append('\t')
            .append(missing ? "NA" : String.format(Locale.ROOT, "%.0f", 5 * StrictMath.exp(rate)));
      }
    }
    return text.append('\n').toString();
  }

  private static FinishedTrial train(List<String> sets) {
    try (StudySession session = StudySession.open(StudyFile.parse(STUDY, "s.yaml", folder, sets))) {
      return session
          .trainer()
          .train(session.plan().trials().getFirst(), TrainingMonitor.NONE)
          .orElseThrow()
          .trial();
    } catch (UserError e) {
      boolean machine = String.valueOf(e.getMessage()).startsWith("precision bf16 does not work");
      assumeFalse(machine, "this machine has no bf16");
      throw e;
    }
  }

  private static FinishedTrial base(List<String> beside) {
    return BASES.computeIfAbsent(String.join(" ", beside), _ -> train(beside));
  }

  private static FinishedTrial moved(List<String> beside, String set) {
    List<String> sets = new ArrayList<>(beside);
    sets.add(set);
    return train(sets);
  }

  /// Every term of every epoch but the seconds.
  private static List<Map<String, Double>> curve(FinishedTrial trial) {
    return trial.curve().stream()
        .map(epoch -> {
          Map<String, Double> terms = new LinkedHashMap<>(epoch.terms());
          terms.remove("seconds");
          return terms;
        })
        .toList();
  }

  /// Without the epoch that was restored, which says by itself that one was.
  private static Map<String, Double> outcomes(FinishedTrial trial) {
    Map<String, Double> outcomes = new LinkedHashMap<>(trial.metrics());
    outcomes.remove(FinishedTrial.RESTORED_EPOCH);
    return outcomes;
  }

  @ParameterizedTest
  @MethodSource("moves")
  void anotherValueIsAnotherTrialAndAnotherTraining(Move move) {
    FinishedTrial base = base(move.beside());
    FinishedTrial moved = moved(move.beside(), move.set());
    for (FinishedTrial trial : List.of(base, moved)) {
      assertTrue(Set.of(Status.CONVERGED, Status.MAX_EPOCHS).contains(trial.status()));
    }
    assertNotEquals(base.id(), moved.id());
    if (OF_OUTCOMES.contains(move.key())) {
      assertEquals(curve(base), curve(moved));
      assertNotEquals(outcomes(base), outcomes(moved));
    } else {
      assertNotEquals(curve(base), curve(moved));
    }
  }

  static Stream<Arguments> members() {
    return Stream.concat(
        Models.CATALOGUE.members().stream().map(member -> Arguments.of("model", member)),
        Optimizers.CATALOGUE.members().stream().map(member -> Arguments.of("optimizer", member)));
  }

  /// What the settings of a model or an optimizer do is for their contract tests; here that they
  /// get there, and that a trial is another one where its training is, and only there.
  @ParameterizedTest
  @MethodSource("members")
  void settingsOfAMemberReachTheTraining(String kind, Member<?> member) {
    for (HyperParameter setting : member.settings()) {
      String key = "%ss.%s.%s".formatted(kind, member.name(), setting.name());
      List<String> usual = new ArrayList<>(beside(key));
      usual.add("space.%s=%s".formatted(kind, member.name()));
      Planned base = planned(usual);
      boolean moves = false;
      for (String value : values(key, setting.others())) {
        List<String> sets = new ArrayList<>(usual);
        sets.add(key + "=" + value);
        Planned moved = planned(sets);
        boolean another = !base.training().equals(moved.training());
        assertEquals(another, !base.id().equals(moved.id()), key + " " + value);
        moves |= another;
      }
      assertTrue(moves, key);
    }
  }

  private record Planned(String id, TrainingSettings training) {}

  private static Planned planned(List<String> sets) {
    Study study = StudyFile.parse(STUDY, "s.yaml", folder, sets);
    Trial trial =
        Plan.of(study, "hash", "", new Execution("fp32", "plain", "cpu", 1)).trials().getFirst();
    Numerics numerics = Numerics.of("fp32", "auto", "cpu", 1);
    return new Planned(trial.id(), CellTraining.settings(study, trial.cell(), 45, numerics));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          name | other | says what the folder of results is called
          train.time-limit | 1h | a slower machine needs more: it cuts a trial off, and changes none that ends
          data.orientation | genes-in-rows | auto finds the same; the matrix as read counts
          repeats.count | 2 | adds trials to the first repeat's
          repeats.split | fixed | the first repeat's split is the same; StudySessionTest has the others
          precision | fp32 | what auto stands for
          keep.weights | all | what becomes of weights is known after training
          store | other.db | where results go
          """)
  void changesNothingByItsNature(String key, String value, String reason) {
    FinishedTrial base = base(List.of());
    FinishedTrial moved = moved(List.of(), key + "=" + value);
    assertEquals(base.id(), moved.id(), reason);
    assertEquals(curve(base), curve(moved), reason);
    assertEquals(outcomes(base), outcomes(moved), reason);
  }

  /// More than one thread may change the last bits, and need not.
  @Test
  void threadsAreAnotherTrial() {
    Study study = StudyFile.parse(STUDY, "s.yaml", folder, List.of("threads=2"));
    try (StudySession session = StudySession.open(study)) {
      assertNotEquals(base(List.of()).id(), session.plan().trials().getFirst().id());
    }
  }

  @Test
  void everyKeyOfTheResolvedFileIsMoved() {
    Set<String> left = new TreeSet<>();
    List<String> all =
        List.of(
            "data.labels=l.tsv",
            "data.survival=s.tsv",
            "seeds.split=1",
            "seeds.initialization=2",
            "seeds.order=3",
            "seeds.noise=4");
    Study study = StudyFile.parse(STUDY, "s.yaml", folder, all).withDataHash("0");
    keys("", YamlReader.file(study.yaml(), "study.yaml", folder), left);
    assertTrue(left.size() > 60, left.toString());
    moves().forEach(move -> left.remove(move.set().substring(0, move.set().indexOf('='))));
    left.removeIf(
        key -> IDLE.contains(key) || key.startsWith("models.") || key.startsWith("optimizers."));
    assertEquals(Set.of(), left);
  }

  private static void keys(String path, Yaml value, Set<String> keys) {
    if (value instanceof Yaml.Section section) {
      section
          .entries()
          .forEach(
              (key, entry) -> keys(path.isEmpty() ? key : path + "." + key, entry.value(), keys));
    } else {
      keys.add(path);
    }
  }

  /// Rows that no key has any more would hide that nothing is asked of it.
  @Test
  void everyRowIsOfAKey() {
    Set<String> rows = new TreeSet<>(TELLING.keySet());
    moves().forEach(move -> rows.remove(move.key()));
    for (Named named : StudyKeys.NAMED) {
      named.catalogue().names().forEach(name -> rows.remove("train." + named.key() + "." + name));
    }
    members()
        .map(Arguments::get)
        .forEach(of -> {
          Member<?> member = (Member<?>) of[1];
          member
              .settings()
              .forEach(setting ->
                  rows.remove("%ss.%s.%s".formatted(of[0], member.name(), setting.name())));
        });
    assertEquals(Set.of(), rows);
  }
}
