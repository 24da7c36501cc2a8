package org.vaescape.study.yaml;

import java.nio.file.Path;
import org.vaescape.UserError;

/// Where a value stands.
///
/// @param source the file as the user named it, or the option that gave the value
/// @param line from 1; 0 for an option
/// @param folder what relative paths are relative to
public record Place(String source, int line, Path folder) {

  public UserError error(String sentence) {
    return new UserError(this + ": " + sentence);
  }

  public UserError error(String sentence, Throwable cause) {
    return new UserError(this + ": " + sentence, cause);
  }

  @Override
  public String toString() {
    return line > 0 ? source + ", line " + line : source;
  }
}
