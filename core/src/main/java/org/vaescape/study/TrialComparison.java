package org.vaescape.study;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.vaescape.study.FinishedTrial.Epoch;

/// What a stored trial and the same one trained again have to do with each other.
///
/// Where machine, libraries and path are the same, results are too, to the last bit. Elsewhere sums
/// are added in another order, and training makes more of that with every step: there it is held
/// against tolerances that were measured (docs/reproducing.md has how). Those are about errors of
/// reconstruction, which stay close; KL, clusters and bounds go their own ways and are not judged.
///
/// @param elsewhere what is otherwise on this machine, half a sentence each; empty if nothing is
/// @param bits everything that differs
/// @param beyond what differs by more than another machine explains
/// @param endsOtherwise whether status or verdict differ
public record TrialComparison(
    List<String> elsewhere,
    List<TrialDifference> bits,
    List<TrialDifference> beyond,
    boolean endsOtherwise) {
  /// Ten times the largest that was measured.
  private static final double FIRST_EPOCH = 0.002;

  /// Three times the largest that was measured.
  private static final double LATER_EPOCHS = 0.1;

  /// Three times the largest that was measured of trials that stopped at the same epoch.
  private static final double AT_THE_SAME_STOP = 0.1;

  /// Three times the largest that was measured of those that stopped at different ones.
  private static final double AT_ANOTHER_STOP = 0.25;

  /// Of what no training decides; at most 1e-8 was measured.
  private static final double OF_DATA = 1e-4;

  /// Facts on which the last bits of results hang.
  private static final List<String> MACHINE =
      List.of("device", "threads", "libraries", "kernels", "java", "cpu");

  private static final List<String> TERMS = List.of("train_reconstruction", "val_reconstruction");

  private static final List<String> ERRORS =
      List.of(
          "val_reconstruction",
          "val_mse",
          "val_mse_sampled",
          "val_reconstruction_recalibrated",
          "val_mse_recalibrated",
          "val_mse_sampled_recalibrated",
          "train_mse");

  private static final List<String> BASELINES =
      List.of("mean_mse", "pca_mse", "untrained_mse", "val_clipped_share", "decoder_variance");

  /// What the comparison comes to.
  public enum Outcome {
    SAME_BITS,
    WITHIN_TOLERANCE,
    /// On another machine it went the same way and came to another end, which is no proof of
    /// anything.
    UNDECIDED,
    DIFFERENT
  }

  /// Of two results of one trial.
  ///
  /// @param stored what the store says of the trial
  /// @param again what came out now, of the same settings and seeds
  public static TrialComparison of(FinishedTrial stored, FinishedTrial again) {
    return new TrialComparison(
        elsewhere(stored, again),
        TrialDifference.all(stored, again),
        beyond(stored, again),
        endsOtherwise(stored, again));
  }

  /// Of all of it together.
  public Outcome outcome() {
    if (bits.isEmpty()) {
      return Outcome.SAME_BITS;
    }
    if (elsewhere.isEmpty() || !beyond.isEmpty()) {
      return Outcome.DIFFERENT;
    }
    return endsOtherwise ? Outcome.UNDECIDED : Outcome.WITHIN_TOLERANCE;
  }

  /// What speaks for [Outcome#DIFFERENT].
  public List<TrialDifference> differences() {
    return elsewhere.isEmpty() ? bits : beyond;
  }

  private static List<String> elsewhere(FinishedTrial stored, FinishedTrial again) {
    List<String> facts = new ArrayList<>();
    MACHINE.forEach(name -> compare(facts, name, fact(stored, name), fact(again, name)));
    compare(facts, "path", stored.path(), again.path());
    compare(facts, "system", system(stored), system(again));
    return facts;
  }

  private static void compare(List<String> facts, String name, String there, String here) {
    if (!there.equals(here)) {
      facts.add(
          "%s is %s there and %s here".formatted(name, there.isEmpty() ? "unknown" : there, here));
    }
  }

  private static String fact(FinishedTrial trial, String name) {
    return trial.provenance().getOrDefault(name, "");
  }

  /// Name and architecture; the release of the kernel computes nothing.
  private static String system(FinishedTrial trial) {
    String text = fact(trial, "system");
    return text.replaceFirst(" .* ", " ");
  }

  private static boolean endsOtherwise(FinishedTrial stored, FinishedTrial again) {
    return stored.status() != again.status() || !stored.verdict().equals(again.verdict());
  }

  private static List<TrialDifference> beyond(FinishedTrial stored, FinishedTrial again) {
    List<TrialDifference> beyond = new ArrayList<>();
    TrialDifference.all(stored, again).stream()
        .filter(difference -> isFixed(difference.what()))
        .forEach(beyond::add);
    SortedMap<Integer, Epoch> epochs = new TreeMap<>();
    again.curve().forEach(epoch -> epochs.put(epoch.number(), epoch));
    for (Epoch one : stored.curve()) {
      Epoch other = epochs.get(one.number());
      if (other != null) {
        add(
            beyond,
            "epoch " + one.number() + ", ",
            TERMS,
            one.terms(),
            other.terms(),
            one.number() == 1 ? FIRST_EPOCH : LATER_EPOCHS);
      }
    }
    double tolerance = stored.epochs() == again.epochs() ? AT_THE_SAME_STOP : AT_ANOTHER_STOP;
    add(beyond, "metric ", ERRORS, stored.metrics(), again.metrics(), tolerance);
    add(beyond, "metric ", BASELINES, stored.metrics(), again.metrics(), OF_DATA);
    return beyond;
  }

  /// Of what no arithmetic decides.
  private static boolean isFixed(String what) {
    return what.startsWith("setting ")
        || what.equals("repeat")
        || what.equals("precision")
        || what.equals("data hash");
  }

  private static void add(
      List<TrialDifference> beyond,
      String what,
      List<String> names,
      Map<String, Double> stored,
      Map<String, Double> again,
      double tolerance) {
    for (String name : names) {
      Double one = stored.get(name);
      Double other = again.get(name);
      if (one != null && other != null && !isClose(one, other, tolerance)) {
        beyond.add(
            new TrialDifference(what + name, FinishedTrial.text(one), FinishedTrial.text(other)));
      }
    }
  }

  private static boolean isClose(double one, double other, double tolerance) {
    return Double.compare(one, other) == 0
        || Math.abs(one - other) <= tolerance * Math.max(Math.abs(one), Math.abs(other));
  }
}
