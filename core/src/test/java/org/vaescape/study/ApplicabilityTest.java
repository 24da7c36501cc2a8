package org.vaescape.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vaescape.model.Models;
import org.vaescape.search.Cell;
import org.vaescape.search.Grid;
import org.vaescape.train.Numerics;
import org.vaescape.train.Optimizers;
import org.vaescape.train.TrainingSettings;

/// Settings that change nothing make no cells and are no part of a trial.
class ApplicabilityTest {
  private static final Execution HERE = new Execution("fp32", "plain", "cpu", 1);

  /// Keys that stand beside a key of the same list.
  private static final Set<String> BELOW_ANOTHER =
      Set.of("train.scheduler.step-size", "train.kl-warm-up.epochs");

  @TempDir Path folder;

  @BeforeEach
  void putAMatrixThere() throws IOException {
    Files.writeString(folder.resolve("m.tsv"), "");
  }

  private Study study(String... sets) {
    return StudyFile.parse("data: {matrix: m.tsv}\n", "s.yaml", folder, List.of(sets));
  }

  private static List<String> ids(Study study) {
    return Plan.of(study, "hash", "", HERE).trials().stream().map(Trial::id).toList();
  }

  private static String[] words(String sets) {
    return sets.isEmpty() ? new String[0] : sets.split(" ", -1);
  }

  private static String[] with(String sets, String more) {
    List<String> all = new ArrayList<>(List.of(words(sets)));
    all.addAll(List.of(words(more)));
    return all.toArray(String[]::new);
  }

