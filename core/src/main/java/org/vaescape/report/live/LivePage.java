package org.vaescape.report.live;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.stream.Collectors;
import org.vaescape.report.PageStyle;
import org.vaescape.report.Resource;
import org.vaescape.report.ValueColors;

/// The page itself: style and script are inside, and everything that it says of studies comes by
/// events, so that the same text serves all of them.
///
/// @param policy its content security policy: this style, this script, events of this server, and
///   nothing else
record LivePage(String html, String policy) {
  private static final int COLORS = 33;

  /// The page of a study, or of the studies of a folder.
  static LivePage of(boolean several) {
    String style = PageStyle.css() + resource("live.css");
    String script = resource("marks.js") + resource("live.js");
    String html =
        resource("live.html")
            .replace("{{view}}", several ? "studies" : "study")
            .replace(
                "{{colors}}", ValueColors.steps(COLORS).stream().collect(Collectors.joining(" ")))
            .replace("{{beyond}}", ValueColors.BEYOND)
            .replace("{{style}}", style)
            .replace("{{script}}", script);
    return new LivePage(
        html,
        "default-src 'none'; style-src '%s'; script-src '%s'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
            .formatted(hash(style), hash(script)));
  }

  private static String hash(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return "sha256-" + Base64.getEncoder().encodeToString(hash);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static String resource(String name) {
    return Resource.text(LivePage.class, name);
  }
}
