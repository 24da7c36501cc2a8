package org.vaescape.study;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.Set;
import java.util.function.ToLongFunction;
import org.vaescape.UserError;
import org.vaescape.data.DataCache;
import org.vaescape.data.DataSettings;
import org.vaescape.data.Matrix;
import org.vaescape.data.PreparedData;
import org.vaescape.search.Cell;
import org.vaescape.train.Numerics;

/// A study with its data read and its trials planned, ready to run. Holds native memory until it is
/// closed.
public final class StudySession implements AutoCloseable {
  private final Study study;
  private final Plan plan;
  private final LocalTrainer trainer;
  private final DataCache cache;
  private final List<String> notes;

  private StudySession(
      Study study, Plan plan, LocalTrainer trainer, DataCache cache, List<String> notes) {
    this.study = study;
    this.plan = plan;
    this.trainer = trainer;
    this.cache = cache;
    this.notes = List.copyOf(notes);
  }

  /// Reads the data, or takes them from the cache that the environment names, and checks that every
  /// cell can be trained on the split of every repeat.
  ///
  /// @throws UserError if the data cannot be read, are not those that the study was resolved with,
  ///   or do not fit its settings
  public static StudySession open(Study study) {
    return open(study, DataCache.of(System.getenv()));
  }

  /// The same with a cache, which is closed with the session.
  static StudySession open(Study study, DataCache cache) {
    try {
      return opened(study, cache);
    } catch (RuntimeException e) {
      cache.close();
      throw e;
    }
  }

  private static StudySession opened(Study study, DataCache cache) {
    StudyData source = study.data();
    Matrix file = source.read(cache);
    Matrix matrix = source.whole(file);
    if (!source.hash().isEmpty() && !source.hash().equals(matrix.hash())) {
      throw new UserError(
          "%s is not the matrix that the study was resolved with, or has changed since: its content hash is %s, that of the study (data.hash) %s; name the right one by --data, or take data.hash away if this content is meant"
              .formatted(source.matrix(), matrix.hash(), source.hash()));
    }
    SampleFacts facts = SampleFacts.read(source, file, matrix);
    Numerics numerics =
        Numerics.of(study.precision(), study.path(), study.device(), study.threads());
    Execution execution =
        new Execution(
            numerics.precisionText(), numerics.pathText(), numerics.deviceText(), study.threads());
    Study resolved = study.withDataHash(matrix.hash());
    Unfolded unfolded = resolved.unfolded();
    LocalTrainer trainer =
        new LocalTrainer(resolved, unfolded.cells(), cache, matrix, facts, numerics, execution);
    try {
      int samples = trainer.smallestTrainingPart();
      List<Cell> cells = BatchRules.withABatch(unfolded.cells(), samples);
      Plan plan = Plan.of(resolved, cells, matrix.hash(), facts.hash(), execution);
      SequencedSet<String> notes = new LinkedHashSet<>();
      notes.addAll(unfolded.warnings());
      notes.addAll(BatchRules.leftOut(unfolded.cells(), samples));
      for (DataSettings.Fit fit : trainer.fits()) {
        notes.addAll(notes(resolved, cells, trainer, fit));
      }
      notes.addAll(facts.notes());
      HeapGarbage.collect();
      return new StudySession(resolved, plan, trainer, cache, List.copyOf(notes));
    } catch (RuntimeException e) {
      trainer.close();
      throw e;
    }
  }

  private static List<String> notes(
      Study study, List<Cell> cells, LocalTrainer trainer, DataSettings.Fit fit) {
    int splits = study.repeats().splits(); // repeats of one split each, or one of all
    RepeatNotes notes = new RepeatNotes(splits);
    for (int repeat = 0; repeat < splits; repeat++) {
      PreparedData data = trainer.prepared(repeat, fit);
      int samples = data.training().size();
      notes.add(repeat, data.notes());
      notes.addAsTheyAre(repeat, KlLint.check(study, cells, samples));
      notes.add(repeat, DataLint.check(cells, data, trainer.facts(data)));
      notes.addAsTheyAre(repeat, BatchRules.check(cells, samples));
      if (repeat == 0) {
        trainer.keep(repeat, fit, data); // for training
      }
    }
    return notes.sentences();
  }

  /// The study with the content hash of its data.
  public Study study() {
    return study;
  }

  /// Every trial that the study asks for, on these data.
  public Plan plan() {
    return plan;
  }

  /// Trains on this session's data, on several threads at once; not to be used after [#close].
  public TrialTrainer trainer() {
    return trainer;
  }

  /// Warnings for the person who runs the study, one sentence each.
  public List<String> notes() {
    return notes;
  }

  /// Why prepared data could not be kept for the next start, in one sentence; empty if they were.
  public Optional<String> cacheTrouble() {
    return cache.trouble();
  }

  /// What the trials train on: samples of each part and genes.
  public String dataText() {
    return trainer.withData(
        0,
        data -> {
          PreparedData first = data.prepared();
          return "%,d training, %,d validation and %,d test samples x %,d genes"
              .formatted(
                  first.training().size(),
                  first.validation().size(),
                  first.test().size(),
                  first.genes().size());
        });
  }

  /// How long these trials take, about; trains a few steps.
  public TimeEstimate timeEstimate(List<Trial> trials) {
    int samples = trainer.withData(0, data -> data.prepared().training().size());
    return TimeEstimate.of(trials, trainer, samples);
  }

  /// About how many bytes the folder holds when all trials have ended.
  ///
  /// @param epochs that a trial of this cell takes
  public long diskBytes(ToLongFunction<Cell> epochs) {
    return DiskEstimate.bytes(plan.trials(), study.keepWeights(), epochs, trainer::weightBytes);
  }

  /// Memory that the largest trial takes, in bytes.
  public long largestTrialBytes() {
    long largest = 0;
    Set<Cell> seen = new LinkedHashSet<>();
    for (Trial trial : plan.trials()) {
      if (seen.add(trial.cell())) {
        largest = Math.max(largest, trainer.memoryBytes(new Trial(trial.id(), trial.cell(), 0)));
      }
    }
    return largest;
  }

  /// Memory beside it that one trial of each split takes once, in bytes; 0 if that is done.
  public long bytesOnce() {
    return plan.trials().stream()
        .map(Trial::cell)
        .distinct()
        .mapToLong(cell -> trainer.bytesOnce(new Trial("", cell, 0)))
        .max()
        .orElse(0);
  }

  /// Workers where nobody says: as many trials as keep all cores busy, at least one. Memory may let
  /// fewer of them train at once, which depends on the trials.
  public int defaultWorkers(int cores) {
    return Math.max(1, cores / study.threads());
  }

  /// Frees the data; no trial may be at work.
  @Override
  public void close() {
    trainer.close();
  }
}
