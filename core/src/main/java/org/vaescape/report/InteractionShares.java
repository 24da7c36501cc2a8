package org.vaescape.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.vaescape.analysis.claim.Claim;
import org.vaescape.analysis.claim.Words;
import org.vaescape.analysis.runs.Variable;
import org.vaescape.analysis.shares.EffectShare;

/// What hyper-parameters do alone and in pairs: a matrix for each scope, the shares of the
/// variation of its first outcome on the diagonal and below it.
///
/// @param scopes those in which two or more varied
record InteractionShares(List<FirstShares> scopes) {
  private static final String TITLE = "What hyper-parameters do alone, and in pairs";
  private static final int MOST_SCOPES = 12;

  /// Hyper-parameters of a matrix, those with the largest shares.
  private static final int MOST = 12;

  /// Scopes whose strongest pair a caption names.
  private static final int MOST_NAMED = 6;

  private static final String COLOR = ColorMap.at(.15);

  /// Empty where no scope has shares of pairs.
  static Optional<InteractionShares> of(List<FirstShares> shares) {
    List<FirstShares> scopes = shares.stream().filter(one -> !one.pairs().isEmpty()).toList();
    return scopes.isEmpty() ? Optional.empty() : Optional.of(new InteractionShares(scopes));
  }

  Figure figure(String name, Format format) {
    return new TileMap(scopes.stream().limit(MOST_SCOPES).map(InteractionShares::panel).toList(), 1)
        .figure(name, TITLE, caption(), alternative(), _ -> {}, format);
  }

  private static TileMap.Panel panel(FirstShares shares) {
    List<String> names = names(shares);
    List<TileMap.Tile> tiles = new ArrayList<>();
    for (int row = 0; row < names.size(); row++) {
      for (int column = 0; column <= row; column++) {
        tiles.add(tile(shares, names, column, row));
      }
    }
    return new TileMap.Panel(
        shares.scope(),
        "",
        "",
        names,
        names,
        tiles,
        shares.metric() + " (" + shares.scale().text() + " scale)");
  }

  /// Of the hyper-parameters that varied in the order of the study, the ones that do most.
  private static List<String> names(FirstShares shares) {
    List<String> all = shares.design().variables().stream().map(Variable::name).toList();
    List<String> kept =
        all.stream()
            .sorted(Comparator.comparingDouble(name -> -main(shares, name)))
            .limit(MOST)
            .toList();
    return all.stream().filter(kept::contains).toList();
  }

  private static double main(FirstShares shares, String name) {
    return shares.share(List.of(name)).map(EffectShare::estimate).orElse(0.0);
  }

  private static TileMap.Tile tile(FirstShares shares, List<String> names, int column, int row) {
    List<String> factors =
        column == row ? List.of(names.get(row)) : List.of(names.get(column), names.get(row));
    Optional<EffectShare> share = shares.share(factors);
    return new TileMap.Tile(
        column,
        row,
        ColorMap.tint(COLOR, share.map(EffectShare::estimate).orElse(0.0)),
        false,
        share.map(one -> TextTable.percent(one.estimate())).orElse("–"),
        List.of(),
        "%s, %s: %s"
            .formatted(
                shares.scope(),
                String.join(" × ", factors),
                share.map(InteractionShares::number).orElse("not estimated")));
  }

  /// `27 % [26, 28]`.
  private static String number(EffectShare share) {
    return Words.percent(share.estimate())
        + share.interval().map(interval -> " " + Words.of(interval)).orElse("");
  }

  private String caption() {
    List<String> parts = new ArrayList<>(List.of(TITLE + ".", finding()));
    parts.add(
        "In a matrix the diagonal has the share of the variation (%) that a hyper-parameter accounts for alone, and the other tiles what two account for together beyond that; darker is more, – is not estimated.");
    parts.add(
        "%s intervals, where there are any, are in the words of each tile and in sensitivity.json; what three or more do together is left out."
            .formatted(Words.percent(Claim.CONFIDENCE)));
    if (scopes.size() > MOST_SCOPES) {
      parts.add("The first %s of %s scopes.".formatted(MOST_SCOPES, scopes.size()));
    }
    if (scopes.stream().anyMatch(one -> one.design().variables().size() > MOST)) {
      parts.add("The %s hyper-parameters with the largest shares.".formatted(MOST));
    }
    return String.join(" ", parts);
  }

  /// The strongest pair of each scope, or of all where there are many.
  private String finding() {
    List<FirstShares> strongestFirst =
        scopes.stream()
            .sorted(Comparator.comparingDouble(one -> -strongest(one).estimate()))
            .toList();
    boolean all = scopes.size() <= MOST_NAMED;
    return (all ? strongestFirst : strongestFirst.subList(0, 1))
        .stream()
            .map(one ->
                "%s %s in %s"
                    .formatted(
                        String.join(" × ", strongest(one).factors()),
                        number(strongest(one)),
                        one.scope()))
            .collect(
                Collectors.joining(
                    ", ",
                    all && scopes.size() > 1 ? "The strongest pairs: " : "The strongest pair: ",
                    "."));
  }

  private static EffectShare strongest(FirstShares shares) {
    return shares.strongestPair().orElseThrow();
  }

  private String alternative() {
    return scopes.stream()
        .map(one ->
            "%s: %s alone %s; strongest pair %s %s."
                .formatted(
                    one.scope(),
                    one.parts().stream()
                        .filter(EffectShare::isMain)
                        .max(Comparator.comparingDouble(EffectShare::estimate))
                        .map(share -> share.factors().getFirst())
                        .orElse("nothing"),
                    one.parts().stream()
                        .filter(EffectShare::isMain)
                        .max(Comparator.comparingDouble(EffectShare::estimate))
                        .map(InteractionShares::number)
                        .orElse(""),
                    String.join(" × ", strongest(one).factors()),
                    number(strongest(one))))
        .collect(Collectors.joining(" ", "Heat maps of shares. ", ""));
  }
}
