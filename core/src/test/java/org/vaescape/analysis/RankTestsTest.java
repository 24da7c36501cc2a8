package org.vaescape.analysis;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vaescape.Covers;
import org.vaescape.Golden;

@Covers("analysis/ranks")
class RankTestsTest {
  private static final JsonNode FILE = Golden.read("analysis/ranks");

  private static double[][] rows(Golden.Array array) {
    double[][] rows = new double[array.shape()[0]][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = array.slice(i).doubles();
    }
    return rows;
  }

  private static void close(JsonNode node, String path, double actual) {
    Golden.assertClose(Golden.number(node, path), actual, 1e-8, 0, path);
  }

  private static void closeP(JsonNode node, String path, double actual) {
    Golden.assertClose(Golden.number(node, path), actual, 1e-6, 0, path);
  }

  @ParameterizedTest
  @ValueSource(strings = {"friedman", "friedman_ties"})
  void ranksTreatmentsWithinBlocksAsScipyDoes(String name) {
    JsonNode expected = Golden.at(FILE, name);
    double[][] x = rows(Golden.array(expected, "x"));
    double[][] ranks = rows(Golden.array(expected, "ranks"));
    for (int i = 0; i < x.length; i++) {
      assertArrayEquals(ranks[i], Ranks.of(x[i]));
    }
    Friedman found = Friedman.of(x);
    double[] averages = Golden.array(expected, "average_ranks").doubles();
    Golden.assertClose(averages, found.averageRanks(), 1e-8, 0, "average ranks");
    close(expected, "friedman_chi2_tie_corrected", found.chiSquared());
    close(expected, "friedman_chi2_no_tie_correction", found.chiSquaredUncorrected());
    closeP(expected, "friedman_p", found.p());
    close(expected, "iman_davenport_F", found.imanDavenport());
    closeP(expected, "iman_davenport_p", found.imanDavenportP());

    Nemenyi nemenyi = found.nemenyi();
    Golden.at(expected, "nemenyi")
        .properties()
        .forEach(entry -> {
          double alpha = Double.parseDouble(entry.getKey());
          close(entry.getValue(), "q_alpha", nemenyi.criticalValue(alpha));
          close(entry.getValue(), "critical_difference", nemenyi.criticalDifference(alpha));
        });
    for (String program : List.of("nemenyi_p_own", "nemenyi_p_scikit_posthocs")) {
      double[][] p = rows(Golden.array(expected, program));
      for (int i = 0; i < p.length; i++) {
        for (int j = 0; j < p.length; j++) {
          Golden.assertClose(p[i][j], nemenyi.p(i, j), 1e-6, 0, program);
        }
      }
    }
  }

  @Test
  void agreesWithAutorank() {
    Friedman found = Friedman.of(rows(Golden.array(FILE, "friedman/x")));
    closeP(FILE, "autorank/pvalue", found.p());
    for (int i = 0; i < found.averageRanks().length; i++) {
      close(FILE, "autorank/mean_rank/m" + i, found.averageRanks()[i]);
    }
    // autorank reads q from a table of few digits.
    double difference = found.nemenyi().criticalDifference(0.05);
    Golden.assertClose(Golden.number(FILE, "autorank/cd"), difference, 1e-5, 0, "cd");
  }

  @ParameterizedTest
  @ValueSource(strings = {"kruskal_wallis", "kruskal_wallis_ties"})
  void comparesGroupsAsScipyDoes(String name) {
    JsonNode expected = Golden.at(FILE, name);
    List<double[]> groups = new ArrayList<>();
    Golden.at(expected, "groups").forEach(group -> groups.add(Golden.array(group).doubles()));
    KruskalWallis found = KruskalWallis.of(groups.toArray(double[][]::new));
    close(expected, "H_tie_corrected", found.h());
    closeP(expected, "p", found.p());
    assertEquals(Golden.number(expected, "df"), found.degreesOfFreedom());
    close(expected, "epsilon_squared", found.epsilonSquared());
    close(expected, "eta_squared_H", found.etaSquared());
  }

  @Test
  void comparesPairsAsScipyDoes() {
    double[][] x = rows(Golden.array(FILE, "friedman/x"));
    List<JsonNode> pairs = new ArrayList<>();
    Golden.at(FILE, "wilcoxon").forEach(pairs::add);
    double[] exact = new double[pairs.size()];
    double[] asymptotic = new double[pairs.size()];
    for (int i = 0; i < pairs.size(); i++) {
      JsonNode expected = pairs.get(i);
      int one = Golden.at(expected, "pair/0").intValue();
      int other = Golden.at(expected, "pair/1").intValue();
      double[] differences = new double[x.length];
      for (int row = 0; row < x.length; row++) {
        differences[row] = x[row][one] - x[row][other];
      }
      WilcoxonSignedRank found = WilcoxonSignedRank.of(differences);
      assertEquals(Golden.number(expected, "n_nonzero"), found.count());
      close(expected, "W_plus", found.plus());
      close(expected, "W_minus", found.minus());
      close(expected, "statistic_min", Math.min(found.plus(), found.minus()));
      close(expected, "rank_biserial", found.rankBiserial());
      closeP(expected, "p_asymptotic", found.asymptoticP(false));
      closeP(expected, "p_asymptotic_continuity", found.asymptoticP(true));
      if (!Golden.at(expected, "p_exact").isNull()) {
        closeP(expected, "p_exact", found.exactP());
      }
      exact[i] = found.exactP();
      asymptotic[i] = found.asymptoticP(false);
    }
    corrected(pairs, "p_exact", exact);
    corrected(pairs, "p_asymptotic", asymptotic);
  }

