package org.vaescape.study;

import java.util.List;

/// Where a study file has the keys that cells are told apart by, as `--set` takes them.
public final class KeyPath {
  private KeyPath() {}

  /// `space.latent` of `latent`, `models.iwae.samples` of `iwae.samples`. A key of `train` leaves
  /// it when it is set in `space`.
  ///
  /// @param key of a cell
  /// @param readings keys that are readings, which have a section of their own
  public static String of(String key, List<String> readings) {
    if (readings.contains(key)) {
      return "readings." + key;
    }
    if (OpenPoints.OF_SECTIONS.containsKey(key)) {
      return key;
    }
    int dot = key.indexOf('.');
    String section =
        dot < 0 ? "space" : OpenPoints.sectionOf(key.substring(0, dot)).orElse("space");
    return section + "." + key;
  }
}
