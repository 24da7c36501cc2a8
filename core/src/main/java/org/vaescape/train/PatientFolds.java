package org.vaescape.train;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Deals samples to folds: all of a patient to one, and the patients of each class evenly.
final class PatientFolds {
  /// The fold of samples that take no part: without a label, or of a class that has one patient,
  /// which could not be told from others.
  static final int NONE = -1;

  private PatientFolds() {}

  /// The fold of each point, from 0. Nothing is left to chance: patients are dealt class by class,
  /// in the order of the labels' names and of the points.
  static int[] of(Points points, int folds) {
    int[] fold = new int[points.size()];
    Arrays.fill(fold, NONE);
    Map<String, Integer> ofPatient = new HashMap<>();
    int next = 0;
    for (String label : new TreeSet<>(points.labels())) {
      if (label.isEmpty() || isOfOnePatient(points, label)) {
        continue;
      }
      for (int i = 0; i < fold.length; i++) {
        if (points.labels().get(i).equals(label)) {
          String patient = points.patients().get(i);
          Integer dealt = ofPatient.get(patient);
          if (dealt == null) {
            dealt = next++ % folds;
            ofPatient.put(patient, dealt);
          }
          fold[i] = dealt;
        }
      }
    }
    return fold;
  }

  private static boolean isOfOnePatient(Points points, String label) {
    Set<String> patients = new HashSet<>();
    for (int i = 0; i < points.size(); i++) {
      if (points.labels().get(i).equals(label)) {
        patients.add(points.patients().get(i));
      }
    }
    return patients.size() < 2;
  }
}
