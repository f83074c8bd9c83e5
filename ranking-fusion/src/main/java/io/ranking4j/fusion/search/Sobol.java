package io.ranking4j.fusion.search;

import java.util.SplittableRandom;
import org.hipparchus.random.SobolSequenceGenerator;

/**
 * A scrambled Sobol sequence: every seed has one of its own, equally even, whose first points lack
 * the patterns of the plain sequence. Scrambled by hashing after Laine and Karras, as in Burley,
 * "Practical hash-based Owen scrambling", 2020. Beyond the dimensions that there are direction
 * numbers for, plain random numbers. Not safe to share.
 */
final class Sobol {
  private static final int MAX_DIMENSION = 1000;
  private static final double TWO_TO_32 = 4294967296.0;

  private final SobolSequenceGenerator generator;
  private final SplittableRandom random;
  private final int[] seeds;

  Sobol(int dimension, long seed) {
    this.random = new SplittableRandom(seed);
    this.generator = new SobolSequenceGenerator(Math.min(dimension, MAX_DIMENSION));
    this.seeds = new int[dimension];
    for (int i = 0; i < dimension; i++) {
      seeds[i] = random.nextInt();
    }
  }

  /** Leaves out the first so many points. */
  Sobol skip(int points) {
    if (points > 0) {
      generator.skipTo(points);
    }
    return this;
  }

  /** Returns the next point, in (0, 1). */
  double[] next() {
    double[] even = generator.nextVector();
    double[] point = new double[seeds.length];
    for (int i = 0; i < point.length; i++) {
      point[i] =
          i < even.length
              ? scrambled((int) (long) (even[i] * TWO_TO_32), seeds[i])
              : Math.max(random.nextDouble(), 1e-12);
    }
    return point;
  }

  private static double scrambled(int bits, int seed) {
    int x = Integer.reverse(bits);
    x += seed;
    x ^= x * 0x6c50b47c;
    x ^= x * 0xb82f1e52;
    x ^= x * 0xc7afe638;
    x ^= x * 0x8d22f6e6;
    return (Integer.toUnsignedLong(Integer.reverse(x)) + 0.5) / TWO_TO_32;
  }

  /** Returns rows of standard normal numbers. */
  static double[][] normals(int rows, int dimension, long seed) {
    Sobol sobol = new Sobol(dimension, seed);
    double[][] normals = new double[rows][];
    for (int i = 0; i < rows; i++) {
      normals[i] = sobol.next();
      for (int j = 0; j < dimension; j++) {
        normals[i][j] = Normal.quantile(normals[i][j]);
      }
    }
    return normals;
  }
}
