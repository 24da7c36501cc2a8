package org.vaescape.data.simulation;

/// One gene's numbers before they are clipped at 0: a mixture of normal distributions, one for each
/// class, all equally wide.
///
/// @param proportions of the classes
/// @param centroids of the classes, whose mean is 0
/// @param within standard deviation within a class, above 0
record ClippedMoments(double[] proportions, double[] centroids, double within) {
  /// Beyond this, what is left is below 1e-15.
  private static final double FAR = 8;

  private static final double ROOT_TWO_PI = 2.5066282746310002;

  /// Both come to within this share of the standard deviation; six rounds do where few values are
  /// clipped.
  private static final double CLOSE = 1e-4;

  private static final int ROUNDS = 100;

  /// Where the distribution lies and how it is stretched.
  record Place(double mean, double scale) {}

  /// Where it has this mean and standard deviation if it is not clipped.
  Place unclipped(double mean, double deviation) {
    double variance = within * within;
    for (int c = 0; c < centroids.length; c++) {
      variance += proportions[c] * centroids[c] * centroids[c];
    }
    return new Place(mean, deviation / Math.sqrt(variance));
  }

  /// Where it has this mean and standard deviation after clipping, by fixed-point rounds.
  ///
  /// A gene that is 0 nearly everywhere and large in few samples is no clipped normal distribution;
  /// then the last round is the answer.
  Place place(double mean, double deviation) {
    Place place = unclipped(mean, deviation);
    for (int round = 0; round < ROUNDS; round++) {
      double first = 0;
      double second = 0;
      for (int c = 0; c < centroids.length; c++) {
        double centre = place.mean + place.scale * centroids[c];
        double spread = place.scale * within;
        double above = atMost(centre / spread);
        double edge = spread * density(centre / spread);
        first += proportions[c] * (centre * above + edge);
        second += proportions[c] * ((centre * centre + spread * spread) * above + centre * edge);
      }
      double reached = Math.sqrt(Math.max(0, second - first * first));
      if (Math.abs(first - mean) <= CLOSE * deviation
          && Math.abs(reached - deviation) <= CLOSE * deviation) {
        break;
      }
      // Twofold at most, so that a first guess far off does not run away.
      double factor = Math.min(2, deviation / Math.max(reached, 1e-9 * deviation));
      place = new Place(place.mean + mean - first, place.scale * factor);
    }
    return place;
  }

  private static double density(double x) {
    return StrictMath.exp(-0.5 * x * x) / ROOT_TWO_PI;
  }

  /// The normal distribution function: Marsaglia, Evaluating the normal distribution (2004).
  static double atMost(double x) {
    if (x < -FAR) {
      return 0;
    }
    if (x > FAR) {
      return 1;
    }
    double sum = x;
    double term = x;
    double before = 0;
    for (int i = 3; sum != before; i += 2) {
      before = sum;
      term *= x * x / i;
      sum += term;
    }
    return 0.5 + sum * density(x);
  }
}
