package org.vaescape.train;

import java.util.List;
import org.vaescape.search.Member;

/// How well a linear map tells the labels of held-out samples, fitted to others of them.
record RegressionAccuracy() implements LabelMetric {
  static final Member<LabelMetric> MEMBER =
      new Member<>(
          "logistic_balanced_accuracy",
          "balanced accuracy of multinomial logistic regression, standardized, C = 1, in %d folds by patient; labels of one patient are left out"
              .formatted(LogisticRegression.FOLDS),
          "scikit-learn",
          List.of(),
          _ -> new RegressionAccuracy());

  @Override
  public double of(LabelledPlaces places) {
    return LogisticRegression.crossValidated(places.held());
  }
}
