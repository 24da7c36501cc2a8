package org.vaescape.data;

import java.nio.file.Files;
import java.nio.file.Path;
import org.vaescape.UserError;

/// The data sets that come with vaescape, in the folder `data` of its home.
///
/// The home is the system property `vaescape.home`, which the launcher sets to the top of the
/// repository.
public final class BuiltInData {
  private static final String HOME = "vaescape.home";

  private BuiltInData() {}

  /// The file of this name, such as `pancan148_cc0.tsv.gz`.
  ///
  /// @throws UserError if it is not there
  public static Path path(String name) {
    String home = System.getProperty(HOME);
    if (home == null) {
      throw new UserError(
          "the built-in data %s cannot be found: start vaescape by its launcher, which sets %s"
              .formatted(name, HOME));
    }
    Path path = Path.of(home, "data", name);
    if (!Files.isRegularFile(path)) {
      throw new UserError(
          "the built-in data %s is missing; restore it with git checkout data".formatted(path));
    }
    return path;
  }
}
