package org.vaescape.analysis;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;

/// Components of simulated studies, each of the size that was estimated unless it is asked for at
/// others.
final class SimulatedShares {
  private final SimulatedNoise noise;
  private final VarianceComponents estimates;

  /// True variances of the effects and of the block, not below 0.
  private final double[] variances;

  private final double ofBlock;
  private final double[] sizes;

  /// Estimated total variance in each simulation.
  private final double[] total;

  SimulatedShares(SimulatedNoise noise, VarianceComponents estimates, NoiseModel model) {
    this.noise = noise;
    this.estimates = estimates;
    this.variances =
        IntStream.range(0, noise.effects().size()).mapToDouble(this::estimate).toArray();
    for (NoiseModel.Apart one : model.apart()) {
      variances[one.by().axis()] -= one.bias(estimates.noise());
    }
    Arrays.setAll(variances, effect -> Math.max(variances[effect], 0));
    this.ofBlock = Math.max(estimates.block(), 0);
    this.sizes = new double[variances.length];
    Arrays.setAll(
        sizes, effect -> unit(effect) > 0 ? Math.sqrt(variances[effect] / unit(effect)) : 0);
    this.total = total();
  }

  private double estimate(int effect) {
    return effect < estimates.effects().size()
        ? estimates.effects().get(effect).variance()
        : estimates.higher().map(VarianceComponents.Component::variance).orElse(0.0);
  }

  /// True variance of size 1: in all studies the same.
  private double unit(int effect) {
    return noise.effects().get(effect).square()[0];
  }

  private double truth() {
    return Arrays.stream(variances).sum() + ofBlock + estimates.noise();
  }

  /// Share of studies in which one effect is larger than another, by estimates less what splits
  /// that move levels apart add to them.
  double probabilityLarger(int effect, int other) {
    double[] one = simulated(effect);
    double[] two = simulated(other);
    double larger = 0;
    for (int i = 0; i < one.length; i++) {
      larger += one[i] > two[i] ? 1 : one[i] == two[i] ? 0.5 : 0;
    }
    return larger / one.length;
  }

  private double[] simulated(int effect) {
    double[] simulated = new double[noise.simulations()];
    Arrays.setAll(simulated, i -> noise.effects().get(effect).at(i, sizes[effect]));
    noise.bias(effect).ifPresent(bias -> Arrays.setAll(simulated, i -> simulated[i] - bias[i]));
    return simulated;
  }

  /// Of a set of factors by its place, or, at the place after them, of all others together.
  ShareIntervals.Part effect(int effect) {
    return part(
        estimate(effect),
        sizes[effect],
        unit(effect),
        variances[effect],
        noise.effects().get(effect));
  }

  /// Empty where repeats share nothing.
  Optional<ShareIntervals.Part> block() {
    return noise.design().crossed()
        ? Optional.of(part(estimates.block(), Math.sqrt(ofBlock), 1, ofBlock, noise.block()))
        : Optional.empty();
  }

  /// A component whose share of the total changes with its size, while all others stay.
  private ShareIntervals.Part part(
      double estimate, double size, double unit, double variance, Quadratics own) {
    Quadratics whole = own.copy();
    for (int i = 0; i < whole.constant().length; i++) {
      whole.constant()[i] += total[i] - own.at(i, size);
    }
    return new ShareIntervals.Part(
        estimate / estimates.total(), size, unit, truth() - variance, own, whole);
  }

  private double[] total() {
    double[] total = noise.noise().clone();
    for (int i = 0; i < total.length; i++) {
      total[i] += noise.block().at(i, Math.sqrt(ofBlock));
      for (int effect = 0; effect < sizes.length; effect++) {
        total[i] += noise.effects().get(effect).at(i, sizes[effect]);
      }
    }
    return total;
  }

  /// Noise of x times its estimated deviation, which every other estimate contains too.
  ShareIntervals.Part noise() {
    double blockSize = Math.sqrt(ofBlock);
    Quadratics own = Quadratics.none(noise.simulations());
    Quadratics whole = Quadratics.none(noise.simulations());
    for (int i = 0; i < noise.simulations(); i++) {
      Quadratics block = noise.block();
      own.square()[i] = noise.noise()[i];
      whole.square()[i] = noise.noise()[i] + block.constant()[i];
      whole.linear()[i] = blockSize * block.linear()[i];
      whole.constant()[i] = ofBlock * block.square()[i];
      for (int effect = 0; effect < sizes.length; effect++) {
        Quadratics one = noise.effects().get(effect);
        whole.square()[i] += one.constant()[i];
        whole.linear()[i] += sizes[effect] * one.linear()[i];
        whole.constant()[i] += sizes[effect] * sizes[effect] * one.square()[i];
      }
    }
    return new ShareIntervals.Part(
        estimates.noise() / estimates.total(),
        1,
        estimates.noise(),
        truth() - estimates.noise(),
        own,
        whole);
  }
}
