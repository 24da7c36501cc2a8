package org.vaescape.train;

import java.util.List;
import org.vaescape.search.Catalogue;

/// Every metric that is measured where samples have labels or batches. A new one is a file of its
/// own and a line here; its name is the column of `trials.csv`, with `_batch` behind it for batches
/// and `pca_` before it for principal components.
public final class LabelMetrics {
  public static final Catalogue<LabelMetric> CATALOGUE =
      new Catalogue<>(
          "label metric",
          List.of(
              NeighbourAccuracy.MEMBER,
              RegressionAccuracy.MEMBER,
              ClusterAgreement.KMEANS_ARI,
              ClusterAgreement.KMEANS_NMI,
              ClusterAgreement.LEIDEN_ARI,
              ClusterAgreement.LEIDEN_NMI,
              LabelSilhouette.MEMBER));

  private LabelMetrics() {}
}
