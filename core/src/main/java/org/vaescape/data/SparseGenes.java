package org.vaescape.data;

import java.util.Arrays;
import org.vaescape.UserError;

/// Values of which most are 0, gene by gene: 8 bytes for each that is not, wherever it stood in the
/// file.
final class SparseGenes implements GeneValues {
  private final int samples;
  private final int[] starts;
  private final int[] sampleOf;
  private final float[] values;

  private SparseGenes(int samples, int[] starts, int[] sampleOf, float[] values) {
    this.samples = samples;
    this.starts = starts;
    this.sampleOf = sampleOf;
    this.values = values;
  }

  @Override
  public float[] of(int gene) {
    float[] all = new float[samples];
    for (int i = starts[gene]; i < starts[gene + 1]; i++) {
      all[sampleOf[i]] = values[i];
    }
    return all;
  }

  /// Takes entries in any order.
  static final class Builder {
    private final String source;
    private final int genes;
    private final int samples;
    private int[] geneOf;
    private int[] sampleOf;
    private float[] values;
    private int count;

    /// @param source for messages
    /// @param expected how many entries will come, about
    Builder(String source, int genes, int samples, int expected) {
      this.source = source;
      this.genes = genes;
      this.samples = samples;
      geneOf = new int[expected];
      sampleOf = new int[expected];
      values = new float[expected];
    }

    void add(int gene, int sample, float value) {
      if (count == values.length) {
        int more = (int) Math.min(Integer.MAX_VALUE - 8, 2L * count + 16);
        if (more == count) {
          throw new UserError(source + ": has more values than one matrix can hold, 2^31");
        }
        geneOf = Arrays.copyOf(geneOf, more);
        sampleOf = Arrays.copyOf(sampleOf, more);
        values = Arrays.copyOf(values, more);
      }
      geneOf[count] = gene;
      sampleOf[count] = sample;
      values[count++] = value;
    }

    /// @throws UserError if a gene has two values for one sample
    SparseGenes build() {
      int[] starts = new int[genes + 1];
      for (int i = 0; i < count; i++) {
        starts[geneOf[i] + 1]++;
      }
      for (int gene = 0; gene < genes; gene++) {
        starts[gene + 1] += starts[gene];
      }
      int[] next = starts.clone();
      int[] bySample = new int[count];
      float[] sorted = new float[count];
      for (int i = 0; i < count; i++) {
        int place = next[geneOf[i]]++;
        bySample[place] = sampleOf[i];
        sorted[place] = values[i];
      }
      requireOnce(starts, bySample);
      return new SparseGenes(samples, starts, bySample, sorted);
    }

    private void requireOnce(int[] starts, int[] bySample) {
      int[] lastGene = new int[samples];
      for (int gene = 0; gene < genes; gene++) {
        for (int i = starts[gene]; i < starts[gene + 1]; i++) {
          if (lastGene[bySample[i]] == gene + 1) {
            throw new UserError(
                "%s: has two values of gene %s for sample %s (both counted from 1)"
                    .formatted(source, gene + 1, bySample[i] + 1));
          }
          lastGene[bySample[i]] = gene + 1;
        }
      }
    }
  }
}
