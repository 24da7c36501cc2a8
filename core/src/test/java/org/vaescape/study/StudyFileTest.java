package org.vaescape.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vaescape.UserError;
import org.vaescape.model.Models;
import org.vaescape.search.Cell;
import org.vaescape.search.Dimension;

class StudyFileTest {
  @TempDir Path folder;

  @BeforeEach
  void putMatricesThere() throws IOException {
    Files.writeString(folder.resolve("m.tsv"), "");
    Files.writeString(folder.resolve("HiSeqV2.gz"), "");
    Files.writeString(
        folder.resolve("EB++AdjustPANCAN_IlluminaHiSeq_RNASeqV2.geneExp.xena.gz"), "");
    Files.writeString(folder.resolve("l.tsv"), "");
  }

  private Study parse(String text, String... sets) {
    return StudyFile.parse("data: {matrix: m.tsv}\n" + text, "s.yaml", folder, List.of(sets));
  }

  private String refusal(String text, String... sets) {
    return String.valueOf(assertThrows(UserError.class, () -> parse(text, sets)).getMessage());
  }

  private static List<String> column(Study study, String key) {
    return study.cells().stream()
        .map(cell -> cell.values().containsKey(key) ? cell.text(key) : "")
        .distinct()
        .toList();
  }

  @Test
  void theStudyOf2021Has360Cells() {
    Study study = preset("korkic2021");
    List<Cell> cells = study.cells();
    assertEquals(360, cells.size());
    assertEquals(360, cells.stream().map(Cell::values).distinct().count());
    assertEquals(List.of("vae", "iwae", "infovae", "logcosh-vae"), column(study, "model"));
    assertEquals(List.of("", "pytorch-vae"), column(study, "iwae.compat"));
    assertEquals(List.of("", "0.8"), column(study, "clip"));
    assertEquals(List.of("[256]"), column(study, "hidden"));
    assertEquals(
        List.of("model", "latent", "learning-rate", "optimizer"), study.fullSpace().varying());
  }

  /// 360 cells under 2 x 2 x 2 x 2 x 2 readings; 5 x 4 x 4 x 4 settings of two architectures, and
  /// without the four of the warm-up where nothing warms up.
  @Test
  void readingsOfAStudyMultiplyItsCells() {
    Study readings = preset("korkic2021-readings");
    assertEquals(360 * 32, readings.cells().size());
    assertEquals(
        List.of("output-norm", "kl-weight", "drop-last", "stop.rule", "scheduler"),
        readings.readings().stream().filter(Dimension::varies).map(Dimension::key).toList());
    assertEquals(7 * 4 * 8 * 6 * 4 * 3, preset("korkic2021-extended").cells().size());
    assertEquals(6 * 6 * 6 * 3 * 5 * 2, preset("eltager2023").cells().size());
    Study tybalt = preset("tybalt2018");
    assertEquals(2 * (320 + 80), tybalt.cells().size());
    assertEquals(List.of("1", "0"), column(tybalt, "kl-weight"));
    assertEquals(List.of("100", "", "20", "10", "1"), column(tybalt, "kl-warm-up.epochs"));
  }

  private Study preset(String name, String... sets) {
    return StudyFile.read(name, new Overrides(List.of(sets), null, null, null, folder));
  }

  @Test
  void everyOpenPointOfTheStudyIsExplainedInTheResolvedFile() {
    String resolved = preset("korkic2021").yaml();
    assertEquals(
        11, resolved.lines().filter(line -> line.strip().startsWith("# Open: ")).count(), resolved);
    assertTrue(resolved.contains("  # code base has it.\n  hidden: [[256]]\n"), resolved);
  }

  @Test
  void saysWhereToDownloadAMatrixThatIsMissing() throws IOException {
    Files.delete(folder.resolve("HiSeqV2.gz"));
    String message =
        String.valueOf(assertThrows(UserError.class, () -> preset("korkic2021")).getMessage());
    assertTrue(message.contains("UCSC Xena") && message.contains("--data"), message);
    Overrides data =
        new Overrides(
            List.of("data.select.keep=3426", "train.batch=152"),
            Path.of("m.tsv"),
            Path.of("l.tsv"),
            null,
            folder);
    Study study = StudyFile.read("korkic2021", data);
    assertEquals(folder.resolve("m.tsv"), study.data().matrix());
    assertEquals(folder.resolve("l.tsv"), study.data().labels());
    assertEquals(3426, study.data().settings().keep());
    assertEquals(List.of("152"), column(study, "batch"));
  }

  @Test
  void saysThatAFolderIsNoMatrix() throws IOException {
    Path inside = Files.createDirectory(folder.resolve("d"));
    UserError error =
        assertThrows(UserError.class, () -> StudyFile.parse("data: {matrix: d}", "s.yaml", folder));
    assertEquals(
        "s.yaml, line 1: data.matrix: %s is a folder; name a file in it".formatted(inside),
        error.getMessage());
  }

