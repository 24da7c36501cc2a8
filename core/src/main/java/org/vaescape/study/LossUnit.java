package org.vaescape.study;

import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;

/// The unit of a trial's own reconstruction loss, told from its settings: numbers of different
/// units are not to be compared, averaged or drawn on one scale.
///
/// @param words which term and sum: `mse, mean over genes`; empty if the settings do not tell
/// @param fit what the data are scaled on: `train` or `all`; empty if the settings do not tell
public record LossUnit(String words, String fit) {
  private static final String RECONSTRUCTION = "reconstruction";
  private static final String OBJECTIVE = "objective";

  /// Of a model that has a term of its own.
  private static final String LOG_COSH_ALPHA = "logcosh-vae.alpha";

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
        || key.equals(LOG_COSH_ALPHA)
        || key.endsWith(COMPAT);
  }

  /// The unit of a model's own reconstruction loss; equal only for cells of one model.
  ///
  /// @param settings as [FinishedTrial#settings]
  public static LossUnit of(SequencedMap<String, String> settings) {
    List<String> words = new ArrayList<>();
    if ("logcosh-vae".equals(settings.get("model"))) {
      String alpha = settings.get(LOG_COSH_ALPHA);
      words.add(alpha == null ? "logcosh" : "logcosh of alpha " + alpha);
    } else if (settings.containsKey(RECONSTRUCTION)) {
      words.add(settings.get(RECONSTRUCTION) + ownSettings(settings));
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

  private static String ownSettings(SequencedMap<String, String> settings) {
    StringBuilder words = new StringBuilder();
    settings.forEach((key, value) -> {
      if (key.startsWith(RECONSTRUCTION + ".")) {
        words.append(words.isEmpty() ? " of " : " and ");
        words.append(key.substring(RECONSTRUCTION.length() + 1)).append(' ').append(value);
      }
    });
    return words.toString();
  }
}
