package org.vaescape.study;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.vaescape.data.DataCache;
import org.vaescape.data.DataSettings;
import org.vaescape.data.Matrix;
import org.vaescape.data.Preparation;
import org.vaescape.data.PreparedData;
import org.vaescape.model.GenePath;
import org.vaescape.model.WeightsFile;
import org.vaescape.search.Cell;
import org.vaescape.train.Checkpoint;
import org.vaescape.train.Ending;
import org.vaescape.train.MemoryEstimate;
import org.vaescape.train.Numerics;
import org.vaescape.train.Trainer;
import org.vaescape.train.TrainingData;
import org.vaescape.train.TrainingMonitor;
import org.vaescape.train.TrainingResult;
import org.vaescape.train.TrainingSettings;
import org.vaescape.train.Verdict;
import org.vaescape.train.WorkEstimate;

/// Trains trials of one study in this process; trials of one split share its data and baselines.
///
/// Closed when no trial is being trained any more.
final class LocalTrainer implements TrialTrainer, AutoCloseable {
  /// Trials go split by split, and in each fit by fit, so at most the last ones of one and the
  /// first ones of the next are trained at once.
  private static final int SPLITS_IN_MEMORY = 2;

  private final Study study;
  private final DataCache cache;
  private final Matrix matrix;
  private final SampleFacts facts;
  private final Numerics numerics;
  private final Execution execution;
  private final List<DataSettings.Fit> fits;
  private final SequencedMap<String, String> provenance;

  /// Of cells that were asked for: all are, for the order of trials and for the time that is left.
  private final Map<Cell, Double> operations = new ConcurrentHashMap<>();

  /// By split and fit, the one used last at the end. Guarded by this.
  private final SequencedMap<SplitKey, Split> splits = new LinkedHashMap<>();

  /// Data of one split, and the number of threads that use them, guarded by the trainer.
  private static final class Split implements AutoCloseable {
    private int users;
    private @Nullable TrainingData data;

    /// Data that are made by the first who asks, while others who ask wait.
    synchronized TrainingData data(Supplier<PreparedData> prepare, Numerics numerics) {
      if (data == null) {
        data = TrainingData.of(prepare.get(), numerics);
        HeapGarbage.collect();
      }
      return data;
    }

    @Override
    public synchronized void close() {
      if (data != null) {
        data.close();
      }
    }
  }

  /// @param cells of the study
  /// @param cache prepares the matrix; closed with this
  LocalTrainer(
      Study study,
      List<Cell> cells,
      DataCache cache,
      Matrix matrix,
      SampleFacts facts,
      Numerics numerics,
      Execution execution) {
    this.study = study;
    this.cache = cache;
    this.matrix = matrix;
    this.facts = facts;
    this.numerics = numerics;
    this.execution = execution;
    this.fits = cells.stream().map(LocalTrainer::fit).distinct().toList();
    this.provenance = Provenance.of(study, execution, matrix, facts.hash());
  }

  /// The ways to fit selection and scaling that cells of the study have.
  List<DataSettings.Fit> fits() {
    return fits;
  }

  private static DataSettings.Fit fit(Cell cell) {
    return DataSettings.Fit.of(cell.text(StudyKeys.DATA_FIT));
  }

  /// Lets `work` see the data of a repeat, under the first fit of the study.
  <T> T withData(int repeat, Function<TrainingData, T> work) {
    return withData(repeat, study.data().settings().fit(), work);
  }

  private <T> T withData(Trial trial, Function<TrainingData, T> work) {
    return withData(trial.repeat(), fit(trial.cell()), work);
  }

  @Override
  public SplitKey split(Trial trial) {
    return split(trial.repeat(), fit(trial.cell()));
  }

  private SplitKey split(int repeat, DataSettings.Fit fit) {
    return new SplitKey(study.repeats().splitOf(repeat), fit);
  }

  /// Lets `work` see the data of a repeat, which are made once and stay as long as they are in use.
  <T> T withData(int repeat, DataSettings.Fit fit, Function<TrainingData, T> work) {
    Split split = take(split(repeat, fit));
    try {
      return work.apply(split.data(() -> prepared(repeat, fit), numerics));
    } finally {
      giveBack(split);
    }
  }

