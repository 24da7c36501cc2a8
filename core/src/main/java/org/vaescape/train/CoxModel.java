package org.vaescape.train;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.vaescape.data.FollowUp;

/// Cox's proportional hazards model on standardized places, tied times as Efron (1977) has them,
/// with a ridge: it minimises -(log partial likelihood) / samples + [#PENALTY] |b|^2 / 2, as
/// lifelines does with that `penalizer`.
///
/// @param coefficients of each standardized dimension; above 0 where larger means earlier events
record CoxModel(double[] coefficients, Standardization standardization) {
  /// Keeps coefficients finite where a latent of many units separates few events.
  static final double PENALTY = 0.1;

  private static final double TOLERANCE = 1e-7;
  private static final int MOST_STEPS = 500;

  /// Fits to the rows whose follow-up is known. With no event among them all coefficients are 0.
  ///
  /// @param places samples x dimensions
  static CoxModel fit(float[] places, int dimensions, List<FollowUp> followUps) {
    int[] rows = known(followUps);
    Standardization standardization = Standardization.of(places, dimensions, rows);
    Integer[] latestFirst =
        IntStream.range(0, rows.length)
            .boxed()
            .sorted(
                Comparator.comparingDouble((Integer i) -> followUps.get(rows[i]).time()).reversed())
            .toArray(Integer[]::new);
    int[] ordered = Arrays.stream(latestFirst).mapToInt(i -> rows[i]).toArray();
    Likelihood likelihood =
        new Likelihood(
            standardization.apply(places, ordered),
            dimensions,
            Arrays.stream(ordered).mapToDouble(row -> followUps.get(row).time()).toArray(),
            Arrays.stream(ordered).mapToObj(followUps::get).toList());
    double[] coefficients =
        Lbfgs.minimum(likelihood::penalized, new double[dimensions], TOLERANCE, MOST_STEPS);
    return new CoxModel(coefficients, standardization);
  }

  static int[] known(List<FollowUp> followUps) {
    return IntStream.range(0, followUps.size()).filter(i -> followUps.get(i).isKnown()).toArray();
  }

  /// Harrell's index on other samples: of the pairs of which it is known whose event came first,
  /// the share in which the model says so, pairs of equal risk by half. NaN where there is no such
  /// pair.
  double concordance(float[] places, List<FollowUp> followUps) {
    int[] rows = known(followUps);
    double[] x = standardization.apply(places, rows);
    double[] risk = new double[rows.length];
    for (int i = 0; i < x.length; i++) {
      risk[i / coefficients.length] += coefficients[i % coefficients.length] * x[i];
    }
    return concordance(risk, Arrays.stream(rows).mapToObj(followUps::get).toList());
  }

  static double concordance(double[] risk, List<FollowUp> followUps) {
    double right = 0;
    long pairs = 0;
    for (int i = 0; i < risk.length; i++) {
      FollowUp earlier = followUps.get(i);
      for (int j = 0; j < risk.length && earlier.event(); j++) {
        FollowUp later = followUps.get(j);
        if (earlier.time() < later.time() || (earlier.time() == later.time() && !later.event())) {
          pairs++;
          right += risk[i] > risk[j] ? 1 : risk[i] == risk[j] ? 0.5 : 0;
        }
      }
    }
    return pairs == 0 ? Double.NaN : right / pairs;
  }

  /// @param x samples x dimensions, latest times first, as `times` and `followUps`
  private record Likelihood(double[] x, int dimensions, double[] times, List<FollowUp> followUps) {

    double penalized(double[] b, double[] gradient) {
      int samples = times.length;
      double[] risk = new double[samples];
      double largest = 0;
      for (int i = 0; i < x.length; i++) {
        risk[i / dimensions] += b[i % dimensions] * x[i];
      }
      for (double value : risk) {
        largest = Math.max(largest, value);
      }
      Arrays.fill(gradient, 0);
      double loss = 0;
      Sums atRisk = new Sums(dimensions);
      for (int from = 0; from < samples; ) {
        int to = from;
        Sums events = new Sums(dimensions);
        int deaths = 0;
        for (; to < samples && times[to] == times[from]; to++) {
          double weight = StrictMath.exp(risk[to] - largest);
          atRisk.add(weight, x, to * dimensions);
          if (followUps.get(to).event()) {
            events.add(weight, x, to * dimensions);
            deaths++;
            loss -= risk[to] - largest;
            for (int d = 0; d < dimensions; d++) {
              gradient[d] -= x[to * dimensions + d];
            }
          }
        }
        // Efron: of tied events, each later one finds a share of the earlier ones gone.
        for (int death = 0; death < deaths; death++) {
          double gone = (double) death / deaths;
          double left = atRisk.weight - gone * events.weight;
          loss += StrictMath.log(left);
          for (int d = 0; d < dimensions; d++) {
            gradient[d] += (atRisk.x[d] - gone * events.x[d]) / left;
          }
        }
        from = to;
      }
      loss /= samples;
      for (int d = 0; d < dimensions; d++) {
        loss += PENALTY * b[d] * b[d] / 2;
        gradient[d] = gradient[d] / samples + PENALTY * b[d];
      }
      return loss;
    }
  }

  /// Sums over samples of weights, and of weights times places.
  private static final class Sums {
    private double weight;
    private final double[] x;

    Sums(int dimensions) {
      x = new double[dimensions];
    }

    void add(double added, double[] places, int at) {
      weight += added;
      for (int d = 0; d < x.length; d++) {
        x[d] += added * places[at + d];
      }
    }
  }
}
