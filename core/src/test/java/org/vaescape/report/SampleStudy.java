package org.vaescape.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.SplittableRandom;
import org.vaescape.study.FinishedTrial;
import org.vaescape.study.Status;

/// A made-up study with the shape of the real one: SGD does not learn, Adam and RMSprop are best
/// near 0.01, RMSprop diverges at 0.1 with few latent dimensions, InfoVAE is out of memory at 200.
/// Its numbers are nobody's results.
record SampleStudy(
    List<String> models,
    List<String> optimizers,
    List<String> latents,
    List<String> rates,
    List<List<String>> further,
    List<String> readings,
    int repeats) {

  static SampleStudy full() {
    return new SampleStudy(
        List.of("vae", "iwae", "infovae", "logcosh-vae"),
        List.of("adam", "sgd", "rmsprop"),
        List.of("10", "20", "30", "50", "100", "200"),
        List.of("1e-5", "0.0001", "0.001", "0.01", "0.1"),
        List.of(),
        List.of(),
        1);
  }

  SampleStudy withModels(String... names) {
    return new SampleStudy(List.of(names), optimizers, latents, rates, further, readings, repeats);
  }

  SampleStudy withOptimizers(String... names) {
    return new SampleStudy(models, List.of(names), latents, rates, further, readings, repeats);
  }

  SampleStudy withLatents(String... values) {
    return new SampleStudy(models, optimizers, List.of(values), rates, further, readings, repeats);
  }

  SampleStudy withRates(String... values) {
    return new SampleStudy(
        models, optimizers, latents, List.of(values), further, readings, repeats);
  }

  /// Adds a key: its name, then its values. One of a model or optimizer (`iwae.samples`) only to
  /// the cells that name it.
  SampleStudy withKey(String... keyAndValues) {
    List<List<String>> more = new ArrayList<>(further);
    more.add(List.of(keyAndValues));
    return new SampleStudy(models, optimizers, latents, rates, more, readings, repeats);
  }

  /// As [#withKey], and its values are readings.
  SampleStudy withReading(String... keyAndValues) {
    List<String> keys = new ArrayList<>(readings);
    keys.add(keyAndValues[0]);
    SampleStudy wider = withKey(keyAndValues);
    return new SampleStudy(
        models, optimizers, latents, rates, wider.further, List.copyOf(keys), repeats);
  }

  SampleStudy withRepeats(int count) {
    return new SampleStudy(models, optimizers, latents, rates, further, readings, count);
  }

  /// Everything but the trials that `notRun` leaves out: each so-manieth of the plan; 0 for none.
  ReportInput input(int notRun) {
    List<ReportInput.Planned> plan = new ArrayList<>();
    List<FinishedTrial> trials = new ArrayList<>();
    for (SequencedMap<String, String> cell : cells()) {
      for (int repeat = 0; repeat < repeats; repeat++) {
        String id = "%016x".formatted(0x9E3779B97F4A7C15L * (plan.size() + 1));
        plan.add(new ReportInput.Planned(id, cell, repeat));
        if (notRun == 0 || plan.size() % notRun != 0) {
          trials.add(trial(id, cell, repeat, plan.size()));
        }
      }
    }
    return new ReportInput(
        "sample",
        "# Which settings decide whether a variational autoencoder learns anything here?\n"
            + "name: sample          # made up\nspace:\n  model: "
            + models
            + "\n  latent: "
            + latents
            + "\n",
        readings,
        plan,
        trials,
        List.of("The numbers of this report are made up."),
        List.of(
            new SensitivityText.Part(
                "What matters", List.of("[undecided] vae: a sentence that is made up as well."))));
  }

  private List<SequencedMap<String, String>> cells() {
    List<SequencedMap<String, String>> cells = new ArrayList<>();
    for (String model : models) {
      for (String latent : latents) {
        for (String rate : rates) {
          for (String optimizer : optimizers) {
            SequencedMap<String, String> cell = new LinkedHashMap<>();
            cell.put("model", model);
            cell.put("latent", latent);
            cell.put("learning-rate", rate);
            cell.put("optimizer", optimizer);
            cells.add(cell);
          }
        }
      }
    }
    for (List<String> key : further) {
      List<SequencedMap<String, String>> wider = new ArrayList<>();
      String owner = key.getFirst().replaceAll("\\..*", "");
      for (SequencedMap<String, String> cell : cells) {
        if (key.getFirst().contains(".") && !cell.containsValue(owner)) {
          wider.add(cell);
          continue;
        }
        for (String value : key.subList(1, key.size())) {
          SequencedMap<String, String> copy = new LinkedHashMap<>(cell);
          copy.put(key.getFirst(), value);
          wider.add(copy);
        }
      }
      cells = wider;
    }
    return cells;
  }

  private static FinishedTrial trial(
      String id, SequencedMap<String, String> cell, int repeat, int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double noise = 1 + .08 * (random.nextDouble() - .5);
    double latent = Double.parseDouble(cell.getOrDefault("latent", ""));
    double rate = Math.log10(Double.parseDouble(cell.getOrDefault("learning-rate", "")));
    String optimizer = cell.getOrDefault("optimizer", "");
    boolean rmsprop = optimizer.startsWith("rmsprop");
    double pca = .0098 * Math.pow(latent / 10, -.42);

    if (cell.getOrDefault("model", "").equals("infovae") && latent == 200) {
      String message = "needs about 9.2 GiB, more than the 8 GiB that the study may use";
      return broken(id, cell, repeat, Status.OUT_OF_MEMORY, 0, message);
    }
    if (rmsprop && rate == -1 && latent <= 30 && random.nextDouble() < .8) {
      String message = "training loss is not finite in epoch 2, batch 3; last finite loss 4.1e7";
      return broken(id, cell, repeat, Status.DIVERGED, 2, message);
    }
    if (cell.getOrDefault("model", "").equals("logcosh-vae")
        && rate == -5
        && latent == 10
        && optimizer.equals("adam")) {
      return broken(id, cell, repeat, Status.FAILED, 4, "the disk is full");
    }
    double mse;
    String verdict;
    int epochs = (int) (12 + 60 * random.nextDouble() * random.nextDouble());
    if (optimizer.startsWith("sgd")) {
      mse = .0777;
      verdict = "untrained";
      epochs = 12;
    } else if (rate == -1 && latent == 200) {
      mse = 3.4e3;
      verdict = "exploded";
    } else {
      double best = rmsprop ? -2.6 : -2.2;
      mse = .0095 * Math.exp(.62 * Math.pow(rate - best, 2)) * Math.pow(latent / 10, -.12) * noise;
      mse = Math.min(mse, .06);
      verdict = mse >= .0217 ? (latent > 50 ? "collapsed" : "below-mean") : "learned";
    }
    double scale = cell.getOrDefault("model", "").equals("logcosh-vae") ? 4.6 : 1;
    SequencedMap<String, Double> metrics = new LinkedHashMap<>();
    metrics.put("val_loss", mse * scale + .002);
    metrics.put("val_reconstruction", mse * scale);
    metrics.put(
        "val_kl", verdict.equals("exploded") ? 3.4e16 : verdict.equals("collapsed") ? 0 : 8.2);
    metrics.put("val_mse", mse * .94);
    metrics.put("val_r2", 1 - mse * .94 / .0217);
    metrics.put("active_units", verdict.equals("learned") ? Math.min(latent, 12) : 0);
    metrics.put("mean_mse", .0217);
    metrics.put("pca_mse", pca);
    metrics.put("pca_r2", 1 - pca / .0217);
    metrics.put("untrained_mse", .0779);
    metrics.put("permuted_mse", .031 * noise);
    List<FinishedTrial.Epoch> curve = new ArrayList<>();
    for (int epoch = 1; epoch <= epochs; epoch++) {
      SequencedMap<String, Double> terms = new LinkedHashMap<>();
      double now =
          mse * scale * (1 + 4 * Math.exp(-epoch / 4.0)) * (1 + .03 * (random.nextDouble() - .5));
      terms.put("val_reconstruction", optimizer.startsWith("sgd") ? mse * scale : now);
      curve.add(new FinishedTrial.Epoch(epoch, terms));
    }
    Status status = epochs > 60 ? Status.MAX_EPOCHS : Status.CONVERGED;
    return finished(id, cell, repeat, status, verdict, metrics, curve, "");
  }

  private static FinishedTrial broken(
      String id,
      SequencedMap<String, String> cell,
      int repeat,
      Status status,
      int epochs,
      String why) {
    List<FinishedTrial.Epoch> curve = new ArrayList<>();
    for (int epoch = 1; epoch <= epochs; epoch++) {
      SequencedMap<String, Double> terms = new LinkedHashMap<>();
      terms.put("val_reconstruction", epoch == 1 ? .05 : Double.NaN);
      curve.add(new FinishedTrial.Epoch(epoch, terms));
    }
    return finished(id, cell, repeat, status, "", new LinkedHashMap<>(), curve, why);
  }

  private static FinishedTrial finished(
      String id,
      SequencedMap<String, String> cell,
      int repeat,
      Status status,
      String verdict,
      SequencedMap<String, Double> metrics,
      List<FinishedTrial.Epoch> curve,
      String message) {
    SequencedMap<String, String> provenance = new LinkedHashMap<>();
    provenance.put("vaescape", "0.1.0");
    provenance.put("jdk", "25.0.3");
    return new FinishedTrial(
        id,
        cell,
        repeat,
        status,
        verdict,
        curve.size(),
        metrics,
        List.of(),
        curve,
        curve.size() * .31,
        .31,
        "plain",
        "fp32",
        "d41d8cd98f00b204",
        message,
        provenance);
  }
}
