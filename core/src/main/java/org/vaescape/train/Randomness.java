package org.vaescape.train;

import java.util.SplittableRandom;
import org.vaescape.engine.Tensor;
import org.vaescape.model.Initialization;
import org.vaescape.model.Initializer;
import org.vaescape.model.Noise;

/// Everything in a training run that is left to chance.
interface Randomness {
  /// First weights.
  Initializer initializer(Initialization initialization);

  /// A permutation of the training samples; epochs count from 0.
  int[] order(int epoch, int samples);

  /// Noise of a training step; epochs and batches count from 0.
  Noise step(int epoch, int batch);

  /// Noise of validation; epochs and batches count from 0.
  Noise validation(int epoch, int batch);

  /// Noise of the pass over the training part that recomputes running statistics; batches count
  /// from 0.
  Noise recalibration(int batch);

  /// Noise of the draws that bound the likelihood, the same for all parts.
  Noise importance();

  /// The randomness that seeds stand for. What one call returns does not depend on the others.
  static Randomness of(Seeds seeds, Numerics numerics) {
    return new Seeded(seeds, numerics);
  }

  /// Pseudo-random numbers from [SplittableRandom], whose normal numbers come from tables,
  /// additions and multiplications alone: the same bits on every machine, compiled or interpreted.
  record Seeded(Seeds seeds, Numerics numerics) implements Randomness {
    @Override
    public Initializer initializer(Initialization initialization) {
      return initialization.seeded(name -> Seeds.derive(seeds.initialization(), name));
    }

    @Override
    public int[] order(int epoch, int samples) {
      SplittableRandom random = new SplittableRandom(Seeds.derive(seeds.order(), "epoch " + epoch));
      int[] order = new int[samples];
      for (int i = 0; i < samples; i++) {
        int j = random.nextInt(i + 1);
        order[i] = order[j];
        order[j] = i;
      }
      return order;
    }

    @Override
    public Noise step(int epoch, int batch) {
      return noise(seeds.noise(), "epoch " + epoch + ", batch " + batch + ", ");
    }

    /// The same in every epoch, so that the curve moves by training alone.
    @Override
    public Noise validation(int epoch, int batch) {
      return noise(seeds.validationNoise(), "batch " + batch + ", ");
    }

    @Override
    public Noise recalibration(int batch) {
      return noise(seeds.noise(), "recalibration, batch " + batch + ", ");
    }

    @Override
    public Noise importance() {
      return noise(seeds.validationNoise(), "importance, ");
    }

    private Noise noise(long seed, String place) {
      return (purpose, shape) -> {
        SplittableRandom random = new SplittableRandom(Seeds.derive(seed, place + purpose));
        float[] values =
            new float
                [Math.toIntExact(java.util.Arrays.stream(shape).reduce(1, Math::multiplyExact))];
        for (int i = 0; i < values.length; i++) {
          values[i] = (float) random.nextGaussian();
        }
        return Tensor.of(numerics.precision().storage(), values, shape).on(numerics.device());
      };
    }
  }
}
