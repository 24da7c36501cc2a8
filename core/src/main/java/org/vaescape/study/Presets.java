package org.vaescape.study;

import java.util.List;

/// The studies that come with vaescape.
public final class Presets {
  public static final List<Preset> ALL =
      List.of(
          new Preset(
              "quickstart",
              "four models on 148 tumours that come with vaescape, in about a minute",
              ""),
          new Preset(
              "korkic2021",
              "the study of VAE hyper-parameters on TCGA, 360 cells, as its text and code have it",
              "; download it from xenabrowser.net (UCSC Xena: cohort TCGA Pan-Cancer (PANCAN),"
                  + " dataset HiSeqV2, gene expression RNAseq) and pass it by --data FILE"));

  private Presets() {}
}
