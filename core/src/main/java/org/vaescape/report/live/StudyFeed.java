package org.vaescape.report.live;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.nio.file.Files;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.stream.DoubleStream;
import org.vaescape.UserError;
import org.vaescape.report.ValueColors;
import org.vaescape.report.live.StudyFolder.Stored;
import org.vaescape.study.FinishedTrial;
import org.vaescape.study.Status;

/// A study as its folder shows it: what has ended is told by the store, what runs by the log of the
/// run, and whether it runs at all by the folder's lock.
@SuppressWarnings(
    "ReferenceEquality") // the folder gives the very same object where nothing changed
final class StudyFeed extends Feed {
  /// The time left is told anew so often, also when nothing ends.
  private static final long RETELL_MILLIS = 5_000;

  private final StudyFolder folder;
  private final InstantSource clock;
  private final RunLog log;

  private Optional<Stored> stored = Optional.empty();
  private final Map<String, Integer> places = new HashMap<>();
  private final Map<Integer, Ending> endings = new TreeMap<>();
  private ValueColors colors = ValueColors.of(DoubleStream.empty());
  private boolean againstPca;
  private long planVersion = 1;
  private long colorsVersion = 1;

  private boolean alive;

  /// The log of a run that ended before, until the run that goes on now has begun its own.
  private long oldLog = -1;

  private boolean report;
  private String trouble = "";
  private String left = "";
  private long toldMillis;

  StudyFeed(StudyFolder folder, InstantSource clock) {
    this.folder = folder;
    this.clock = clock;
    this.log = new RunLog(folder.path().resolve(LiveLog.FILE));
  }

  StudyFolder folder() {
    return folder;
  }

  /// The result of a trial of the plan.
  private record Ending(FinishedTrial trial, double value, long version) {
    boolean learned() {
      return trial.verdict().equals("learned");
    }
  }

  /// Looks at the folder again. Called by one thread.
  synchronized void poll() {
    boolean news = false;
    String problem = "";
    try {
      boolean running = folder.isRunning();
      if (running != alive) {
        oldLog = running ? log.begunMillis() : -1;
        alive = running;
        news = true;
      }
      news |= log.read(next());
      Optional<Stored> now = folder.stored();
      if (!same(now, stored)) {
        take(now);
        news = true;
      }
    } catch (IOException e) {
      problem = "%s cannot be read (%s)".formatted(folder.path(), UserError.reason(e));
    } catch (RuntimeException e) {
      // Whatever it is, it may pass, and other studies are shown too.
      problem = String.valueOf(e.getMessage());
    }
    boolean reportNow = Files.isRegularFile(folder.path().resolve("report.html"));
    news |= reportNow != report || !problem.equals(trouble);
    report = reportNow;
    trouble = problem;
    if (news || clock.millis() >= toldMillis + RETELL_MILLIS) {
      toldMillis = clock.millis();
      String leftNow = timeLeft();
      news |= !leftNow.equals(left);
      left = leftNow;
    }
    if (news) {
      changed();
    }
  }

  private static boolean same(Optional<Stored> one, Optional<Stored> other) {
    return one.orElse(null) == other.orElse(null);
  }

  private void take(Optional<Stored> now) {
    boolean samePlan =
        now.isPresent()
            && stored.isPresent()
            && now.get().plan() == stored.get().plan()
            && now.get().name().equals(stored.get().name());
    stored = now;
    if (!samePlan) {
      planVersion = next();
      places.clear();
      endings.clear();
      now.ifPresent(study -> {
        for (int i = 0; i < study.plan().size(); i++) {
          places.put(study.plan().get(i).id(), i);
        }
      });
    }
    now.ifPresent(this::takeEndings);
  }

  private void takeEndings(Stored study) {
    boolean pca =
        study.endings().values().stream()
            .anyMatch(trial -> Double.isFinite(trial.metric("pca_mse")));
    boolean anew = pca != againstPca;
    againstPca = pca;
    study
        .endings()
        .forEach((id, trial) -> {
          Integer place = places.get(id);
          Ending before = place == null ? null : endings.get(place);
          if (place != null && (anew || before == null || before.trial != trial)) {
            endings.put(place, new Ending(trial, value(trial), next()));
          }
        });
    // A result that goes away is one that the store was emptied of; the page then begins anew.
    boolean gone =
        endings.values().removeIf(ending -> !study.endings().containsKey(ending.trial.id()));
    planVersion = gone ? next() : planVersion;
    ValueColors now =
        ValueColors.of(
            endings.values().stream()
                .filter(ending -> !ending.trial.verdict().equals("exploded"))
                .mapToDouble(Ending::value)
                .filter(Double::isFinite));
    if (anew || !now.equals(colors)) {
      colors = now;
      colorsVersion = next();
    }
  }