  /// The data of a repeat without a copy for training, made anew.
  PreparedData prepared(int repeat, DataSettings.Fit fit) {
    return cache
        .prepare(
            matrix,
            facts.labels(),
            study.data().settings().with(fit),
            TrialSeeds.split(study, repeat))
        .with(facts.annotations());
  }

  /// Keeps prepared data of a repeat for training.
  synchronized void keep(int repeat, DataSettings.Fit fit, PreparedData data) {
    splits.computeIfAbsent(split(repeat, fit), _ -> new Split()).data(() -> data, numerics);
  }

  /// What the data are like.
  DataFacts facts(PreparedData data) {
    return DataFacts.of(data, cache);
  }

  /// Samples of the smallest training part of all repeats; parts differ where whole patients, or
  /// labels, do not add up to their shares.
  int smallestTrainingPart() {
    return IntStream.range(0, study.repeats().splits())
        .map(repeat ->
            Preparation.trainingSamples(
                matrix, facts.labels(), study.data().settings(), TrialSeeds.split(study, repeat)))
        .min()
        .orElseThrow();
  }

  /// Nobody waits here for data to be made: those who train on others give them back here.
  private synchronized Split take(SplitKey key) {
    Split split = splits.remove(key);
    if (split == null) {
      makeRoom();
      split = new Split();
    }
    splits.putLast(key, split);
    split.users++;
    return split;
  }

  /// Frees the splits that were used longest ago, but none that is in use.
  private void makeRoom() {
    List<SplitKey> idle = new ArrayList<>();
    splits.forEach((key, split) -> {
      if (split.users == 0) {
        idle.add(key);
      }
    });
    int surplus = splits.size() - (SPLITS_IN_MEMORY - 1);
    for (SplitKey key : idle.subList(0, Math.clamp(surplus, 0, idle.size()))) {
      Split split = splits.remove(key);
      if (split != null) {
        split.close();
      }
    }
  }

  private synchronized void giveBack(Split split) {
    split.users--;
  }

  @Override
  public synchronized void close() {
    splits.values().forEach(Split::close);
    splits.clear();
    cache.close();
  }

  @Override
  public long memoryBytes(Trial trial) {
    return withData(
        trial,
        data -> {
          PreparedData prepared = data.prepared();
          return memoryBytes(settings(trial, prepared), prepared);
        });
  }

  private static long memoryBytes(TrainingSettings settings, PreparedData data) {
    return MemoryEstimate.bytes(settings, data.genes().size(), data.training().size());
  }

  @Override
  public long bytesOnce(Trial trial) {
    return withData(
        trial, data -> MemoryEstimate.bytesOnce(settings(trial, data.prepared()), data));
  }

  /// On the data of the first repeat: to compare trials by, those of others are as good.
  @Override
  public double operations(Trial trial) {
    return operations.computeIfAbsent(
        trial.cell(),
        cell ->
            withData(
                new Trial(trial.id(), cell, 0),
                data ->
                    WorkEstimate.operations(
                            settings(trial, data.prepared()),
                            data.prepared().genes().size(),
                            data.prepared().training().size())
                        * TimeEstimate.mostEpochs(cell)));
  }

  /// Bytes of the weights of a trial of this cell in a file.
  long weightBytes(Cell cell) {
    Trial trial = new Trial("", cell, 0);
    return withData(
        trial,
        data ->
            MemoryEstimate.weightBytes(
                settings(trial, data.prepared()), data.prepared().genes().size()));
  }

  private TrainingSettings settings(Trial trial, PreparedData data) {
    return CellTraining.settings(study, trial.cell(), data.training().size(), numerics);
  }

  @Override
  public Optional<TrainedTrial> train(Trial trial, TrainingMonitor monitor) {
    return withData(trial, data -> train(trial, data, monitor));
  }

