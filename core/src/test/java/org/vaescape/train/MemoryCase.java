package org.vaescape.train;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.vaescape.engine.Device;
import org.vaescape.engine.Precision;
import org.vaescape.model.Activations;
import org.vaescape.model.GenePath;
import org.vaescape.model.Initialization;
import org.vaescape.model.LayerStyle;
import org.vaescape.model.Models;
import org.vaescape.model.Normalizations;
import org.vaescape.model.Outputs;
import org.vaescape.model.Reconstructions;

/// A trial whose memory is measured, one epoch long.
record MemoryCase(
    String model,
    Map<String, Object> settings,
    String optimizer,
    int batch,
    int genes,
    int latent,
    List<Integer> hidden,
    LayerStyle style,
    String term,
    Stopping.Restore restore,
    Precision precision,
    GenePath.Choice path) {
  MemoryCase(String model, String optimizer, int batch, int genes, int latent) {
    this(
        model,
        Map.of(),
        optimizer,
        batch,
        genes,
        latent,
        List.of(256),
        LayerStyle.STANDARD,
        "mse",
        Stopping.Restore.LAST,
        Precision.FP32,
        GenePath.Choice.PLAIN);
  }

  MemoryCase with(Map<String, Object> more) {
    return new MemoryCase(
        model, more, optimizer, batch, genes, latent, hidden, style, term, restore, precision,
        path);
  }

  MemoryCase with(List<Integer> sizes) {
    return new MemoryCase(
        model, settings, optimizer, batch, genes, latent, sizes, style, term, restore, precision,
        path);
  }

  MemoryCase with(LayerStyle other) {
    return new MemoryCase(
        model, settings, optimizer, batch, genes, latent, hidden, other, term, restore, precision,
        path);
  }

  MemoryCase withTerm(String other) {
    return new MemoryCase(
        model, settings, optimizer, batch, genes, latent, hidden, style, other, restore, precision,
        path);
  }

  MemoryCase with(Stopping.Restore other) {
    return new MemoryCase(
        model, settings, optimizer, batch, genes, latent, hidden, style, term, other, precision,
        path);
  }

  MemoryCase with(Precision other) {
    return new MemoryCase(
        model, settings, optimizer, batch, genes, latent, hidden, style, term, restore, other,
        path);
  }

  MemoryCase with(GenePath.Choice other) {
    return new MemoryCase(
        model, settings, optimizer, batch, genes, latent, hidden, style, term, restore, precision,
        other);
  }

  /// Twice the batch, so that an epoch has two steps.
  int trainingSamples() {
    return 2 * batch;
  }

  long estimate() {
    return MemoryEstimate.bytes(training(), genes, trainingSamples());
  }

  Numerics numerics() {
    return new Numerics(precision, path, Device.CPU, 1);
  }

  TrainingSettings training() {
    return new TrainingSettings(
        Models.CATALOGUE.member(model).create(settings),
        hidden,
        latent,
        style,
        Initialization.PYTORCH,
        Optimizers.CATALOGUE.member(optimizer).create(Map.of()),
        1e-3,
        new ConstantRate(),
        Reconstructions.CATALOGUE.member(term).create(Map.of()),
        false,
        1e-4,
        new NoWarmUp(),
        0,
        batch,
        false,
        new Stopping(new NoStop(), 1, restore, 0),
        OptionalDouble.empty(),
        Validation.SAMPLED,
        false,
        numerics(),
        Optional.empty());
  }

  static LayerStyle style(
      String activation, String normalization, double dropout, String output, boolean outputNorm) {
    return new LayerStyle(
        Activations.CATALOGUE.member(activation).create(Map.of()),
        Normalizations.CATALOGUE.member(normalization).create(Map.of()),
        dropout,
        Outputs.CATALOGUE.member(output).create(Map.of()),
        outputNorm,
        false);
  }
}
