package org.vaescape.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.vaescape.data.DataCache;
import org.vaescape.data.DataSettings.Fit;
import org.vaescape.data.Matrix;
import org.vaescape.data.MatrixFile;
import org.vaescape.search.Cell;
import org.vaescape.train.Numerics;
import org.vaescape.train.TrainingMonitor;

class LocalTrainerTest {
  private static final Path DATA =
      Path.of(System.getProperty("basedir", "."), "../data").toAbsolutePath().normalize();
  private static final String STUDY =
      """
      data: {matrix: smoke_cc0.tsv.gz, select: {keep: 40}}
      space: {model: vae, latent: 2, learning-rate: 0.01}
      train: {batch: 32, max-epochs: 1}
      repeats: 2
      """;

  private final CountDownLatch isRead = new CountDownLatch(1);
  private final CountDownLatch givenBack = new CountDownLatch(1);
  private volatile boolean inTime = true;

  @Test
  void dataAreGivenBackWhileThoseOfTheNextSplitAreMade() throws Exception {
    Study study = StudyFile.parse(STUDY, "s.yaml", DATA);
    Matrix matrix = matrix(study);
    try (LocalTrainer trainer = trainer(study, matrix, slow(matrix))) {
      trainer.keep(
          0,
          Fit.TRAIN,
          DataCache.off().prepare(matrix, Optional.empty(), study.data().settings(), 1));
      FutureTask<Integer> next = new FutureTask<>(() -> samples(trainer, 1));
      samples(trainer, 0);
      Thread.ofPlatform().start(next);
      isRead.await();
      samples(trainer, 0);
      givenBack.countDown();
      assertTrue(next.get() > 0 && inTime);
    }
  }

  @Test
  void baselinesTakeMemoryUntilATrialOfTheirSplitWasMeasured() throws Exception {
    Study study = StudyFile.parse(STUDY, "s.yaml", DATA);
    Matrix matrix = matrix(study);
    Cell cell = study.unfolded().cells().getFirst();
    Trial first = new Trial("first", cell, 0);
    try (LocalTrainer trainer = trainer(study, matrix, matrix)) {
      assertTrue(trainer.bytesOnce(first) > 0);
      assertTrue(trainer.train(first, TrainingMonitor.NONE).isPresent());
      assertEquals(0, trainer.bytesOnce(new Trial("another", cell, 0)));
      assertTrue(trainer.bytesOnce(new Trial("of another split", cell, 1)) > 0);
    }
  }

  @Test
  void aTrialRecordsWhatMemoryItWasEstimatedToNeed() throws Exception {
    Study study = StudyFile.parse(STUDY, "s.yaml", DATA);
    Matrix matrix = matrix(study);
    Trial trial = new Trial("one", study.unfolded().cells().getFirst(), 0);
    try (LocalTrainer trainer = trainer(study, matrix, matrix)) {
      String estimate = String.format(Locale.ROOT, "%.1f", trainer.memoryBytes(trial) / 1e6);
      for (FinishedTrial result :
          List.of(
              trainer.train(trial, TrainingMonitor.NONE).orElseThrow().trial(),
              trainer.withoutResult(trial, Status.OUT_OF_MEMORY, "too large", 0))) {
        assertEquals(estimate, result.provenance().get(FinishedTrial.MEMORY));
      }
    }
  }

  private static Matrix matrix(Study study) {
    return MatrixFile.read(study.data().matrix(), study.data().settings().orientation());
  }

  private static LocalTrainer trainer(Study study, Matrix matrix, Matrix read) {
    return new LocalTrainer(
        study,
        study.unfolded().cells(),
        DataCache.off(),
        read,
        SampleFacts.read(study.data(), matrix),
        Numerics.of("fp32", "plain", "cpu", 1),
        new Execution("fp32", "plain", "cpu", 1));
  }

  private static int samples(LocalTrainer trainer, int repeat) {
    return trainer.withData(repeat, Fit.TRAIN, data -> data.prepared().training().size());
  }

  /// Values that wait for data to be given back, for at most ten seconds.
  private Matrix slow(Matrix matrix) {
    return new Matrix(
        matrix.source(),
        matrix.samples(),
        matrix.genes(),
        gene -> {
          isRead.countDown();
          try {
            inTime = inTime && givenBack.await(10, TimeUnit.SECONDS);
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
          return matrix.values().of(gene);
        },
        matrix.hash(),
        List.of(),
        matrix.form());
  }
}