  /// What the page colours by; NaN where a trial did not run to its end.
  private double value(FinishedTrial trial) {
    return switch (trial.status()) {
      case CONVERGED, MAX_EPOCHS ->
          againstPca ? trial.metric("val_mse") / trial.metric("pca_mse") : trial.metric("val_mse");
      case DIVERGED, OUT_OF_MEMORY, TIMED_OUT, PRUNED, FAILED -> Double.NaN;
    };
  }

  private boolean runs(RunLog.Curve curve) {
    return alive && log.begunMillis() != oldLog && curve.running;
  }

  private String timeLeft() {
    if (!alive || log.begunMillis() == 0 || log.begunMillis() == oldLog) {
      return "";
    }
    List<TimeLeft.Ended> ended =
        log.finished().stream()
            .filter(places::containsKey)
            .map(id -> Optional.ofNullable(endings.get(places.get(id))))
            .flatMap(Optional::stream)
            .map(end -> new TimeLeft.Ended(log.work(end.trial.id()), end.trial.seconds()))
            .toList();
    double elapsed = (clock.millis() - log.begunMillis()) / 1000.0;
    return TimeLeft.of(elapsed, log.workLeft(), ended).map(TimeLeft::text).orElse("");
  }

  /// How far a study is.
  ///
  /// @param folder its name
  /// @param name of the study; empty before a run has planned it
  /// @param ended number of trials by status
  /// @param learned number of those that ended whose verdict is that
  /// @param running number of trials
  /// @param left time, in words; empty where there is nothing to tell
  /// @param trouble a sentence, if its folder cannot be read
  record Progress(
      String folder,
      String name,
      int planned,
      SequencedMap<String, Integer> ended,
      int learned,
      int running,
      boolean alive,
      String left,
      boolean report,
      String trouble) {}

  synchronized Progress progress() {
    Map<Status, Integer> counts = new EnumMap<>(Status.class);
    endings.values().forEach(end -> counts.merge(end.trial.status(), 1, Integer::sum));
    SequencedMap<String, Integer> ended = new LinkedHashMap<>();
    counts.forEach((status, count) -> ended.put(status.text(), count));
    return new Progress(
        String.valueOf(folder.path().toAbsolutePath().normalize().getFileName()),
        stored.map(Stored::name).orElse(""),
        places.size(),
        ended,
        (int) endings.values().stream().filter(Ending::learned).count(),
        (int) log.curves().stream().filter(this::runs).count(),
        alive,
        left,
        report,
        trouble);
  }

  @Override
  String data(long known) {
    boolean reset = known < planVersion;
    long since = reset ? 0 : known;
    SequencedMap<String, Object> data = new LinkedHashMap<>();
    data.put("progress", progress());
    if (reset) {
      data.put("study", stored.map(StudyPlan::of).orElse(StudyPlan.NONE));
    }
    if (reset || since < colorsVersion) {
      data.put("colors", colors);
      data.put("measure", againstPca ? "validation MSE ÷ MSE of PCA" : "validation MSE");
    }
    List<Object> ended = new ArrayList<>();
    endings.forEach((place, end) -> {
      if (end.version > since) {
        ended.add(ending(place, end));
      }
    });
    data.put("ended", ended);
    data.put(
        "curves",
        log.curves().stream()
            .filter(curve -> places.containsKey(curve.trial))
            .map(curve -> curve(curve, since))
            .toList());
    try {
      return LiveEvent.JSON.writeValueAsString(data);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("numbers and words can be written", impossible);
    }
  }

  private static List<Object> ending(int place, Ending end) {
    FinishedTrial trial = end.trial;
    return List.of(
        place,
        trial.status().text(),
        trial.verdict(),
        trial.epochs(),
        trial.seconds(),
        end.value,
        trial.message(),
        end.version);
  }

  /// Every curve that is to be seen, with the epochs that are new.
  private SequencedMap<String, Object> curve(RunLog.Curve curve, long since) {
    SequencedMap<String, Object> data = new LinkedHashMap<>();
    data.put("trial", places.get(curve.trial));
    data.put("begun", curve.begun);
    data.put("running", runs(curve));
    data.put(
        "points",
        curve.points.stream()
            .filter(point -> point.version() > since)
            .map(point -> List.of(point.epoch(), point.train(), point.validation()))
            .toList());
    return data;
  }
}
