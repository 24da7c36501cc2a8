package org.vaescape.study;

import java.util.List;

/// The studies that come with vaescape.
public final class Presets {
  private static final String MATRIX =
      "; download it from xenabrowser.net (UCSC Xena: cohort TCGA Pan-Cancer (PANCAN),"
          + " dataset HiSeqV2, gene expression RNAseq) and pass it by --data FILE";

  public static final List<Preset> ALL =
      List.of(
          new Preset(
              "quickstart",
              "four models on 148 tumours that come with vaescape, in about a minute",
              ""),
          new Preset(
              "korkic2021",
              "the study of VAE hyper-parameters on TCGA, 360 cells, as its text and code have it",
              MATRIX),
          new Preset(
              "korkic2021-readings",
              "the same under 32 readings of what its text leaves open, 11,520 trials",
              MATRIX),
          new Preset(
              "korkic2021-extended",
              "what it names as future work, corrected: 16,128 cells, five repeats",
              MATRIX),
          new Preset(
              "tybalt2018",
              "the parameter sweeps of Tybalt, 800 cells, with the KL's weight as written and as run",
              MATRIX),
          new Preset(
              "eltager2023",
              "six models, 6,480 cells, judged by how well clusters agree with cancer types",
              "; download it from xenabrowser.net (UCSC Xena: cohort TCGA Pan-Cancer (PANCAN),"
                  + " batch effects normalized mRNA data) and pass it by --data FILE"));

  private Presets() {}
}
