package org.vaescape.search;

import java.util.List;

/// The searches that a study can name.
public final class Searches {
  public static final Catalogue<Search> CATALOGUE = new Catalogue<>("search", List.of(Grid.MEMBER));

  private Searches() {}
}
