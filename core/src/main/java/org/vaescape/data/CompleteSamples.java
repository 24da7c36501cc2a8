package org.vaescape.data;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.vaescape.UserError;
import org.vaescape.data.DataSettings.Missing;

/// The samples of a matrix that lack no value, where `data.missing` is `drop-samples`.
///
/// Genes without a value in any sample do not count: the selection of genes leaves them out.
public final class CompleteSamples {
  private CompleteSamples() {}

  /// The matrix without samples that lack a value, with a note that counts them; the same matrix
  /// where nothing is missing, or something else is to become of it. Its hash stays that of the
  /// whole.
  ///
  /// @throws UserError if no sample is complete
  public static Matrix of(Matrix matrix, Missing missing) {
    if (missing != Missing.DROP_SAMPLES) {
      return matrix;
    }
    int[] lacking = lacking(matrix);
    int[] kept = IntStream.range(0, lacking.length).filter(s -> lacking[s] == 0).toArray();
    if (kept.length == lacking.length) {
      return matrix;
    }
    if (kept.length == 0) {
      throw new UserError(
          "%s: data.missing is drop-samples, but each of the %s samples lacks a value; set it to drop-genes or mean"
              .formatted(matrix.source(), lacking.length));
    }
    List<String> dropped =
        IntStream.range(0, lacking.length)
            .filter(s -> lacking[s] > 0)
            .mapToObj(matrix.samples()::get)
            .toList();
    List<String> notes = new ArrayList<>(matrix.notes());
    notes.add(
        "%s: %s values are missing, in %s of %s samples, which are dropped (%s); set data.missing to mean to keep them"
            .formatted(
                matrix.source(),
                IntStream.of(lacking).asLongStream().sum(),
                dropped.size(),
                lacking.length,
                AxisNames.some(dropped)));
    GeneValues all = matrix.values();
    return new Matrix(
        matrix.source(),
        IntStream.of(kept).mapToObj(matrix.samples()::get).toList(),
        matrix.genes(),
        gene -> chosen(all.of(gene), kept),
        matrix.hash(),
        notes,
        matrix.form());
  }

  /// Of each sample how many values are missing that some other sample has.
  private static int[] lacking(Matrix matrix) {
    int[] lacking = new int[matrix.samples().size()];
    for (int gene = 0; gene < matrix.genes().size(); gene++) {
      float[] values = matrix.values().of(gene);
      boolean some = false;
      for (float value : values) {
        some |= !Float.isNaN(value);
      }
      for (int sample = 0; some && sample < values.length; sample++) {
        lacking[sample] += Float.isNaN(values[sample]) ? 1 : 0;
      }
    }
    return lacking;
  }

  private static float[] chosen(float[] values, int[] samples) {
    float[] chosen = new float[samples.length];
    for (int i = 0; i < samples.length; i++) {
      chosen[i] = values[samples[i]];
    }
    return chosen;
  }
}
