package org.vaescape.report;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// BibTeX entries of papers that catalogues name as sources, by key: the first author and the year,
/// `kingma2014`.
record References(Map<String, String> byKey) {
  private static final Pattern ENTRY = Pattern.compile("@\\w+\\{(\\w+),.*?\n}\n", Pattern.DOTALL);

  /// `van den Oord, Vinyals and Kavukcuoglu 2017`, `Chen et al. 2018`, `Zeiler 2012`.
  private static final Pattern PAPER =
      Pattern.compile("(\\p{L}[\\p{L} '-]*?)(?:,[^;0-9]*| and [^;0-9]*| et al\\.)? (\\d{4})");

  static References read() {
    Map<String, String> entries = new LinkedHashMap<>();
    Matcher entry = ENTRY.matcher(PageScripts.text("references.bib"));
    while (entry.find()) {
      entries.put(entry.group(1), entry.group());
    }
    return new References(entries);
  }

  /// Entries of the papers that a source names, by key; those that are not known are left out.
  SequencedMap<String, String> entries(String source) {
    SequencedMap<String, String> found = new LinkedHashMap<>();
    Matcher paper = PAPER.matcher(source);
    while (paper.find()) {
      String key =
          paper.group(1).replaceAll("[^\\p{L}]", "").toLowerCase(Locale.ROOT) + paper.group(2);
      String entry = byKey.get(key);
      if (entry != null) {
        found.put(key, entry);
      }
    }
    return found;
  }
}
