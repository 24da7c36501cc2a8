package org.vaescape.train;

import java.util.Arrays;
import java.util.regex.Pattern;

/// A fit of principal components whose memory is measured.
record PcaCase(int samples, int genes, int components) {
  private static final Pattern LINE = Pattern.compile("pca( \\d+){3}");

  /// Whether a line is one for [#of].
  static boolean isOne(String line) {
    return LINE.matcher(line).matches();
  }

  /// From a line like `pca 3000 1500 256`.
  static PcaCase of(String line) {
    int[] numbers = Arrays.stream(line.split(" ")).skip(1).mapToInt(Integer::parseInt).toArray();
    return new PcaCase(numbers[0], numbers[1], numbers[2]);
  }

  long estimate() {
    return PcaMemory.of(samples, genes, components).bytes();
  }

  /// Makes data with so many leading components that few products find those asked for, and returns
  /// what fits to them.
  Runnable fit() {
    SampleRows rows =
        SampleRows.of(TestData.lowRank(samples, 1, genes, 60, 5).training().values(), genes);
    return () -> {
      Pca _ = Pca.fit(rows, components);
    };
  }
}
