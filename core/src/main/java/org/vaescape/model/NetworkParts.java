package org.vaescape.model;

import java.util.ArrayList;
import java.util.List;

/// What a model and its reconstruction term ask of the networks.
///
/// @param extras of both
public record NetworkParts(ReconstructionTerm term, Heads heads, List<Extra> extras) {
  public NetworkParts {
    extras = List.copyOf(extras);
  }

  /// The parts of a model.
  ///
  /// @param ofStudy the reconstruction term that the study asks for
  public static NetworkParts of(VaeModel model, ReconstructionTerm ofStudy, NetworkShape shape) {
    ReconstructionTerm term = model.reconstruction(ofStudy);
    Heads heads = model.heads(shape.latent());
    int decoded = shape.hidden().isEmpty() ? heads.code() : shape.hidden().getFirst();
    List<Extra> extras = new ArrayList<>(model.extras(shape));
    extras.addAll(term.extras(shape, decoded));
    return new NetworkParts(term, heads, extras);
  }
}