  /// Beside some settings, others in a list of values: one cell, the one without them.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = true,
      textBlock =
          """
          '' | train.weight-decay=default,0
          space.optimizer=adamw | train.weight-decay=default,0.01
          optimizers.adam.weight-decay=0.1 | train.weight-decay=default,0,0.5
          space.model=infovae | models.infovae.compat=none,pytorch-vae
          space.model=wae | models.wae.compat=none,pytorch-vae
          space.model=beta-tcvae models.beta-tcvae.compat=pytorch-vae | \
          space.kl-weight=batch/n,0.1 train.objective=mean,elbo train.free-bits=0,0.1 \
          train.kl-warm-up=none,linear,cyclical models.beta-tcvae.weighting=diagonal,columns
          space.model=beta-tcvae models.beta-tcvae.gamma=0 | models.beta-tcvae.anneal-steps=0,9
          space.model=dip-vae models.dip-vae.compat=pytorch-vae space.kl-weight=0.1 | \
          train.objective=mean,elbo models.dip-vae.form=i,ii
          space.model=ae | space.kl-weight=batch/n,0.1 train.kl-warm-up=none,linear train.free-bits=0,1
          space.model=dae | space.kl-weight=batch/n,0.1 train.kl-warm-up=none,linear train.free-bits=0,1
          space.model=rae | space.kl-weight=batch/n,0.1 train.kl-warm-up=none,linear train.free-bits=0,1
          space.model=wae | space.kl-weight=batch/n,0.1 train.kl-warm-up=none,linear train.free-bits=0,1
          space.model=swae | space.kl-weight=batch/n,0.1 train.kl-warm-up=none,linear train.free-bits=0,1
          space.model=vq-vae | space.kl-weight=batch/n,0.1 train.kl-warm-up=none,linear train.free-bits=0,1
          space.model=aae models.aae.encoder=gaussian | \
          space.kl-weight=batch/n,0.1 train.kl-warm-up=none,linear train.free-bits=0,1
          space.model=infovae models.infovae.alpha=1 | \
          space.kl-weight=batch/n,0.1 train.kl-warm-up=none,linear train.free-bits=0,1
          space.model=beta-vae models.beta-vae.beta=0 | space.kl-weight=batch/n,0.1 train.free-bits=0,1
          space.model=beta-vae space.kl-weight=0 | models.beta-vae.beta=1,4
          space.model=factor-vae space.kl-weight=0 | models.factor-vae.gamma=1,10
          space.model=capacity-vae space.kl-weight=0 | \
          models.capacity-vae.gamma=1,10 models.capacity-vae.capacity=5,25 models.capacity-vae.steps=9,1000
          space.model=capacity-vae models.capacity-vae.capacity=0 | models.capacity-vae.steps=9,1000
          space.kl-weight=0 | train.kl-warm-up=none,linear train.kl-warm-up.epochs=5,10 train.free-bits=0,1
          space.model=cat-vae models.cat-vae.anneal-rate=0 | models.cat-vae.min-temperature=0.5,0.1
          space.model=cat-vae models.cat-vae.compat=eltager | \
          models.cat-vae.min-temperature=0.5,0.1 models.cat-vae.anneal-rate=0,1e-3
          space.model=cat-vae models.cat-vae.compat=eltager space.kl-weight=0 | models.cat-vae.categories=10,33
          space.model=dae models.dae.level=0 | models.dae.corruption=masking,gaussian
          space.model=ciwae models.ciwae.samples=1 | models.ciwae.beta=0.5,1
          train.scheduler=one-cycle | optimizers.adam.beta1=0.9,0.5
          train.scheduler=one-cycle space.optimizer=lion | optimizers.lion.beta1=0.9,0.5
          train.scheduler=one-cycle space.optimizer=sgd | optimizers.sgd.momentum=0,0.9
          train.scheduler=one-cycle space.optimizer=adagrad | \
          train.scheduler.cycle-momentum=true,false train.scheduler.base-momentum=0.85,0.5
          train.scheduler=one-cycle space.optimizer=asgd | train.scheduler.max-momentum=0.95,0.9
          train.scheduler=one-cycle train.scheduler.cycle-momentum=false | \
          train.scheduler.base-momentum=0.85,0.5
          train.scheduler=step train.scheduler.gamma=1 | train.scheduler.step-size=10,30
          train.scheduler=plateau train.scheduler.threshold=0 | train.scheduler.threshold-mode=rel,abs
          space.optimizer=rprop | train.scheduler=constant,step,one-cycle train.scheduler.step-size=5,10
          space.optimizer=nadam | optimizers.nadam.decoupled-weight-decay=false,true
          space.optimizer=radam optimizers.radam.beta2=0.5 | optimizers.radam.epsilon=1e-8,0.1
          space.optimizer=asgd optimizers.asgd.lambda=0 | optimizers.asgd.alpha=0.75,0.5
          space.hidden=[] | train.activation=relu,tanh train.normalization=batch,none train.dropout=0,0.1
          space.hidden=[] train.initializer-layers=hidden | train.initializer=pytorch,uniform,keras
          train.normalization=layer train.output-norm=none | train.norm-momentum=0.1,0.01 train.norm-epsilon=1e-5,1e-3
          '' | train.initializer-layers=all,hidden
          train.reconstruction=bce | train.output=sigmoid,linear
          train.scheduler=one-cycle train.scheduler.cycle-momentum=false | \
          train.scheduler.base-momentum=0.85,0.99
          """)
  void whatChangesNothingMakesNoCellAndNoOtherTrial(String beside, String idle) {
    Study plain = study(words(beside));
    List<String> one = ids(plain);
    assertEquals(1, one.size());
    Study many = study(with(beside, idle));
    assertEquals(one, ids(many));
    // Each value alone as well.
    for (String set : words(idle)) {
      String key = set.substring(0, set.indexOf('='));
      for (String value : set.substring(set.indexOf('=') + 1).split(",", -1)) {
        String alone = key + "=" + value;
        if (!BELOW_ANOTHER.contains(key)) {
          assertEquals(one, ids(study(with(beside, alone))), alone);
        }
      }
    }
    assertEquals(ids(many), ids(StudyFile.parse(many.yaml(), "study.yaml", folder)));
  }

  /// Beside two models or optimizers a key that has a meaning for the first of them: the other one
  /// has no cell more, and cells without the key.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          space.model=vae,iwae|space.free-bits=0,0.5|free-bits
          space.model=vae,miwae|space.free-bits=0,0.5|free-bits
          space.model=vae,ciwae|space.free-bits=0,0.5|free-bits
          space.model=vae,piwae|space.free-bits=0,0.5|free-bits
          space.model=vae,beta-tcvae|space.free-bits=0,0.5|free-bits
          space.model=vae,capacity-vae|space.free-bits=0,0.5|free-bits
          space.model=vae,joint-vae|space.free-bits=0,0.5|free-bits
          space.model=vae,vamp-vae|space.free-bits=0,0.5|free-bits
          space.model=vae,logcosh-vae|space.reconstruction=mse,bce|reconstruction
          space.model=vae,swae models.swae.compat=pytorch-vae|space.reconstruction=mse,bce|reconstruction
          optimizers.sgd.momentum=0.9,0 space.optimizer=sgd|optimizers.sgd.nesterov=false,true|sgd.nesterov
          optimizers.sgd.momentum=0.9,0 space.optimizer=sgd|optimizers.sgd.dampening=0,0.5|sgd.dampening
          """)
  void whatHasNoMeaningLeavesTheCell(String beside, String set, String key) {
    Study study = study(with(beside, set));
    List<Cell> cells = study.cells();
    assertEquals(3, cells.size());
    assertTrue(cells.get(0).values().containsKey(key));
    assertTrue(cells.get(1).values().containsKey(key));
    assertFalse(cells.get(2).values().containsKey(key));
    // Its trial is the one of a study that does not know of the key.
    assertEquals(ids(study(words(beside))).getLast(), ids(study).getLast());
    assertEquals(ids(study), ids(StudyFile.parse(study.yaml(), "study.yaml", folder)));
    // One value for all is no reason to refuse the others either.
    String values = set.substring(set.indexOf('=') + 1);
    String one = set.replace(values, values.substring(values.indexOf(',') + 1));
    assertEquals(ids(study).subList(1, 3), ids(study(with(beside, one))));
  }

  @Test
  void warnsOfValuesThatMatterInNoCell() {
    Study study = study("space.model=ae", "space.free-bits=0,0.5", "space.latent=2,3");
    assertEquals(2, study.cells().size());
    assertEquals(
        List.of(
            "free-bits: several values, which make no difference in any cell; give one, or models and settings to which it matters"),
        study.unfolded().warnings());
    assertEquals(
        List.of(), study("space.model=ae,vae", "space.free-bits=0,0.5").unfolded().warnings());
  }

  @Test
  void aWarmUpFromZeroIsForBoundsOfSeveralSamplesToo() {
    Study study =
        study("space.model=vae,iwae,miwae,ciwae,piwae", "space.kl-warm-up=none,linear,cyclical");
    assertEquals(5 * 3, study.cells().size());
    assertEquals(List.of(), study.unfolded().warnings());
  }

  @Test
  void aBatchThatCannotBeTellsNothingOfKeysThatChangeNothing() {
    Study study =
        study(
            "train.batch=1,64",
            "space.normalization=none,batch",
            "train.output-norm=none",
            "space.norm-momentum=0.1,0.01");
    assertEquals(
        Set.of("1 none null", "64 none null", "64 batch 0.1", "64 batch 0.01"),
        study.cells().stream()
            .map(cell ->
                "%s %s %s"
                    .formatted(
                        cell.text("batch"),
                        cell.text("normalization"),
                        cell.values().get("norm-momentum")))
            .collect(Collectors.toSet()));
  }

  /// The same settings where they do something.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          space.optimizer=adamw|train.weight-decay=default,0
          space.model=infovae models.infovae.kernel=rbf|models.infovae.compat=none,pytorch-vae
          space.model=beta-tcvae|space.kl-weight=batch/n,0.1
          space.model=beta-tcvae|train.objective=mean,elbo
          space.model=dip-vae models.dip-vae.compat=pytorch-vae|space.kl-weight=batch/n,0.1
          space.model=ae|train.objective=mean,elbo
          space.model=beta-vae|models.beta-vae.beta=1,4
          ''|train.kl-warm-up=none,linear
          ''|train.free-bits=0,0.1
          train.normalization=layer|train.norm-momentum=0.1,0.01
          train.scheduler=one-cycle train.scheduler.cycle-momentum=false|optimizers.adam.beta1=0.9,0.5
          train.scheduler=one-cycle|train.scheduler.base-momentum=0.85,0.5
          train.scheduler=one-cycle|optimizers.adam.beta2=0.999,0.99
          space.optimizer=nadam train.weight-decay=0.1|optimizers.nadam.decoupled-weight-decay=false,true
          train.initializer-layers=hidden|train.initializer=pytorch,uniform
          space.hidden=[]|train.initializer=pytorch,uniform
          space.kl-weight=batch/n,1|train.batch=1000
          """)
  void whatChangesSomethingMakesTwoCells(String beside, String set) {
    Study study = study(with(beside, set));
    assertEquals(2, ids(study).size());
    assertEquals(ids(study), ids(StudyFile.parse(study.yaml(), "study.yaml", folder)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          space.learning-rate=1e-3|space.learning-rate=0.001
          space.learning-rate=1|space.learning-rate=1.0
          space.kl-weight=1|space.kl-weight=1.0
          space.latent=1e1|space.latent=10
          train.dropout=0|train.dropout=0.0
          train.weight-decay=0.3|optimizers.adam.weight-decay=0.3
          space.hidden=256|space.hidden=[256]
          """)
  void twoSpellingsAreOneTrial(String one, String other) {
    assertEquals(ids(study(one)), ids(study(other)));
  }

  @Test
  void everyDefaultThatIsSpeltOutIsTheSameTrial() {
    for (String model : Models.CATALOGUE.names()) {
      Study silent = study("space.model=" + model);
      assertEquals(ids(silent), ids(StudyFile.parse(silent.yaml(), "study.yaml", folder)), model);
    }
    for (String optimizer : Optimizers.CATALOGUE.names()) {
      Study silent = study("space.optimizer=" + optimizer);
      assertEquals(
          ids(silent), ids(StudyFile.parse(silent.yaml(), "study.yaml", folder)), optimizer);
    }
  }

  /// A grid with much that does nothing: as many cells as different trainings, and no training
  /// lost.
  @Test
  void cellsAreTheDifferentTrainingsOfTheGrid() {
    Study study =
        study(
            "space.model=ae,vae,beta-vae,wae,beta-tcvae,aae",
            "space.kl-weight=0,0.1",
            "space.optimizer=adam,rprop,asgd",
            "space.hidden=[],[8]",
            "train.activation=relu,tanh",
            "train.scheduler=constant,one-cycle",
            "train.weight-decay=default,0",
            "models.beta-vae.beta=0,4",
            "models.wae.compat=none,pytorch-vae",
            "models.beta-tcvae.compat=none,pytorch-vae");
    List<TrainingSettings> all = settings(study, new Grid().cells(study.fullSpace()));
    List<TrainingSettings> needed = settings(study, study.cells());
    assertEquals(all.stream().distinct().toList(), needed);
    assertTrue(needed.size() < all.size() / 4);
    assertEquals(needed.size(), ids(study).stream().distinct().count());
  }

  private static List<TrainingSettings> settings(Study study, List<Cell> cells) {
    Numerics numerics = Numerics.of("fp32", "auto", "cpu", 1);
    return cells.stream()
        .map(cell -> CellTraining.settings(study, cell, 1_234_567, numerics))
        .toList();
  }
}
