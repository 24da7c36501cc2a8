package org.vaescape.study;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.vaescape.data.DataSettings;
import org.vaescape.search.Cell;
import org.vaescape.train.Optimizers;

/// What makes a trial the trial it is: everything that its result depends on.
///
/// A trial's id is the hash of these facts, so that equal ids mean equal results and a trial is
/// never trained twice. Orientation is not among them, since the content hash is of the matrix as
/// read; nor are time limits, number of workers and what becomes of weights.
///
/// @param dataHash content hash of the matrix
/// @param labelsHash content hash of labels, batches and survival, empty without any
record Identity(Study study, String dataHash, String labelsHash, Execution execution) {
  /// Raised by hand whenever a change alters the results of trials.
  static final int NUMERICS = 10;

  private static final String NORMALIZE = "data.normalize";
  private static final String LOG = "data.log";

  /// Facts that stores of earlier versions do not have, and what they are in such a store.
  static final SortedMap<String, String> LATER =
      new TreeMap<>(Map.of(NORMALIZE, "none", LOG, "none"));

  private static final int ID_DIGITS = 16;

  /// 16 hexadecimal digits.
  String id(Cell cell, int repeat) {
    SequencedMap<String, String> facts =
        facts(cell.text(StudyKeys.DATA_FIT), cell.text(StudyKeys.VALIDATION_LATENT));
    facts.put("seed", Long.toString(study.seed()));
    facts.putAll(study.seeds().texts());
    facts.put("repeat", Integer.toString(repeat));
    facts.put("split", Integer.toString(study.repeats().splitOf(repeat)));
    facts.put("cell", cellText(cell));
    return Hashes.of("vaescape trial\n" + lines(facts)).substring(0, ID_DIGITS);
  }

  /// What all trials of the study share, apart from the seed.
  SequencedMap<String, String> common() {
    SequencedMap<String, String> facts = facts("", "");
    facts.keySet().removeAll(OpenPoints.OF_SECTIONS.keySet());
    LATER.forEach(facts::putIfAbsent);
    return facts;
  }

  /// The order of these is a part of every id.
  private SequencedMap<String, String> facts(String fit, String latent) {
    DataSettings settings = study.data().settings();
    SequencedMap<String, String> facts = new LinkedHashMap<>();
    facts.put("numerics", Integer.toString(NUMERICS));
    facts.put("content of data.matrix", dataHash);
    facts.put("content of data.labels", labelsHash);
    facts.put("data.missing", settings.missing().text());
    facts.put(StudyKeys.DATA_FIT, fit);
    facts.put("data.select.by", settings.by().text());
    facts.put("data.select.keep", Integer.toString(settings.keep()));
    facts.put("data.scale", settings.scale().text());
    // Only where they are in use: trials from before there were such keys stay what they are.
    DataSettings.Counts counts = settings.counts();
    if (counts.normalize() != DataSettings.Normalize.NONE) {
      facts.put(NORMALIZE, counts.normalize().text());
    }
    if (counts.log() != DataSettings.Log.NONE) {
      facts.put(LOG, counts.log().text());
    }
    facts.put("data.split.validation", Cell.text(settings.validation()));
    facts.put("data.split.test", Cell.text(settings.test()));
    facts.put("data.split.group", settings.group().text());
    facts.put("data.split.stratify", settings.stratify().text());
    facts.put(StudyKeys.VALIDATION_LATENT, latent);
    if (!study.validationCompat().equals(StudyKeys.VALIDATION_COMPAT.defaultValue())) {
      facts.put("validation.compat", study.validationCompat());
    }
    // Only where it adds outcomes: trials from before there was the key stay what they are.
    if (!study.outcomesCompat().equals(StudyKeys.OUTCOMES_COMPAT.defaultValue())) {
      facts.put("outcomes.compat", study.outcomesCompat());
    }
    facts.put("precision", execution.precision());
    facts.put("path", execution.path());
    facts.put("device", execution.device());
    facts.put("threads", Integer.toString(execution.threads()));
    return facts;
  }

  /// A cell's keys in alphabetical order, without training keys at their defaults: the order of a
  /// study file is no part of a trial, and a key that a later version adds leaves the ids of older
  /// trials as they are. Whoever changes a default raises [#NUMERICS].
  static String cellText(Cell cell) {
    TreeMap<String, String> sorted = new TreeMap<>(cell.texts());
    sorted.keySet().removeAll(OpenPoints.OF_SECTIONS.keySet()); // facts of their own
    String decay = sorted.remove(StudyKeys.WEIGHT_DECAY);
    if (decay != null) {
      // One name, whichever key says it, and whether a number is the default or asked for.
      String optimizer = cell.text("optimizer");
      sorted.put(
          optimizer + "." + StudyKeys.WEIGHT_DECAY,
          decay.equals(StudyKeys.DEFAULT) ? ownDecay(optimizer) : decay);
    }
    StudyKeys.trainingDefaults().forEach((key, value) -> sorted.remove(key, Cell.text(value)));
    return lines(sorted);
  }

  /// The cell without what says when to stop: trials that differ in nothing else take the same
  /// steps, so that a rule can be tried on the curve of another.
  static String trainingText(Cell cell) {
    SequencedMap<String, Object> values = new LinkedHashMap<>(cell.values());
    values.keySet().removeIf(key -> StudyKeys.STOPPING.contains(key) || key.startsWith("stop."));
    return cellText(new Cell(values));
  }

  private static String ownDecay(String optimizer) {
    return Cell.text(
        Optimizers.CATALOGUE.member(optimizer).setting(StudyKeys.WEIGHT_DECAY).defaultValue());
  }

  private static String lines(Map<String, String> facts) {
    return facts.entrySet().stream()
        .map(fact -> fact.getKey() + "=" + fact.getValue())
        .collect(Collectors.joining("\n"));
  }
}
