package org.vaescape.cli;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;

/// Outcomes of which large values are good ones, as far as a name tells.
final class ScoreNames {
  private static final Set<String> WORDS =
      Set.of(
          "acc",
          "accuracy",
          "ari",
          "auc",
          "auprc",
          "auroc",
          "concordance",
          "correlation",
          "elbo",
          "f1",
          "fitness",
          "likelihood",
          "nmi",
          "precision",
          "r2",
          "recall",
          "reward",
          "score");

  private static final Set<String> OPPOSITES =
      Set.of("error", "loss", "neg", "negative", "nll", "regret");

  private ScoreNames() {}

  /// Whether a column called `val_accuracy` or `config/test-f1` sounds like one, and `score_loss`
  /// does not.
  static boolean sounds(String column) {
    Set<String> words = Set.of(distinct(column.toLowerCase(Locale.ROOT).split("[^a-z0-9]+")));
    return words.stream().anyMatch(WORDS::contains)
        && words.stream().noneMatch(OPPOSITES::contains);
  }

  private static String[] distinct(String[] words) {
    return Arrays.stream(words).distinct().toArray(String[]::new);
  }
}