  private Optional<TrainedTrial> train(Trial trial, TrainingData data, TrainingMonitor monitor) {
    PreparedData prepared = data.prepared();
    TrainingResult result =
        Trainer.train(settings(trial, prepared), data, TrialSeeds.of(study, trial), monitor);
    Optional<WeightsFile> file =
        result
            .weights()
            .map(weights ->
                new WeightsFile(weights, WeightsHeader.of(trial, prepared, result, provenance)));
    return status(result.ending())
        .map(status -> new TrainedTrial(finished(trial, status, result, prepared, file), file));
  }

  /// Empty if there is no result to keep.
  private static Optional<Status> status(Ending ending) {
    return switch (ending) {
      case Ending.Converged _ -> Optional.of(Status.CONVERGED);
      case Ending.MaxEpochs _ -> Optional.of(Status.MAX_EPOCHS);
      case Ending.Diverged _ -> Optional.of(Status.DIVERGED);
      case Ending.TimedOut _ -> Optional.of(Status.TIMED_OUT);
      case Ending.Interrupted _ -> Optional.empty();
    };
  }

  private FinishedTrial finished(
      Trial trial,
      Status status,
      TrainingResult result,
      PreparedData data,
      Optional<WeightsFile> weights) {
    SequencedMap<String, Double> metrics = new LinkedHashMap<>(result.metrics());
    result
        .recorded()
        .ifPresent(recorded -> {
          metrics.put("val_clipped_share", data.clippedShare());
          if (recorded.name().equals(Checkpoint.BEST)) {
            metrics.put(FinishedTrial.RESTORED_EPOCH, (double) recorded.epoch());
          }
        });
    List<FinishedTrial.Checkpoint> others =
        result.others().stream()
            .map(other ->
                new FinishedTrial.Checkpoint(
                    other.name(), other.epoch(), other.verdict().text(), other.metrics()))
            .toList();
    List<FinishedTrial.Epoch> curve = new ArrayList<>();
    for (SequencedMap<String, Double> terms : result.curve()) {
      curve.add(new FinishedTrial.Epoch(curve.size() + 1, terms));
    }
    TrainingSettings settings = settings(trial, data);
    SequencedMap<String, String> made = provenance(trial, settings, data);
    weights.ifPresent(file -> made.put(FinishedTrial.WEIGHTS, WeightsDigest.of(file)));
    return new FinishedTrial(
        trial.id(),
        trial.cell().texts(),
        trial.repeat(),
        status,
        result.verdict().map(Verdict::text).orElse(""),
        result.epochs(),
        metrics,
        others,
        curve,
        result.seconds(),
        result.epochSeconds(),
        settings.path().kind().text(),
        execution.precision(),
        data.hash(),
        message(result),
        made);
  }

  private static String message(TrainingResult result) {
    return result
        .afterStop()
        .map(ending -> "on the way from the stop to the horizon: " + ending.message())
        .orElseGet(() -> result.ending().message());
  }

  private SequencedMap<String, String> provenance(
      Trial trial, TrainingSettings settings, PreparedData data) {
    GenePath path = settings.path();
    SequencedMap<String, String> facts = new LinkedHashMap<>(provenance);
    facts.put("split", Integer.toString(study.repeats().splitOf(trial.repeat())));
    facts.put("path", path.kind().text() + ", since " + path.reason());
    facts.put(
        FinishedTrial.MEMORY,
        String.format(Locale.ROOT, "%.1f", memoryBytes(settings, data) / 1e6));
    return facts;
  }

  @Override
  public FinishedTrial withoutResult(Trial trial, Status status, String message, double seconds) {
    return withData(trial, data -> withoutResult(trial, data.prepared(), status, message, seconds));
  }

  private FinishedTrial withoutResult(
      Trial trial, PreparedData data, Status status, String message, double seconds) {
    TrainingSettings settings = settings(trial, data);
    GenePath path = settings.path();
    return new FinishedTrial(
        trial.id(),
        trial.cell().texts(),
        trial.repeat(),
        status,
        "",
        0,
        new LinkedHashMap<>(),
        List.of(),
        List.of(),
        seconds,
        Double.NaN,
        path.kind().text(),
        execution.precision(),
        data.hash(),
        message,
        provenance(trial, settings, data));
  }
}