  @Test
  void otherDataHaveOtherLabels() throws IOException {
    Path file = folder.resolve("mine.yaml");
    Files.writeString(file, "data: {matrix: m.tsv, labels: l.tsv, hash: abc}");
    assertEquals("mine", StudyFile.read(file.toString(), Overrides.none()).name());
    assertEquals(
        folder.resolve("l.tsv"), StudyFile.read(file.toString(), Overrides.none()).data().labels());
    Study study =
        StudyFile.read(
            file.toString(), new Overrides(List.of(), Path.of("HiSeqV2.gz"), null, null, folder));
    assertEquals(null, study.data().labels());
    assertEquals("", study.data().hash());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          spcae: {}|unknown key spcae; did you mean space?
          space: {latnet: 10}|unknown key space.latnet; did you mean space.latent?
          latent: 10|unknown key latent; did you mean space.latent?
          train: {latent: 10}|unknown key train.latent; did you mean space.latent?
          group: none|unknown key group; did you mean data.split.group?
          keep: {colours: all}|unknown key keep.colours; known here: weights
          space: {latent: -8}|space.latent must be a whole number of at least 1 but was -8
          space: {latent: [10, 2.5]}|space.latent must be a whole number of at least 1 but was 2.5
          space: {latent: 1e12}|space.latent must be at most 100000000 but was 1000000000000
          space: {latent: [10, 10.0]}|space.latent has 10 twice
          space: {latent: []}|space.latent has no value; give it at least one
          space: {latent: {from: 1, to: 9}}|space.latent is a range, which search: grid cannot go \
          through; list the values
          space: {model: vea}|space.model must be one of <models> but was vea; did you mean vae?
          space: {optimizer: adm}|space.optimizer must be one of adam, sgd, rmsprop, adamw, adagrad, \
          adadelta, adamax, nadam, radam, rprop, asgd, lion but was adm; did you mean adam?
          train: {scheduler: exponental}|train.scheduler.name must be one of constant, exponential, \
          step, cosine, warmup-cosine, one-cycle, plateau but was exponental; did you mean exponential?
          train: {scheduler: {gama: 0.9}}|unknown key train.scheduler.gama; did you mean \
          train.scheduler.gamma?
          train: {scheduler: {gamma: 1.5}}|train.scheduler.gamma must be a number in (0, 1] but was 1.5
          train: {clip: {infovea: 0.8}}|unknown model infovea; did you mean infovae?
          train: {clip: {infovae: 0}}|train.clip: clip must be a number in (0, inf) or none but was 0
          train: {stop: {rule: never}}|train.stop.rule must be one of relative-change, loss-and-change, patience, none but was never
          train: {batch: 0}|train.batch must be a whole number of at least 1 but was 0
          train: {activation: rleu}|train.activation must be one of relu, leaky-relu, elu, gelu, silu, \
          tanh but was rleu; did you mean relu?
          train: {dropout: 1}|train.dropout must be a number in [0, 1) but was 1
          space: {hidden: [[256], [0]]}|space.hidden must be a list of whole numbers of at least 1 \
          but was [0]
          train: {time-limit: 90}|train.time-limit must be a text but was 90
          train: {time-limit: 90x}|train.time-limit must be a time such as 90m, 2h or 45s but was \
          90x, or none
          models: {iwaee: {}}|unknown model iwaee; did you mean iwae?
          models: {iwae: {sample: 5}}|unknown key models.iwae.sample; did you mean models.iwae.samples?
          optimizers: {sgd: {momentum: 1}}|optimizers.sgd.momentum must be a number in [0, 1) but was 1
          repeats: 0|repeats must be a whole number of at least 1 but was 0
          repeats: {count: 3, split: fixt}|repeats.split must be one of crossed, fixed but was \
          fixt; did you mean fixed?
          precision: fp16|precision must be one of auto, fp32, bf16 but was fp16; did you mean fp32?
          keep: {weights: always}|keep.weights must be one of none, best, all but was always
          keep: best|keep must be keys with values but was best
          store: mysql://host/db|store must be postgresql://user@host:port/database but was mysql://host/db
          store: postgresql://host|store must be postgresql://user@host:port/database but was postgresql://host
          store: postgresql://me:hush@host/db|store must hold no password, since study.yaml and the \
          report show it; take it away, and give it by PGPASSWORD or in ~/.pgpass
          store: postgresql://me:hush@my_host/db|store must hold no password, since study.yaml and the \
          report show it; take it away, and give it by PGPASSWORD or in ~/.pgpass
          store: postgresql://host/db?password=hush|store must hold no password, since study.yaml and the \
          report show it; take it away, and give it by PGPASSWORD or in ~/.pgpass
          store: postgresql://host/db?scheme=a|store may be followed by schema=..., sslmode=..., \
          sslrootcert=..., sslcert=..., sslkey=... but by no scheme
          store: postgresql://host/db?schema=pg_a|store keeps the study in the schema pg_a, but the name \
          of one has 1 to 63 bytes and does not begin with pg_; give another by ?schema=NAME
          store: trials.csv|store must be a file name of letters, digits, dots, dashes and \
          underscores that ends in .db, or postgresql://user@host:port/database but was trials.csv
          name: ../mine|name must not have slashes, since the folder of results is called so, but \
          was ../mine
          search: random|search must be one of grid but was random
          """)
  void refusesWhatIsWrongWithItsPlaceRuleAndValue(String line, String message) {
    String models = String.join(", ", Models.CATALOGUE.names());
    assertEquals("s.yaml, line 2: " + message.replace("<models>", models), refusal(line));
  }

  @Test
  void refusesSettingsThatOnlyTogetherAreWrong() {
    assertEquals(
        "s.yaml: vae with sgd: nesterov needs a momentum above 0 but it was 0",
        refusal("space: {optimizer: sgd}\noptimizers: {sgd: {nesterov: true}}"));
  }

  /// A value that no cell can have is refused, and named; one that some cells cannot have is not.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = true,
      textBlock =
          """
          space.model=iwae train.free-bits=0.5|iwae with adam: free-bits must be 0 for iwae, whose bound has no KL by unit, but was 0.5
          space.model=iwae,vamp-vae space.free-bits=0,0.5|no cell can have free-bits 0.5: free-bits must be 0 for iwae, whose bound has no KL by unit, but was 0.5
          space.model=logcosh-vae space.reconstruction=mse,laplace|no cell can have reconstruction laplace: logcosh-vae has a reconstruction term of its own; leave reconstruction at mse for it, or take the model vae
          space.optimizer=sgd optimizers.sgd.nesterov=false,true|no cell can have sgd.nesterov true: nesterov needs a momentum above 0 but it was 0
          space.model=cat-vae models.cat-vae.temperature=0.3,1|no cell can have cat-vae.temperature 0.3: min-temperature must be at most temperature, 0.3, but was 0.5
          space.model=vae,cat-vae models.cat-vae.temperature=0.3|no cell can have model cat-vae: min-temperature must be at most temperature, 0.3, but was 0.5
          space.model=vae,iwae space.kl-weight=0|no cell can have model iwae: kl-weight must be above 0 for the importance-weighted bound but was 0; take the model ae for none, or compat pytorch-vae
          space.model=vae,iwae space.kl-weight.iwae=0,1 space.kl-weight.others=0|no cell can have kl-weight 0: kl-weight must be above 0 for the importance-weighted bound but was 0; take the model ae for none, or compat pytorch-vae
          train.kl-warm-up=cyclical train.max-epochs=4|vae with adam: kl-warm-up.cycles must be at most half of max-epochs, 4, so that the KL has a weight in each, but was 4
          train.kl-warm-up=cyclical space.max-epochs=4,50|no cell can have max-epochs 4: kl-warm-up.cycles must be at most half of max-epochs, 4, so that the KL has a weight in each, but was 4
          """)
  void refusesAValueThatNoCellCanHave(String sets, String message) {
    assertEquals("s.yaml: " + message, refusal("", sets.split(" ", -1)));
  }

  @Test
  void leavesOutCombinationsThatCannotBeAndCountsThem() {
    Study study =
        parse(
            "",
            "space.model=vae,cat-vae",
            "space.latent=2,3",
            "models.cat-vae.temperature=0.3,1",
            "models.cat-vae.min-temperature=0.1,0.5");
    assertEquals(2 + 2 * 3, study.cells().size());
    assertEquals(
        List.of(
            "2 of 10 combinations of values cannot be, and are left out: min-temperature must be at most temperature, 0.3, but was 0.5 (2); take such values out, or list them in studies of their own, if nothing may be left out"),
        study.unfolded().warnings());
    assertEquals(List.of(), parse("space: {latent: [2, 3]}").unfolded().warnings());
    Study many =
        parse(
            "",
            "space.optimizer=rprop",
            "optimizers.rprop.min-step=1e-6,1,2,3,4",
            "optimizers.rprop.max-step=0.5,5");
    assertEquals(6, many.cells().size());
    assertEquals(
        List.of(
            "4 of 10 combinations of values cannot be, and are left out: "
                + "min-step must be at most max-step but they were 1.0 and 0.5 (1); "
                + "min-step must be at most max-step but they were 2.0 and 0.5 (1); "
                + "min-step must be at most max-step but they were 3.0 and 0.5 (1); ...; take such values out, or list them in studies of their own, if nothing may be left out"),
        many.unfolded().warnings());
  }

  @Test
  void refusesABoundWithoutKlWhileOtherFormsMayHaveNone() {
    assertEquals(
        "s.yaml: iwae with adam: kl-weight must be above 0 for the importance-weighted bound but was 0;"
            + " take the model ae for none, or compat pytorch-vae",
        refusal("space: {model: iwae, kl-weight: 0}"));
    Study both = parse("space: {model: [vae, iwae], kl-weight: [0, 0.1]}");
    assertEquals(3, both.cells().size());
    assertEquals(List.of("0"), column(parse("space: {model: vae, kl-weight: 0}"), "kl-weight"));
    assertEquals(
        List.of("0"),
        column(
            parse("space: {model: iwae, kl-weight: 0}\nmodels: {iwae: {compat: pytorch-vae}}"),
            "kl-weight"));
  }

  @Test
  void refusesASplitThatLeavesNothing() {
    String message =
        String.valueOf(
            assertThrows(
                    UserError.class,
                    () ->
                        StudyFile.parse(
                            "data: {matrix: m.tsv, split: {validation: 0.5, test: 0.5}}",
                            "s.yaml",
                            folder))
                .getMessage());
    assertTrue(message.startsWith("s.yaml, line 1: data.split.validation and"), message);
  }

  @Test
  void refusesOneKeyInTwoSections() {
    assertEquals(
        "s.yaml, line 3: train.batch stands here and in another section (s.yaml, line 2); keep one",
        refusal("space: {batch: [32, 64]}\ntrain: {batch: 32}"));
  }

  @Test
  void settingsThatAreNotInUseAreAcceptedAndLeftOut() {
    Study study =
        parse(
            """
            space: {model: [vae, ae], optimizer: [adam, sgd]}
            models: {iwae: {samples: [5, 50]}}
            train: {stop: {rule: none, tolerance: 0.3}, scheduler: {name: constant, gamma: 0.5}}
            """);
    assertEquals(4, study.cells().size());
    for (Cell cell : study.cells()) {
      assertFalse(
          cell.values().keySet().stream()
              .anyMatch(key ->
                  key.startsWith("iwae.")
                      || key.equals("stop.tolerance")
                      || key.equals("scheduler.gamma")),
          cell.toString());
      assertEquals(cell.text("model").equals("vae"), cell.values().containsKey("kl-weight"));
      assertEquals(cell.text("optimizer").equals("sgd"), cell.values().containsKey("sgd.momentum"));
    }
  }

  @Test
  void aListBelowAModelIsADimensionOfThatModel() {
    Study study = parse("space: {model: [vae, iwae]}\nmodels: {iwae: {samples: [5, 50]}}");
    assertEquals(List.of("", "5", "50"), column(study, "iwae.samples"));
    assertEquals(3, study.cells().size());
  }

  @Test
  void theResolvedStudyIsTheSameStudy() {
    List<Study> studies =
        List.of(
            preset("korkic2021"),
            preset("korkic2021", "readings.output-norm=batch,none", "readings.kl-weight=batch/n,1"),
            parse(""),
            parse(
                """
                name: "a: b # c"
                space: {learning-rate: [0.1, 1e-5], model: ae, clip: [none, 0.5], hidden: [512, 256]}
                train: {time-limit: 1h30m, stop: {tolerance: [0.1, 0.2]}, scheduler: [constant, exponential]}
                repeats: {count: 2, split: fixed}
                threads: 2
                """));
    for (Study study : studies) {
      Study again = StudyFile.parse(study.yaml(), "study.yaml", Path.of("/elsewhere"));
      assertEquals(study.yaml(), again.yaml());
      assertEquals(study.cells(), again.cells());
      assertEquals(study, again);
    }
  }

  @Test
  void namesTheNearestPreset() {
    assertEquals(
        "there is no study file quickstar, and no preset of that name; did you mean quickstart?",
        assertThrows(UserError.class, () -> preset("quickstar")).getMessage());
  }

  /// Which a run without `--out` makes.
  @Test
  void aPresetIsFoundBesideAFolderOfItsName() throws IOException {
    Files.createDirectories(folder.resolve("quickstart"));
    Overrides none = new Overrides(List.of(), null, null, null, folder);
    assertEquals("quickstart", StudyFile.read("quickstart", none).name());
    Files.createDirectories(folder.resolve("other"));
    UserError refusal = assertThrows(UserError.class, () -> StudyFile.read("other", none));
    assertEquals("other is a directory; name the study file in it", refusal.getMessage());
  }
}
