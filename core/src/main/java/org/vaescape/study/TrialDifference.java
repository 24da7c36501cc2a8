package org.vaescape.study;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import org.vaescape.study.FinishedTrial.Checkpoint;
import org.vaescape.study.FinishedTrial.Epoch;

/// Something that two results of one trial do not agree in.
///
/// @param what `status`, `metric val_mse`, `epoch 3, val_loss`, ...
/// @param stored what the store says; `nothing` where it lacks it
/// @param again the same of the trial when it was trained again
public record TrialDifference(String what, String stored, String again) {
  private static final String NOTHING = "nothing";

  /// The term of a curve that is no result.
  private static final String SECONDS = "seconds";

  /// Everything that differs to the last bit, but for times, and for where and how trials were
  /// made; a fact of that which the weights hang on is the digest of these.
  public static List<TrialDifference> all(FinishedTrial stored, FinishedTrial again) {
    Found found = new Found();
    found.texts("setting ", stored.settings(), again.settings());
    found.text("repeat", stored.repeat(), again.repeat());
    found.text("status", stored.status().text(), again.status().text());
    found.text("verdict", stored.verdict(), again.verdict());
    found.text("epochs", stored.epochs(), again.epochs());
    found.text("path", stored.path(), again.path());
    found.text("precision", stored.precision(), again.precision());
    found.text("data hash", stored.dataHash(), again.dataHash());
    found.text("message", stored.message(), again.message());
    found.numbers("metric ", stored.metrics(), again.metrics());
    found.text("checkpoints", names(stored), names(again));
    for (int i = 0; i < Math.min(stored.checkpoints().size(), again.checkpoints().size()); i++) {
      Checkpoint one = stored.checkpoints().get(i);
      Checkpoint other = again.checkpoints().get(i);
      String name = "checkpoint " + one.name() + ", ";
      found.text(name + "epoch", one.epoch(), other.epoch());
      found.text(name + "verdict", one.verdict(), other.verdict());
      found.numbers(name + "metric ", one.metrics(), other.metrics());
    }
    found.text("length of the curve", stored.curve().size(), again.curve().size());
    for (int i = 0; i < Math.min(stored.curve().size(), again.curve().size()); i++) {
      Epoch one = stored.curve().get(i);
      found.text("number of an epoch", one.number(), again.curve().get(i).number());
      found.numbers("epoch " + one.number() + ", ", one.terms(), again.curve().get(i).terms());
    }
    String weights = stored.provenance().get(FinishedTrial.WEIGHTS);
    if (weights != null) { // earlier versions kept no digest of them
      found.text("weights", weights, again.provenance().getOrDefault(FinishedTrial.WEIGHTS, ""));
    }
    return found.differences;
  }

  private static List<String> names(FinishedTrial trial) {
    return trial.checkpoints().stream().map(Checkpoint::name).toList();
  }

  /// As a message has it: `metric val_mse is 0.5 in the store and 0.4 trained again`.
  public String text() {
    return "%s is %s in the store and %s trained again".formatted(what, stored, again);
  }

  private static final class Found {
    private final List<TrialDifference> differences = new ArrayList<>();

    void text(String what, Object stored, Object again) {
      if (!stored.equals(again)) {
        differences.add(new TrialDifference(what, quoted(stored), quoted(again)));
      }
    }

    private static String quoted(Object value) {
      return value.equals("") ? NOTHING : value.toString();
    }

    void texts(String what, Map<String, String> stored, Map<String, String> again) {
      for (String name : names(stored, again)) {
        text(what + name, stored.getOrDefault(name, ""), again.getOrDefault(name, ""));
      }
    }

    void numbers(String what, Map<String, Double> stored, Map<String, Double> again) {
      for (String name : names(stored, again)) {
        Optional<Double> one = Optional.ofNullable(stored.get(name));
        Optional<Double> other = Optional.ofNullable(again.get(name));
        // Equal are two doubles of the same bits, NaN among them, but for other NaN.
        if (!name.equals(SECONDS) && !one.equals(other)) {
          differences.add(
              new TrialDifference(
                  what + name,
                  one.map(FinishedTrial::text).orElse(NOTHING),
                  other.map(FinishedTrial::text).orElse(NOTHING)));
        }
      }
    }

    private static SequencedSet<String> names(Map<String, ?> stored, Map<String, ?> again) {
      SequencedSet<String> names = new LinkedHashSet<>(stored.keySet());
      names.addAll(again.keySet());
      return names;
    }
  }
}
