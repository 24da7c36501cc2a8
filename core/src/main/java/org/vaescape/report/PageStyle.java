package org.vaescape.report;

/// The style that all pages share: colours of [Theme], light and dark, and what is made of them.
public final class PageStyle {
  private PageStyle() {}

  /// A style sheet.
  public static String css() {
    return PageTheme.css() + PageScripts.text("page/page.css");
  }
}