  private static void corrected(List<JsonNode> pairs, String name, double[] p) {
    if (Golden.at(pairs.getFirst(), name + "_holm").isNull()) {
      return; // The file has none where a pair has ties.
    }
    check(pairs, name + "_holm", MultipleTests.holm(p));
    check(pairs, name + "_bonferroni", MultipleTests.bonferroni(p));
    check(pairs, name + "_bh", MultipleTests.benjaminiHochberg(p));
  }

  private static void check(List<JsonNode> pairs, String name, double[] adjusted) {
    for (int i = 0; i < adjusted.length; i++) {
      closeP(pairs.get(i), name, adjusted[i]);
    }
  }

  @Test
  void dropsZerosAndSharesRanksAsScipyDoes() {
    JsonNode pairs = Golden.at(FILE, "wilcoxon_ties");
    assertTrue(pairs.size() > 0);
    for (JsonNode expected : pairs) {
      WilcoxonSignedRank found =
          WilcoxonSignedRank.of(Golden.array(expected, "differences").doubles());
      assertEquals(Golden.number(expected, "n_nonzero"), found.count());
      close(expected, "W_plus", found.plus());
      close(expected, "W_minus", found.minus());
      closeP(expected, "p_asymptotic", found.asymptoticP(false));
      assertEquals(countedP(found), found.exactP(), 1e-12);
    }
  }

  /// The share of all signs of the ranks whose smaller sum is as small: by trying them all.
  private static double countedP(WilcoxonSignedRank test) {
    double[] ranks = test.ranks();
    int extreme = 0;
    for (int signs = 0; signs < 1 << ranks.length; signs++) {
      double plus = 0;
      for (int i = 0; i < ranks.length; i++) {
        plus += (signs >> i & 1) * ranks[i];
      }
      extreme += plus <= Math.min(test.plus(), test.minus()) ? 1 : 0;
    }
    return Math.min(1, 2.0 * extreme / (1 << ranks.length));
  }

  @Test
  void findsNothingWhereNothingDiffers() {
    Friedman friedman = Friedman.of(new double[][] {{1, 1, 1}, {2, 2, 2}});
    assertEquals(0, friedman.chiSquared());
    assertEquals(1, friedman.p());
    assertEquals(0, friedman.imanDavenport());
    assertEquals(1, friedman.imanDavenportP());
    assertEquals(1, friedman.nemenyi().p(0, 2), 1e-12);
    KruskalWallis groups = KruskalWallis.of(new double[] {3, 3}, new double[] {3});
    assertEquals(0, groups.h());
    assertEquals(1, groups.p());
    WilcoxonSignedRank none = WilcoxonSignedRank.of(new double[] {0, 0, -0.0});
    assertEquals(0, none.count());
    assertEquals(1, none.exactP());
    assertEquals(1, none.asymptoticP(true));
    assertEquals(Double.NaN, none.rankBiserial());
  }

  @Test
  void isCertainOfBlocksThatAllAgree() {
    Friedman found = Friedman.of(new double[][] {{1, 2, 3}, {4, 5, 6}, {0, 7, 9}});
    assertEquals(6, found.chiSquared(), 1e-12);
    assertEquals(Double.POSITIVE_INFINITY, found.imanDavenport());
    assertEquals(0, found.imanDavenportP());
  }

  @Test
  void keepsAdjustedProbabilitiesInOrderAndBelowOne() {
    double[] p = {0.04, 0.01, 0.6, 0.03};
    assertArrayEquals(new double[] {0.09, 0.04, 0.6, 0.09}, MultipleTests.holm(p), 1e-15);
    assertArrayEquals(new double[] {0.16, 0.04, 1, 0.12}, MultipleTests.bonferroni(p), 1e-15);
    double share = 0.04 * 4 / 3;
    assertArrayEquals(
        new double[] {share, 0.04, 0.6, share}, MultipleTests.benjaminiHochberg(p), 1e-15);
    for (UnaryOperator<double[]> method :
        List.<UnaryOperator<double[]>>of(
            MultipleTests::holm, MultipleTests::bonferroni, MultipleTests::benjaminiHochberg)) {
      assertEquals(0, method.apply(new double[0]).length);
    }
  }

  @Test
  void refusesTooLittle() {
    assertTrue(refusal(() -> Friedman.of(new double[][] {{1, 2}})).contains("2 blocks"));
    assertTrue(refusal(() -> Friedman.of(new double[][] {{1}, {2}})).contains("2 treatments"));
    assertTrue(refusal(() -> Friedman.of(new double[][] {{1, 2}, {2}})).contains("one has 1"));
    assertTrue(refusal(() -> KruskalWallis.of(new double[] {1})).contains("2 groups"));
    assertTrue(refusal(() -> KruskalWallis.of(new double[] {1}, new double[0])).contains("empty"));
    assertTrue(refusal(() -> WilcoxonSignedRank.of(new double[0])).contains("got none"));
    assertTrue(refusal(() -> MultipleTests.holm(new double[] {1.2})).contains("1.2"));
    assertTrue(refusal(() -> MultipleTests.holm(new double[] {Double.NaN})).contains("NaN"));
  }

  private static String refusal(Runnable call) {
    return String.valueOf(assertThrows(IllegalArgumentException.class, call::run).getMessage());
  }
}
