package org.vaescape.data;

import org.vaescape.data.DataSettings.Variability;

/// Statistics of one gene's values, none of them missing.
final class Statistics {
  private Statistics() {}

  /// Reorders `values`.
  static double variability(Variability by, double[] values) {
    return switch (by) {
      case MEAN_ABSOLUTE_DEVIATION -> meanAbsoluteDeviation(values);
      case MEDIAN_ABSOLUTE_DEVIATION -> medianAbsoluteDeviation(values);
      case VARIANCE -> squares(values) / (values.length - 1);
    };
  }

  static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  /// Sum of squared distances from the mean.
  static double squares(double[] values) {
    double mean = mean(values);
    double sum = 0;
    for (double value : values) {
      sum += (value - mean) * (value - mean);
    }
    return sum;
  }

  private static double meanAbsoluteDeviation(double[] values) {
    double mean = mean(values);
    double sum = 0;
    for (double value : values) {
      sum += Math.abs(value - mean);
    }
    return sum / values.length;
  }

  private static double medianAbsoluteDeviation(double[] values) {
    double median = median(values);
    for (int i = 0; i < values.length; i++) {
      values[i] = Math.abs(values[i] - median);
    }
    return median(values);
  }

  /// The middle value, or the mean of the two middle ones. Reorders `values`.
  static double median(double[] values) {
    int middle = values.length / 2;
    double upper = select(values, middle);
    if (values.length % 2 == 1) {
      return upper;
    }
    double lower = values[0];
    for (int i = 1; i < middle; i++) {
      lower = Math.max(lower, values[i]);
    }
    return (lower + upper) / 2;
  }

  /// The value of this rank from 0; all before it in the array are then at most as large.
  ///
  /// Hoare's quickselect: linear where sorting would make median deviations of 20,000 genes slow.
  private static double select(double[] values, int rank) {
    int from = 0;
    int to = values.length - 1;
    while (from < to) {
      double pivot = values[(from + to) >>> 1];
      int low = from;
      int high = to;
      while (low <= high) {
        while (values[low] < pivot) {
          low++;
        }
        while (values[high] > pivot) {
          high--;
        }
        if (low <= high) {
          double value = values[low];
          values[low++] = values[high];
          values[high--] = value;
        }
      }
      if (rank <= high) {
        to = high;
      } else if (rank >= low) {
        from = low;
      } else {
        break;
      }
    }
    return values[rank];
  }
}
