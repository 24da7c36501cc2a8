package org.vaescape.train;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import org.vaescape.engine.DType;
import org.vaescape.engine.Scope;
import org.vaescape.engine.Tensor;
import org.vaescape.model.Latent;
import org.vaescape.model.Networks;
import org.vaescape.model.Noise;

/// What the trained network is worth on one part that is held out.
///
/// @param errors of every gene
/// @param units null where units have no KL: for a deterministic encoder, or a prior of dependent
///   units
/// @param information of the latent on the part
/// @param codes of the samples: what is decoded without sampling
/// @param metrics by their names on the validation part; one that does not apply is absent
record PartOutcomes(
    ReconstructionErrors errors,
    @Nullable LatentUnits units,
    Information information,
    Codes codes,
    SequencedMap<String, Double> metrics) {

  /// Measures networks in evaluation mode.
  static PartOutcomes of(
      TrainingSettings settings,
      Networks networks,
      Randomness randomness,
      HeldOut held,
      TrainingPass training) {
    Reconstruction seen = reconstruct(settings, networks, randomness, held);
    LatentUnits units = seen.units();
    Baselines baselines = held.baselines();
    SequencedMap<String, Double> metrics = new LinkedHashMap<>();
    seen.errors().put("", baselines, metrics);
    double[] correlations = seen.correlations();
    Outcomes.putIfNumber(
        metrics, "val_gene_correlation_q1", GeneCorrelations.quantile(correlations, 0.25));
    Outcomes.putIfNumber(
        metrics, "val_gene_correlation_median", GeneCorrelations.quantile(correlations, 0.5));
    Outcomes.putIfNumber(
        metrics, "val_gene_correlation_q3", GeneCorrelations.quantile(correlations, 0.75));
    if (units != null) {
      metrics.put("active_units", (double) units.inUseByKl());
      if (units.hasVariance()) {
        metrics.put("active_units_variance", (double) units.inUseByVariance());
      }
      putKlByUnit(units, metrics);
    }
    if (!Double.isNaN(seen.kl())) {
      double elbo =
          LikelihoodBounds.elbo(
              held.part().genes(), training.mse(), seen.errors().mseSampled(), seen.kl());
      putBounds(settings, networks, randomness, held, training, elbo, metrics);
    }
    if (settings.model().hasPosterior()) {
      Outcomes.putIfNumber(metrics, "val_information", seen.information().total());
    }
    if (held.part().size() > 1) {
      double permuted =
          ReconstructionErrors.of(settings, networks, randomness, held.permuted()).mse();
      Outcomes.putIfNumber(metrics, "permuted_mse", permuted);
      Outcomes.putIfNumber(metrics, "permuted_r2", baselines.r2(permuted));
    }
    putRepresentation(settings, held, training, seen.codes(), metrics);
    metrics.put("mean_mse", baselines.meanMse());
    metrics.put("pca_mse", baselines.pcaMse(settings.code()));
    metrics.put("pca_r2", baselines.r2(baselines.pcaMse(settings.code())));
    return new PartOutcomes(seen.errors(), units, seen.information(), seen.codes(), metrics);
  }

  /// What the network makes of the part.
  ///
  /// @param correlations of each gene with its reconstruction from the mean latent
  /// @param codes samples x code: what is decoded without sampling
  /// @param units null where units have no KL: for a deterministic encoder, or a prior of dependent
  ///   units
  /// @param kl from the prior in nats, mean over samples; where it has no closed form, of the draws
  ///   that `errors` decoded. NaN for a deterministic encoder
  /// @param information of the latent
  private record Reconstruction(
      ReconstructionErrors errors,
      double[] correlations,
      Codes codes,
      @Nullable LatentUnits units,
      double kl,
      Information information) {}

  private static Reconstruction reconstruct(
      TrainingSettings settings, Networks networks, Randomness randomness, HeldOut held) {
    int samples = held.part().size();
    int genes = held.part().genes();
    ReconstructionErrors.Gathering errors = new ReconstructionErrors.Gathering(samples, genes);
    GeneCorrelations correlations = new GeneCorrelations(held.baselines().trainingMean());
    Codes codes = new Codes(samples);
    LatentUnits.Gathering units = new LatentUnits.Gathering(samples);
    double kl = 0;
    Information.Gathering information = new Information.Gathering(!settings.model().hasPosterior());
    List<Batches.Range> ranges = Batches.ofValidation(samples, settings.batch(), false).ranges();
    for (int batch = 0; batch < ranges.size(); batch++) {
      try (Scope _ = Scope.withoutGradients()) {
        Batches.Range range = ranges.get(batch);
        Tensor x = held.x().rows(range.from(), range.to());
        Latent q = settings.model().latent(x, networks);
        // On the fused path not of the rows that are looked at: all errors come the same way, so
        // that those are equal to the last digit that are equal by their meaning.
        errors.addMean(
            networks
                .squaredErrors(
                    q.mean(),
                    x,
                    (from, decoded, _) ->
                        correlations.add(
                            held.part().values(), (range.from() + from) * genes, decoded.floats()))
                .byOutput());
        Noise noise = randomness.validation(0, batch);
        Optional<Latent.Distribution> distribution = Outcomes.distribution(settings.model(), q);
        Tensor z;
        if (distribution.isPresent()) {
          Latent.Draw draw = distribution.get().draw(noise);
          z = draw.z();
          kl += distribution.get().kl(draw).as(DType.FLOAT64).sum().item();
        } else {
          z = Outcomes.sample(settings, q, noise);
          kl = Double.NaN;
        }
        errors.addSampled(networks.squaredErrors(z, x).byOutput());
        codes.put(range.from(), q.mean());
        information.add(q);
        if (settings.model().hasPosterior() && q instanceof Latent.OfUnits known) {
          units.add(range.from(), known);
        }
      }
    }
    return new Reconstruction(
        errors.errors(),
        correlations.byGene(),
        codes,
        units.units(),
        kl / samples,
        information.information());
  }

  /// `val_kl_unit_001` and so on, from the unit that carries most to the one that carries least:
  /// their numbers in the network mean nothing.
  private static void putKlByUnit(LatentUnits units, SequencedMap<String, Double> metrics) {
    double[] ascending = units.kl().clone();
    Arrays.sort(ascending);
    for (int rank = 1; rank <= ascending.length; rank++) {
      metrics.put(
          String.format(Locale.ROOT, "val_kl_unit_%03d", rank), ascending[ascending.length - rank]);
    }
  }

  private static void putRepresentation(
      TrainingSettings settings,
      HeldOut held,
      TrainingPass training,
      Codes codes,
      SequencedMap<String, Double> metrics) {
    if (Representation.isMeasured(held.part())) {
      Representation.Side known = new Representation.Side(training.part(), training.means());
      Representation.Side asked = new Representation.Side(held.part(), codes.values());
      metrics.putAll(new Representation(codes.width(), known, asked).metrics());
      held.baselines()
          .representation(settings.code())
          .forEach((name, value) -> metrics.put("pca_" + name, value));
    }
  }

  /// The ELBO of the whole part, and how far the importance-weighted bound is above it on some of
  /// its samples.
  private static void putBounds(
      TrainingSettings settings,
      Networks networks,
      Randomness randomness,
      HeldOut held,
      TrainingPass training,
      double elbo,
      SequencedMap<String, Double> metrics) {
    Outcomes.putIfNumber(metrics, "val_elbo", elbo);
    try (Scope _ = Scope.withoutGradients()) {
      Tensor chosen =
          Tensor.of(LikelihoodBounds.spaced(held.part().size(), training.part().size()));
      LikelihoodBounds.of(
              settings.model(),
              networks,
              held.x().rows(chosen.on(settings.numerics().device())),
              settings.batch(),
              training.mse(),
              randomness.importance())
          .ifPresent(bounds -> {
            Outcomes.putIfNumber(metrics, "val_importance_bound", elbo + bounds.gain());
            Outcomes.putIfNumber(metrics, "val_importance_bound_se", bounds.gainError());
            Outcomes.putIfNumber(metrics, "val_importance_samples", bounds.effectiveSamples());
            Outcomes.putIfNumber(
                metrics, "val_importance_samples_median", bounds.medianEffectiveSamples());
          });
    }
  }
}
