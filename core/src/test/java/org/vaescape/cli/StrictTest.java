package org.vaescape.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is said of data and settings before a study runs: a warning with the number and what to
/// set, and the same sentence as an error under `--strict`.
final class StrictTest {
  private static final int SAMPLES = 60;
  private static final int GENES = 20;

  @TempDir private static Path folder;

  /// A matrix that there is nothing to say of, and others with one thing wrong.
  @BeforeAll
  static void writeFiles() throws IOException {
    double[][] values = values();
    Files.writeString(
        folder.resolve("s.yaml"),
        """
        data: {matrix: m.tsv, split: {validation: 0.2}, select: {keep: 18}}
        space: {latent: 2, hidden: [4]}
        train: {batch: 12, max-epochs: 20}
        """);
    IntFunction<String> plain = i -> "S" + i;
    write("m.tsv", "gene", plain, values);
    write("unnamed.tsv", "gene", i -> "x%dy".formatted(i), values);
    write("patients.tsv", "gene", i -> "TCGA-AA-%04d-0%d".formatted(i / 2, 1 + i % 2), values);
    double[][] counts = new double[GENES][];
    double[][] copies = new double[GENES][];
    double[][] constant = values.clone();
    double[][] missing = values.clone();
    for (int gene = 0; gene < GENES; gene++) {
      double[] row = values[gene];
      counts[gene] = Arrays.stream(row).map(value -> StrictMath.rint(1000 * value)).toArray();
      copies[gene] = IntStream.range(0, SAMPLES).mapToDouble(i -> row[i / 2 * 2]).toArray();
    }
    constant[5] = new double[SAMPLES];
    missing[7] = values[7].clone();
    missing[7][11] = Double.NaN;
    write("counts.tsv", "gene", plain, counts);
    write("copies.tsv", "gene", plain, copies);
    write("constant.tsv", "gene", plain, constant);
    write("missing.tsv", "gene", plain, missing);
    column("sound.tsv", "sample\tlabel", SAMPLES, i -> "l" + i % 2);
    column("rare.tsv", "sample\tlabel", SAMPLES, i -> i < 4 ? "rare" : "l");
    column("some.tsv", "sample\tlabel", SAMPLES - 3, i -> "l" + i % 2);
    column("more.tsv", "sample\tlabel", SAMPLES + 2, i -> "l" + i % 2);
    column("odd.tsv", "who\twhat", SAMPLES, i -> "l" + i % 2);
    column(
        "batches.tsv",
        "sample\tlabel\tbatch",
        SAMPLES,
        i -> "l" + i % 2 + "\t" + (i < 9 ? "" : "b" + i % 3));
    column("survival.tsv", "sample\ttime\tevent", SAMPLES - 5, i -> 1 + i % 7 + "\t" + i % 2);
  }

  private static double[][] values() {
    SplittableRandom random = new SplittableRandom(4);
    double[][] values = new double[GENES][SAMPLES];
    for (double[] row : values) {
      Arrays.setAll(row, _ -> 8 + random.nextGaussian());
    }
    return values;
  }

