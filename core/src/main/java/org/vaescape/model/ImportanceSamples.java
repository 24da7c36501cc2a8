package org.vaescape.model;

import java.util.function.UnaryOperator;
import org.vaescape.engine.Tensor;

/// Several latent samples of each row and the loss of each, for models that weigh them:
///
/// ```
/// l = MSE + w (log q(z|x) - log p(z))
/// ```
///
/// Beside a KL warm-up there are two weights. That of the ratio rises, as the KL's does in other
/// models. What the bound divides by is the full one from the first epoch on: it stands for the
/// variance of the decoder, which warm-up is not about, and at 0 there would be no bound. So the
/// first epoch, without any KL, has -w log (1/k) sum exp(-MSE / w): samples are weighed by how
/// likely they make the data, and the loss is finite.
///
/// @param q the encoder's Gaussians
/// @param z (batch x samples, latent)
/// @param decoded what the decoder saw of z: the same, or cut off from it
/// @param error (batch, samples) reconstruction error
/// @param ratio (batch, samples) log q(z|x) - log p(z)
/// @param klWeight w of the ratio, the full weight or less in warm-up
/// @param boundWeight w that bounds divide by, the full weight
record ImportanceSamples(
    Posterior q,
    Tensor z,
    Tensor decoded,
    Tensor error,
    Tensor ratio,
    double klWeight,
    double boundWeight) {

  static ImportanceSamples of(Batch batch, Networks networks, Objective objective, int samples) {
    return of(batch, networks, objective, samples, UnaryOperator.identity());
  }

  /// @param handOver what is done to z on its way to the decoder
  static ImportanceSamples of(
      Batch batch,
      Networks networks,
      Objective objective,
      int samples,
      UnaryOperator<Tensor> handOver) {
    long rows = batch.size();
    Posterior q = networks.encode(batch.x());
    long latent = q.mu().size(1);
    Tensor eps = batch.noise().normal(Noise.EPSILON, rows, samples, latent);
    Tensor each = q.samples(eps); // (batch, samples, latent)
    Tensor z = each.reshape(rows * samples, latent);
    Tensor decoded = handOver.apply(z);
    Tensor error = objective.error(networks, decoded, batch.x()).reshape(rows, samples);
    // The constants of both densities cancel, and (z - mu) / sigma is eps.
    Tensor ratio =
        each.square().minus(eps.square()).sum(2).minus(q.logvar().sum(1).unsqueeze(1)).times(0.5);
    return new ImportanceSamples(
        q, z, decoded, error, ratio, objective.klWeight(), objective.fullKlWeight());
  }

  /// l: (batch, samples).
  Tensor losses() {
    return losses(error, ratio);
  }

  /// l of one of the two cut off.
  Tensor losses(Tensor error, Tensor ratio) {
    return error.plus(ratio.times(klWeight));
  }

  /// The importance-weighted bound of each group of k neighbouring samples of a row, in nats up to
  /// what all of them share: log (1/k) sum exp(-l / w). Times -w it is a loss.
  ///
  /// @param losses (batch, samples)
  /// @return (batch, samples / k)
  Tensor bounds(Tensor losses, int k) {
    Tensor groups = losses.reshape(losses.size(0), -1, k);
    return groups.times(-1 / boundWeight).logSumExp(2).plus(-StrictMath.log(k));
  }

  /// As AntixK/PyTorch-VAE has it, no bound: the worst sample weighs most, and the KL is the
  /// analytic one, the same for all samples.
  ///
  /// @return (batch, samples / k)
  Tensor softmaxLosses(int k) {
    Tensor losses = error.plus(q.kl().times(klWeight).unsqueeze(1));
    Tensor groups = losses.reshape(losses.size(0), -1, k);
    return groups.softmax(2).times(groups).sum(2);
  }

  /// The loss that the mean of some bounds is.
  Tensor loss(Tensor bounds) {
    return bounds.mean().times(-boundWeight);
  }

  /// Terms of a loss that is made of bounds.
  Terms terms(Tensor loss) {
    return Terms.of(loss, error.mean()).withKl(q.klByUnit()).with("kl_monte_carlo", ratio.mean());
  }

  /// Terms of a loss that is the mean of [#softmaxLosses].
  Terms softmaxTerms(Tensor loss) {
    return Terms.of(loss, error.mean()).withKl(q.klByUnit());
  }

  /// Refuses an objective under which there is no bound: it needs a weight, and has no KL by unit
  /// that bits could be free of.
  ///
  /// @param model name of the model
  /// @param divides whether the loss divides by the weight
  /// @param hint what to take where the weight is 0
  static void check(Objective objective, String model, boolean divides, String hint) {
    objective.refuseFreeBits(model, "whose bound has no KL by unit");
    if (divides && !(objective.fullKlWeight() > 0)) {
      throw new IllegalArgumentException(
          "kl-weight must be above 0 for the importance-weighted bound but was 0; " + hint);
    }
  }
}
