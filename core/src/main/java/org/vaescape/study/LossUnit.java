package org.vaescape.study;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Predicate;
import org.vaescape.model.Models;
import org.vaescape.model.ReconstructionTerm;
import org.vaescape.model.VaeModel;
import org.vaescape.search.Member;

/// The unit of a trial's own reconstruction loss, told from its settings: numbers of different
/// units are not to be compared, averaged or drawn on one scale.
///
/// @param words which term and sum: `mse, mean over genes`; empty if the settings do not tell
/// @param fit what the data are scaled on: `train` or `all`; empty if the settings do not tell
public record LossUnit(String words, String fit) {
  private static final String RECONSTRUCTION = "reconstruction";
  private static final String OBJECTIVE = "objective";

  /// Terms of models that have one of their own, by model.
  private static final Map<String, Member<ReconstructionTerm>> OWN_TERMS = ownTerms();

  /// Some forms of a loss sum where others average, or add a term to the error.
  private static final String COMPAT = ".compat";

  /// Of numbers that have one unit whatever the settings are.
  public static final LossUnit NONE = new LossUnit("", "");

  /// Whether the unit may change with this key of a cell.
  public static boolean dependsOn(String key) {
    return key.equals(RECONSTRUCTION)
        || key.startsWith(RECONSTRUCTION + ".")
        || key.equals(OBJECTIVE)
        || key.equals(StudyKeys.DATA_FIT) // what the data are scaled by, and so what 1 is
        || OWN_TERMS.entrySet().stream()
            .anyMatch(own -> settingOf(own.getKey(), own.getValue()).test(key))
        || key.endsWith(COMPAT);
  }

  /// The unit of a model's own reconstruction loss; equal only for cells of one model.
  ///
  /// @param settings as [FinishedTrial#settings]
  public static LossUnit of(SequencedMap<String, String> settings) {
    List<String> words = new ArrayList<>();
    String model = settings.getOrDefault("model", "");
    Member<ReconstructionTerm> own = OWN_TERMS.get(model);
    if (own != null) {
      words.add(own.name() + values(settings, settingOf(model, own)));
    } else if (settings.containsKey(RECONSTRUCTION)) {
      words.add(
          settings.get(RECONSTRUCTION)
              + values(settings, key -> key.startsWith(RECONSTRUCTION + ".")));
    }
    if (settings.containsKey(OBJECTIVE)) {
      boolean sum = StudyKeys.ELBO.equals(settings.get(OBJECTIVE));
      words.add(sum ? "sum over genes" : "mean over genes");
    }
    settings.forEach((key, value) -> {
      if (key.endsWith(COMPAT) && !value.equals("none")) {
        words.add("form of " + value);
      }
    });
    return new LossUnit(String.join(", ", words), settings.getOrDefault(StudyKeys.DATA_FIT, ""));
  }

  /// The unit of a squared error that all models have alike, such as `val_mse`.
  public static LossUnit ofError(SequencedMap<String, String> settings) {
    return new LossUnit("", settings.getOrDefault(StudyKeys.DATA_FIT, ""));
  }

  private static Map<String, Member<ReconstructionTerm>> ownTerms() {
    Map<String, Member<ReconstructionTerm>> terms = new LinkedHashMap<>();
    for (Member<VaeModel> model : Models.CATALOGUE.members()) {
      model.create(Map.of()).ownTerm().ifPresent(term -> terms.put(model.name(), term));
    }
    return terms;
  }

  /// Whether a key of a cell is a setting of a model's own term.
  private static Predicate<String> settingOf(String model, Member<ReconstructionTerm> term) {
    return key ->
        term.settings().stream().anyMatch(setting -> key.equals(model + "." + setting.name()));
  }

  /// ` of alpha 10 and beta 2`.
  private static String values(
      SequencedMap<String, String> settings, Predicate<String> isOfTheTerm) {
    StringBuilder words = new StringBuilder();
    settings.forEach((key, value) -> {
      if (isOfTheTerm.test(key)) {
        words.append(words.isEmpty() ? " of " : " and ");
        words.append(key.substring(key.indexOf('.') + 1)).append(' ').append(value);
      }
    });
    return words.toString();
  }
}
