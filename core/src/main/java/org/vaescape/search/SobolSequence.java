package org.vaescape.search;

import java.util.Arrays;
import java.util.SplittableRandom;

/// Points that fill the unit cube evenly (Sobol' 1967), with the direction numbers of Joe and Kuo
/// 2008 (10.1137/070709359, new-joe-kuo-6), in Gray-code order, scrambled as Matousek 1998
/// (10.1006/jcom.1998.0489) does: by a random triangular matrix over the binary digits, and a
/// shift.
///
/// Of the first 2^k points, for any k, one lies in each of 2^k equal slices of every coordinate.
public final class SobolSequence {
  /// Coordinates that the table reaches.
  public static final int MOST_DIMENSIONS = 37;

  /// Digits of a coordinate; 2^BITS points are different.
  private static final int BITS = 32;

  /// For each coordinate after the first: degree of its primitive polynomial, the polynomial's
  /// inner coefficients as bits, and the first direction numbers.
  private static final int[][] TABLE = {
    {1, 0, 1},
    {2, 1, 1, 3},
    {3, 1, 1, 3, 1},
    {3, 2, 1, 1, 1},
    {4, 1, 1, 1, 3, 3},
    {4, 4, 1, 3, 5, 13},
    {5, 2, 1, 1, 5, 5, 17},
    {5, 4, 1, 1, 5, 5, 5},
    {5, 7, 1, 1, 7, 11, 19},
    {5, 11, 1, 1, 5, 1, 1},
    {5, 13, 1, 1, 1, 3, 11},
    {5, 14, 1, 3, 5, 5, 31},
    {6, 1, 1, 3, 3, 9, 7, 49},
    {6, 13, 1, 1, 1, 15, 21, 21},
    {6, 16, 1, 3, 1, 13, 27, 49},
    {6, 19, 1, 1, 1, 15, 7, 5},
    {6, 22, 1, 3, 1, 15, 13, 25},
    {6, 25, 1, 1, 5, 5, 19, 61},
    {7, 1, 1, 3, 7, 11, 23, 15, 103},
    {7, 4, 1, 3, 7, 13, 13, 15, 69},
    {7, 7, 1, 1, 3, 13, 7, 35, 63},
    {7, 8, 1, 3, 5, 9, 1, 25, 53},
    {7, 14, 1, 3, 1, 13, 9, 35, 107},
    {7, 19, 1, 3, 1, 5, 27, 61, 31},
    {7, 21, 1, 1, 5, 11, 19, 41, 61},
    {7, 28, 1, 3, 5, 3, 3, 13, 69},
    {7, 31, 1, 1, 7, 13, 1, 19, 1},
    {7, 32, 1, 3, 7, 5, 13, 19, 59},
    {7, 37, 1, 1, 3, 9, 25, 29, 41},
    {7, 41, 1, 3, 5, 13, 23, 1, 55},
    {7, 42, 1, 3, 7, 3, 13, 59, 17},
    {7, 50, 1, 3, 1, 3, 5, 53, 69},
    {7, 55, 1, 1, 5, 5, 23, 33, 13},
    {7, 56, 1, 1, 7, 7, 1, 61, 123},
    {7, 59, 1, 1, 7, 9, 13, 61, 49},
    {7, 62, 1, 3, 3, 5, 3, 55, 33}
  };

  private final int[][] directions; // dimensions x BITS
  private final int[] shift;

  /// A scrambled sequence. Over all seeds each point is uniform in the cube, so means over the
  /// points are unbiased.
  public static SobolSequence scrambled(int dimensions, long seed) {
    int[][] directions = directions(dimensions);
    SplittableRandom random = new SplittableRandom(seed);
    int[] shift = random.ints(dimensions).toArray();
    for (int[] ofDimension : directions) {
      scramble(ofDimension, random);
    }
    return new SobolSequence(directions, shift);
  }

  private SobolSequence(int[][] directions, int[] shift) {
    this.directions = directions;
    this.shift = shift;
  }

  /// The sequence as it is: the first point is the origin.
  public static SobolSequence plain(int dimensions) {
    return new SobolSequence(directions(dimensions), new int[dimensions]);
  }

  /// Coordinates of point `index` (from 0), each in [0, 1).
  public double[] point(long index) {
    if (index < 0 || index >>> BITS != 0) {
      throw new IllegalArgumentException("a point must be one of the first 2^32 but was " + index);
    }
    long gray = index ^ (index >>> 1);
    double[] point = new double[directions.length];
    for (int d = 0; d < point.length; d++) {
      int digits = shift[d];
      for (long left = gray; left != 0; left &= left - 1) {
        digits ^= directions[d][Long.numberOfTrailingZeros(left)];
      }
      point[d] = Integer.toUnsignedLong(digits) * 0x1p-32;
    }
    return point;
  }

  private static int[][] directions(int dimensions) {
    if (dimensions < 1 || dimensions > MOST_DIMENSIONS) {
      throw new IllegalArgumentException(
          "a Sobol' sequence must have 1 to %d dimensions but was asked for %d"
              .formatted(MOST_DIMENSIONS, dimensions));
    }
    int[][] directions = new int[dimensions][BITS];
    Arrays.setAll(directions[0], bit -> 1 << (BITS - 1 - bit));
    for (int d = 1; d < dimensions; d++) {
      int degree = TABLE[d - 1][0];
      int polynomial = TABLE[d - 1][1];
      int[] v = directions[d];
      for (int bit = 0; bit < BITS; bit++) {
        if (bit < degree) {
          v[bit] = TABLE[d - 1][2 + bit] << (BITS - 1 - bit);
        } else {
          v[bit] = v[bit - degree] ^ (v[bit - degree] >>> degree);
          for (int k = 1; k < degree; k++) {
            v[bit] ^= ((polynomial >>> (degree - 1 - k)) & 1) * v[bit - k];
          }
        }
      }
    }
    return directions;
  }

  /// Mixes into each digit a random choice of those before it, the same for all points.
  private static void scramble(int[] directions, SplittableRandom random) {
    int[] rows = new int[BITS];
    for (int bit = 0; bit < BITS; bit++) {
      int own = 1 << bit;
      rows[bit] = (random.nextInt() & -own) | own;
    }
    for (int i = 0; i < directions.length; i++) {
      int mixed = 0;
      for (int bit = 0; bit < BITS; bit++) {
        mixed |= (Integer.bitCount(rows[bit] & directions[i]) & 1) << bit;
      }
      directions[i] = mixed;
    }
  }
}