  private static void write(String name, String corner, IntFunction<String> sample, double[][] rows)
      throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add(corner + "\t" + joined(SAMPLES, sample));
    for (int gene = 0; gene < GENES; gene++) {
      double[] row = rows[gene];
      lines.add(
          (name.equals("unnamed.tsv") ? "z%dz" : "G%d").formatted(gene)
              + "\t"
              + joined(
                  SAMPLES,
                  i -> Double.isNaN(row[i]) ? "NA" : String.format(Locale.ROOT, "%.4f", row[i])));
    }
    Files.write(folder.resolve(name), lines);
  }

  private static String joined(int count, IntFunction<String> text) {
    return IntStream.range(0, count).mapToObj(text).collect(Collectors.joining("\t"));
  }

  private static void column(String name, String head, int samples, IntFunction<String> text)
      throws IOException {
    List<String> lines = new ArrayList<>(List.of(head));
    IntStream.range(0, samples).forEach(i -> lines.add("S" + i + "\t" + text.apply(i)));
    Files.write(folder.resolve(name), lines);
  }

  private static Console run(String sets, String... options) {
    List<String> words = new ArrayList<>(List.of("run", folder.resolve("s.yaml").toString()));
    words.addAll(List.of("--out", folder.resolve("out").toString()));
    words.addAll(List.of(options));
    for (String set : sets.isEmpty() ? new String[0] : sets.split(" ", -1)) {
      words.addAll(List.of("--set", named(set)));
    }
    return Console.run(words.toArray(String[]::new));
  }

  /// With the folder of the files.
  private static String named(String text) {
    return text.replace("@", folder + "/");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          train.batch=49|batch is 49 but the training part has 48 samples: every epoch is one batch; set batch to at most 48 (--set train.batch=48)
          train.batch=47|the last batch of 47 would be one sample, of which batch normalisation has no variance; it is left out: set batch to 48, or drop-last to true
          data.scale=none|100 % of the training values lie outside 0 to 1, where no output of a sigmoid can be; set data.scale to min-max, or output to linear
          data.scale=z-score train.output=softplus|51 % of the training values lie below 0, where no output of a softplus can be; set data.scale to min-max, or output to linear
          data.split.validation=0.01|the validation part has 1 sample, of which outcomes are chance; raise data.split.validation
          data.split.test=0.01|the test part has 1 sample, of which outcomes are chance; raise data.split.test
          data.matrix=@counts.tsv|the matrix has values up to 10859, more than a logarithm has: set data.log to log2, or after min-max nearly all values will be close to 0
          data.matrix=@patients.tsv data.split.group=none|12 patients have samples in training and in validation (TCGA-AA-0000, TCGA-AA-0001, TCGA-AA-0002, ...), which can flatter outcomes; set data.split.group to patient
          data.matrix=@copies.tsv|12 validation samples are nearly the same as a training sample (S1 as S0), which can flatter outcomes; drop one of each from the matrix
          data.matrix=@constant.tsv|@constant.tsv: 1 of 20 genes are constant in the training samples and never selected (G5); taking them out of the matrix only ends this warning
          data.matrix=@missing.tsv|@missing.tsv: 1 values are missing, in 1 of 20 genes, which are dropped (G7); set data.missing to mean to keep them
          data.matrix=@missing.tsv data.missing=mean|@missing.tsv: 1 values are missing; the gene's mean stands in; set data.missing to drop-genes to leave such genes out
          data.matrix=@unnamed.tsv|@unnamed.tsv: read with genes in rows because the first cell is 'gene'; set data.orientation to genes-in-columns if that is wrong
          data.labels=@rare.tsv|1 of 2 labels have fewer than 5 training or 2 validation samples (rare): outcomes by label say little of them; join or leave out such labels, or raise data.split.validation
          data.labels=@some.tsv|@some.tsv: 3 of the 60 samples of @m.tsv have no label; outcomes by it leave them out, unless you give them one
          data.labels=@more.tsv|@more.tsv: 2 of its 62 labels are of samples that @m.tsv does not have; take them out if they should not be there
          data.labels=@odd.tsv|@odd.tsv: column who is taken for the sample and column what for the label; name them sample and label to choose others
          data.labels=@batches.tsv|@batches.tsv: 9 of the 60 samples of @m.tsv have no batch; outcomes by it leave them out, unless you give them one
          data.survival=@survival.tsv|@survival.tsv: 5 of the 60 samples of @m.tsv have no survival time; outcomes by it leave them out, unless you give them one
          train.objective=elbo space.kl-weight=0.001|kl-weight 0.001 under objective elbo, where the evidence bound has 1, leaves an autoencoder in effect: take kl-weight away, set it to 1, or set objective to mean
          train.kl-warm-up.name=linear train.kl-warm-up.epochs=14|the stopping rule can act from epoch 12 on, but the KL has its full weight from epoch 15 on only: trials that stop before have another objective; set train.stop.min-epochs to at least 15
          train.kl-warm-up.name=linear train.kl-warm-up.epochs=30|the stopping rule can act from epoch 12 on, but the KL warm-up does not end within max-epochs 20: such trials have a smaller kl-weight than they say; shorten train.kl-warm-up, or set train.stop to none
          train.kl-warm-up=linear train.restore=best|restore: best can take an epoch before the KL has its full weight, which is from epoch 11 on: such weights come of another objective; set train.restore to last, or train.kl-warm-up to none
          """)
  void isAWarningAndUnderStrictAnError(String sets, String sentence) {
    Console warned = run(sets, "--dry-run");
    assertEquals(new Console(0, warned.out(), "Warning: " + named(sentence) + "\n"), warned);
    String refused = "vaescape: --strict takes no warning: " + named(sentence) + "\n";
    assertEquals(new Console(2, "", refused), run(sets, "--strict"));
    assertEquals(new Console(2, "", refused), run(sets, "--strict", "--dry-run"));
    assertFalse(Files.exists(folder.resolve("out")), "nothing is written");
  }

  @Test
  void saysNothingOfSoundDataAndAllOfSeveralThings() {
    for (String sound : List.of("", "data.labels=" + "@sound.tsv")) {
      Console answer = run(sound, "--strict", "--dry-run");
      assertEquals(new Console(0, answer.out(), ""), answer);
    }
    assertEquals(
        "vaescape: --strict takes no warning: the validation part has 1 sample, of which outcomes"
            + " are chance; raise data.split.validation; the last batch of 58 would be one sample,"
            + " of which batch normalisation has no variance; it is left out: set batch to 59, or"
            + " drop-last to true\n",
        run("data.split.validation=0.01 train.batch=58", "--strict").err());
  }
}
