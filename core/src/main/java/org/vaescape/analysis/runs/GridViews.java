package org.vaescape.analysis.runs;

import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Grids of a landscape as views see them, one after the other: those of one part on all scales
/// cost little more than one.
public final class GridViews implements Function<View, Optional<GridView>> {
  private final Landscape landscape;
  private @Nullable View last;
  private Optional<GridView.Part> part = Optional.empty();

  public GridViews(Landscape landscape) {
    this.landscape = landscape;
  }

  @Override
  public Optional<GridView> apply(View view) {
    View raw = view.on(Scale.RAW);
    if (!raw.equals(last)) {
      part = GridView.Part.of(landscape, raw);
      last = raw;
    }
    return part.flatMap(found -> found.on(view.scale()));
  }
}
