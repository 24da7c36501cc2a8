package org.vaescape.data;

import java.util.List;

/// What was done to the values of the file before genes were scaled, so that it can be done to
/// other samples.
///
/// @param normalize `none`; `cpm`: each value times a million over the sample's sum of all genes;
///   `size-factors`: each value over the sample's size factor, which is e to the median, over those
///   `genes` whose value is above 0, of ln(value / mean)
/// @param log `none`, `log1p` for ln(x + 1), `log2` for log2(x + 1)
/// @param genes that size factors look at
/// @param means of each of them, geometric, over the samples that were fitted on
public record CountScaling(String normalize, String log, List<String> genes, List<Double> means) {
  public static final CountScaling NONE = new CountScaling("none", "none", List.of(), List.of());

  public CountScaling {
    genes = List.copyOf(genes);
    means = List.copyOf(means);
    if (genes.size() != means.size()) {
      throw new IllegalArgumentException(
          "%s genes have %s means".formatted(genes.size(), means.size()));
    }
  }
}
