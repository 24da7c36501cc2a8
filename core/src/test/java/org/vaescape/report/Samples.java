package org.vaescape.report;

import java.nio.file.Path;

/// Writes reports of made-up studies, for looking at: `Samples FOLDER`.
final class Samples {
  public static void main(String[] arguments) {
    Path folder = Path.of(arguments[0]);
    SampleStudy full = SampleStudy.full();
    Report.write(folder.resolve("full"), full.input(41));
    Report.write(folder.resolve("repeats"), full.withModels("vae").withRepeats(3).input(17));
    Report.write(
        folder.resolve("one"),
        full.withModels("vae")
            .withLatents("50")
            .withRates("0.001")
            .withOptimizers("adam")
            .input(0));
    Report.write(
        folder.resolve("four"),
        full.withOptimizers(
                "adam", "sgd", "rmsprop", "adam-with-a-name-that-is-far-too-long-to-fit")
            .withModels("vae")
            .withKey("hidden", "[256]", "[512, 256]")
            .input(0));
    Report.write(
        folder.resolve("small"),
        full.withLatents("10", "50")
            .withRates("0.001", "0.003", "0.01")
            .withOptimizers("adam", "rmsprop")
            .input(0));
    Report.write(
        folder.resolve("wide"),
        full.withModels("vae")
            .withLatents(
                "2", "5", "10", "20", "30", "50", "64", "75", "100", "128", "150", "200", "256")
            .input(0));
    Report.write(folder.resolve("nothing"), full.withModels("vae").input(1));
  }

  private Samples() {}
}
