package org.vaescape.study;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/// A study that comes with vaescape.
///
/// @param summary one line without a full stop
/// @param hint what to say after the path of a data file that is not there; begins with `; `
public record Preset(String name, String summary, String hint) {

  /// Its study file.
  public String text() {
    String resource = "/presets/" + name + ".yaml";
    try (InputStream in = Preset.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("no resource " + resource);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException(resource + " cannot be read", e);
    }
  }
}
