package org.vaescape.report;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Function;
import org.vaescape.study.FinishedTrial;
import org.vaescape.study.FinishedTrial.Epoch;
import org.vaescape.study.KeyPath;

/// Trials as the page's script reads them: every column of `trials.csv` with its texts as they are
/// there, and curves in few digits. A row is a trial, in the order of `trials.csv`.
record PageData(ReportInput input, StudyCells study) {
  private static final List<String> TERMS =
      List.of(
          "train_loss",
          "val_loss",
          "train_reconstruction",
          "val_reconstruction",
          "train_kl",
          "val_kl");

  /// A curve is looked at, not computed with.
  private static final int CURVE_DIGITS = 3;

  /// Beyond so many epochs in all, curves are thinned: a page of 10,000 trials is to stay one.
  private static final int MOST_EPOCHS = 150_000;

  /// As JSON that can stand in a script element.
  String json() {
    return ScriptJson.of(this::write);
  }

  private void write(JsonGenerator out) throws IOException {
    List<FinishedTrial> trials =
        PlanOrder.of(input.plan().stream().map(ReportInput.Planned::id).toList(), input.trials());
    out.writeStartObject();
    out.writeStringField("study", input.studyName());
    out.writeStringField("noun", input.table().isPresent() ? "run" : "trial");
    ScriptJson.texts(out, "keys", keys());
    out.writeObjectFieldStart("paths");
    for (String key : keys()) {
      out.writeStringField(key, KeyPath.of(key, input.readings()));
    }
    out.writeEndObject();
    ScriptJson.texts(out, "shown", new ShownColumns(input, study).names());
    out.writeArrayFieldStart("columns");
    for (Map.Entry<String, Function<FinishedTrial, String>> column : columns().entrySet()) {
      column(out, column.getKey(), trials.stream().map(column.getValue()).toList());
    }
    out.writeEndArray();
    out.writeArrayFieldStart("made");
    for (String fact : made(trials)) {
      List<String> texts =
          trials.stream().map(trial -> trial.provenance().getOrDefault(fact, "")).toList();
      column(out, fact, texts);
    }
    out.writeEndArray();
    curves(out, trials);
    out.writeEndObject();
  }

  /// Facts of how trials were made, in their order; not the digest of their weights, which would
  /// take more room than all others.
  private static List<String> made(List<FinishedTrial> trials) {
    return trials.stream()
        .flatMap(trial -> trial.provenance().keySet().stream())
        .distinct()
        .filter(fact -> !fact.equals(FinishedTrial.WEIGHTS))
        .toList();
  }

  /// What varies and so tells one cell from another.
  private List<String> keys() {
    return input.table().map(TableColumns::factors).orElseGet(study::varying);
  }

  private SequencedMap<String, Function<FinishedTrial, String>> columns() {
    if (input.table().isEmpty()) {
      return TrialTable.columns(input.seed(), input.trials());
    }
    TableColumns own = input.table().get();
    SequencedMap<String, Function<FinishedTrial, String>> columns = new LinkedHashMap<>();
    columns.put("run", FinishedTrial::id);
    own.factors().forEach(key -> columns.putIfAbsent(key, run -> TrialTable.setting(run, key)));
    columns.putIfAbsent("repeat", run -> Integer.toString(run.repeat()));
    columns.putIfAbsent(own.outcome(), run -> TrialTable.metric(run, own.outcome()));
    columns.putIfAbsent("ending", TableSummary::ending);
    return columns;
  }

  /// A column of few different texts names each once.
  private static void column(JsonGenerator out, String name, List<String> texts)
      throws IOException {
    out.writeStartObject();
    out.writeStringField("name", name);
    Map<String, Integer> levels = new LinkedHashMap<>();
    texts.forEach(text -> levels.putIfAbsent(text, levels.size()));
    if (2 * levels.size() > texts.size()) {
      ScriptJson.texts(out, "texts", texts);
    } else {
      ScriptJson.texts(out, "levels", List.copyOf(levels.keySet()));
      out.writeArrayFieldStart("rows");
      for (String text : texts) {
        out.writeNumber(levels.getOrDefault(text, 0));
      }
      out.writeEndArray();
    }
    out.writeEndObject();
  }

  private static void curves(JsonGenerator out, List<FinishedTrial> trials) throws IOException {
    List<String> terms =
        TERMS.stream().filter(term -> trials.stream().anyMatch(trial -> has(trial, term))).toList();
    long epochs = trials.stream().mapToLong(trial -> trial.curve().size()).sum();
    int step = (int) Math.max(1, Math.ceilDiv(epochs, (long) MOST_EPOCHS));
    ScriptJson.texts(out, "terms", terms);
    out.writeNumberField("step", step);
    out.writeArrayFieldStart("curves");
    for (FinishedTrial trial : trials) {
      curve(out, thinned(trial, step), terms);
    }
    out.writeEndArray();
  }

  private static boolean has(FinishedTrial trial, String term) {
    return trial.curve().stream().anyMatch(epoch -> epoch.terms().containsKey(term));
  }

  /// Every so-manieth epoch, and always the first, the stop and the last.
  private static List<Epoch> thinned(FinishedTrial trial, int step) {
    int last = trial.curve().size() - 1;
    List<Epoch> kept = new ArrayList<>();
    for (int i = 0; i <= last; i++) {
      Epoch epoch = trial.curve().get(i);
      if (i % step == 0 || i == last || epoch.number() == trial.epochs()) {
        kept.add(epoch);
      }
    }
    return kept;
  }

  /// The numbers of the epochs, then the values of each term.
  private static void curve(JsonGenerator out, List<Epoch> epochs, List<String> terms)
      throws IOException {
    out.writeStartArray();
    if (!epochs.isEmpty()) {
      out.writeStartArray();
      for (Epoch epoch : epochs) {
        out.writeNumber(epoch.number());
      }
      out.writeEndArray();
      for (String term : terms) {
        out.writeStartArray();
        for (Epoch epoch : epochs) {
          double value = epoch.terms().getOrDefault(term, Double.NaN);
          ScriptJson.number(out, value, CURVE_DIGITS);
        }
        out.writeEndArray();
      }
    }
    out.writeEndArray();
  }
}
