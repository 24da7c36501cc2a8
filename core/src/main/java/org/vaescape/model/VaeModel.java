package org.vaescape.model;

import java.util.List;
import java.util.Optional;
import org.vaescape.engine.Tensor;
import org.vaescape.search.Member;

/// An autoencoder, seen as the loss that it minimises.
///
/// Implementations are records of their hyper-parameters, without state. Batching, logging,
/// optimizing and storing are not their concern. Records that are equal train equally, and others
/// do not: a constructor fixes the value of a setting that does nothing beside the others, and a
/// trial goes without the key.
public interface VaeModel {

  /// The terms of the loss of a batch; a function of its arguments alone.
  Terms loss(Batch batch, Networks networks, Objective objective);

  /// What the encoder says of each row.
  default Latent latent(Tensor x, Networks networks) {
    return networks.encode(x);
  }

  /// Sizes of the heads and of what the decoder sees.
  ///
  /// @param latent latent units that the study asks for
  default Heads heads(int latent) {
    return new Heads(latent, latent, latent);
  }

  /// Parameters beside those of encoder and decoder.
  default List<Extra> extras(NetworkShape shape) {
    return List.of();
  }

  /// The reconstruction term that it trains with: the study's, unless the term is what makes it the
  /// model it is.
  ///
  /// @throws org.vaescape.search.Inapplicable if it has a term of its own and is to take another
  /// @throws IllegalArgumentException if it cannot be trained with the term
  default ReconstructionTerm reconstruction(ReconstructionTerm ofStudy) {
    return ofStudy;
  }

  /// The catalogue's line of a term that it always trains with instead of the study's, whose
  /// settings it has under the same names: losses of different ones are of different units. Empty
  /// where the study's term, or the setting `compat`, decides.
  default Optional<Member<ReconstructionTerm>> ownTerm() {
    return Optional.empty();
  }

  /// Refuses an objective under which its loss makes no sense.
  ///
  /// @throws org.vaescape.search.Inapplicable where it has no use for a key, such as `free-bits`:
  ///   trials of the model then go without the key
  /// @throws IllegalArgumentException with rule, value and what to do
  default void check(Objective objective) {}

  /// How many latent samples the loss draws for each row of a batch: the decoder sees that many
  /// rows.
  default int samples() {
    return 1;
  }

  /// How many numbers a training step holds of the latent at once, the way back included: of a
  /// Gaussian, for each row both heads, sigma and its logarithm and six steps of the KL, for each
  /// sample the noise, what sigma makes of it, the sample, and gradients; of a code without noise
  /// the code and two gradients.
  ///
  /// @param batch rows
  default long latentElements(long batch, int latent) {
    long tensors = hasPosterior() ? 10 + 9L * samples() : 3;
    return tensors * batch * heads(latent).code();
  }

  /// How many numbers the loss holds at once beside networks, [#latentElements] and reconstruction,
  /// the way back included.
  ///
  /// @param batch rows
  default long ownElements(long batch, NetworkShape shape) {
    return 0;
  }

  /// How many numbers it holds beside these until the way back comes to the decoder's output, where
  /// they are gone before gradients as large as two outputs have come.
  ///
  /// @param batch rows
  /// @param path that the networks take
  default long elementsBeforeOutput(long batch, NetworkShape shape, GenePath.Kind path) {
    return 0;
  }

  /// Coefficient of the KL, per unit of `kl-weight`, over that of the reconstruction: 1 for the
  /// VAE. NaN for a model whose KL has no weight, or that has none.
  double klFactor();

  /// Whether the loss depends on `kl-weight`, and with it on free bits and warm-up.
  default boolean weighsKl() {
    return hasPosterior();
  }

  /// What it is where `kl-weight` is 0: settings that only weigh the KL are then fixed.
  default VaeModel withoutKl() {
    return this;
  }

  /// Whether the scale of its reconstruction is what `objective` says, and not one of its own.
  default boolean followsObjective() {
    return true;
  }

  /// Whether the encoder gives a distribution; a deterministic one has no KL and no units in use.
  default boolean hasPosterior() {
    return true;
  }
}
