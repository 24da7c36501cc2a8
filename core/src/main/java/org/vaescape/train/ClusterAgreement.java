package org.vaescape.train;

import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.vaescape.search.Member;

/// How far clusters that were found without labels agree with them.
record ClusterAgreement(
    Function<LabelledPlaces, int[]> clusters, ToDoubleFunction<Agreement> agreement)
    implements LabelMetric {
  private static final String KMEANS = "k-means with as many clusters as labels";
  private static final String KMEANS_SOURCE = "Lloyd 1982, doi:10.1109/TIT.1982.1056489";
  private static final String LEIDEN =
      "Leiden clusters (modularity) of the graph that joins each sample with its %d nearest"
          .formatted(LabelledPlaces.GRAPH_NEIGHBOURS);
  private static final String LEIDEN_SOURCE = "Traag et al. 2019, doi:10.1038/s41598-019-41695-z";
  private static final String ARI = "adjusted Rand index of ";
  private static final String NMI = "normalised mutual information of ";

  static final Member<LabelMetric> KMEANS_ARI =
      member(
          "kmeans_ari", ARI + KMEANS, KMEANS_SOURCE, LabelledPlaces::means, Agreement::randIndex);
  static final Member<LabelMetric> KMEANS_NMI =
      member(
          "kmeans_nmi",
          NMI + KMEANS,
          KMEANS_SOURCE,
          LabelledPlaces::means,
          Agreement::normalizedInformation);
  static final Member<LabelMetric> LEIDEN_ARI =
      member(
          "leiden_ari", ARI + LEIDEN, LEIDEN_SOURCE, LabelledPlaces::groups, Agreement::randIndex);
  static final Member<LabelMetric> LEIDEN_NMI =
      member(
          "leiden_nmi",
          NMI + LEIDEN,
          LEIDEN_SOURCE,
          LabelledPlaces::groups,
          Agreement::normalizedInformation);

  private static Member<LabelMetric> member(
      String name,
      String summary,
      String source,
      Function<LabelledPlaces, int[]> clusters,
      ToDoubleFunction<Agreement> agreement) {
    return new Member<>(
        name, summary, source, List.of(), _ -> new ClusterAgreement(clusters, agreement));
  }

  /// NaN where there are fewer than two labels.
  @Override
  public double of(LabelledPlaces places) {
    return places.classes() < 2
        ? Double.NaN
        : agreement.applyAsDouble(Agreement.of(places.held().labels(), clusters.apply(places)));
  }
}
