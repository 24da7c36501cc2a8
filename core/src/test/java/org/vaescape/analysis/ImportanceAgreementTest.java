package org.vaescape.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ImportanceAgreementTest {
  private static final double[] SHARES = {0.5, 0.3, 0.1, 0.05, 0.03, 0.02};

  @Test
  void ranksEffectsAndComparesTheFirst() {
    double[] other = {0.4, 0.45, 0.05, 0.05, 0.01, 0.02};
    ImportanceAgreement found = ImportanceAgreement.of(SHARES, other, 0.95);
    assertEquals(RankAgreement.of(SHARES, other, 0.95), found.ranks());
    // scipy.stats.spearmanr and kendalltau; numpy.corrcoef of Savage scores, ties sharing theirs
    assertEquals(0.8696565534786727, found.ranks().spearman().coefficient(), 1e-14);
    assertEquals(0.6900655593423543, found.ranks().kendall().coefficient(), 1e-14);
    assertEquals(0.6968670973294724, found.topDown(), 1e-13);
    assertEquals(List.of(0), found.firstOfOne());
    assertEquals(List.of(1), found.firstOfOther());
  }

  /// Two exchanges of the same distance in ranks, at the bottom and at the top.
  @Test
  void countsAgreementAtTheTopMost() {
    double[] bottom = {0.5, 0.3, 0.1, 0.02, 0.03, 0.05};
    double[] top = {0.1, 0.3, 0.5, 0.05, 0.03, 0.02};
    ImportanceAgreement below = ImportanceAgreement.of(SHARES, bottom, 0.95);
    ImportanceAgreement above = ImportanceAgreement.of(SHARES, top, 0.95);
    assertEquals(0.7714285714285715, below.ranks().spearman().coefficient(), 1e-14);
    assertEquals(0.7714285714285715, above.ranks().spearman().coefficient(), 1e-14);
    assertEquals(0.9429577464788731, below.topDown(), 1e-13);
    assertEquals(0.36619718309859156, above.topDown(), 1e-13);
  }

  @Test
  void isExactlyOneForEqualImportances() {
    ImportanceAgreement same = ImportanceAgreement.of(SHARES, SHARES, 0.95);
    assertEquals(1, same.topDown());
    assertEquals(1, same.ranks().spearman().coefficient());
    assertEquals(1, same.ranks().kendall().coefficient());
  }

  @Test
  void saysWhenEffectsTieForTheFirst() {
    double[] tie = {0.4, 0.1, 0.4};
    double[] clear = {0.4, 0.1, 0.3};
    ImportanceAgreement found = ImportanceAgreement.of(tie, clear, 0.95);
    assertEquals(List.of(0, 2), found.firstOfOne());
  }

  @Test
  void hasNoIntervalBelowFiveEffects() {
    double[] four = {0.4, 0.3, 0.2, 0.1};
    RankAgreement ranks = ImportanceAgreement.of(four, four, 0.95).ranks();
    assertEquals(Optional.empty(), ranks.spearman().interval());
    assertEquals(Optional.empty(), ranks.kendall().interval());
    double[] five = {0.4, 0.3, 0.2, 0.1, 0};
    assertTrue(ImportanceAgreement.of(five, five, 0.95).ranks().spearman().interval().isPresent());
  }

  @Test
  void keepsPlacesWhereAStudyLacksAnEffect() {
    double[] lacking = {Double.NaN, 0.3, 0.1, 0.05, 0.03, 0.02};
    ImportanceAgreement found = ImportanceAgreement.of(SHARES, lacking, 0.95);
    assertEquals(5, found.ranks().pairs());
    assertEquals(1, found.ranks().dropped());
    assertEquals(List.of(1), found.firstOfOne());
  }

  @Test
  void refusesTooFewEffectsAndInfiniteImportance() {
    double[] two = {0.5, 0.2};
    assertTrue(refusal(() -> ImportanceAgreement.of(two, two, 0.95)).contains("at least 3"));
    double[] infinite = {1, 2, Double.POSITIVE_INFINITY};
    assertTrue(
        refusal(() -> ImportanceAgreement.of(infinite, infinite, 0.95)).contains("Infinity"));
  }

  private static String refusal(Runnable call) {
    return String.valueOf(assertThrows(IllegalArgumentException.class, call::run).getMessage());
  }
}
