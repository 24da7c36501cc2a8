package org.vaescape.analysis.compare;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.vaescape.analysis.claim.Claim;
import org.vaescape.analysis.runs.Run;

/// How a claim reads apart from its numbers and its evidence, so that claims that read alike can be
/// printed as one. Whether studies agree does not hang on it: that is [Claim#answer].
///
/// It is the first sentence up to the colon that its evidence follows, without what stands in
/// parentheses and without the scale of the outcome, which is chosen by what the runs have. Numbers
/// are `#`, but for values of hyper-parameters, which come after a name (`learning-rate 0.1`,
/// `latent 10 or 20`).
final class Wording {
  private static final Pattern END = Pattern.compile("\\.(\\s+(?=[A-Z])|$)");
  private static final Pattern NUMBER =
      Pattern.compile("(?<![\\w.-])[-+]?\\d+(?:\\.\\d+)?(?:[eE][-+]?\\d+)?(?![\\w-])");

  private static final Pattern ASIDE = Pattern.compile("\\s*\\([^()]*\\)");

  private final Pattern value;

  private Wording(Pattern value) {
    this.value = value;
  }

  /// Knows the names of the hyper-parameters that these runs have.
  static Wording of(List<Run> runs) {
    Set<String> names = new LinkedHashSet<>();
    for (Run run : runs) {
      for (String key : run.settings().keySet()) {
        names.add(key);
        names.add(key.substring(key.lastIndexOf('.') + 1));
        names.add(key.replace('-', ' '));
      }
    }
    String any =
        names.stream()
            .sorted(Comparator.comparingInt(String::length).reversed())
            .map(Pattern::quote)
            .collect(Collectors.joining("|"));
    return new Wording(Pattern.compile("(?:^|[^\\w.-])(?:" + any + ") $"));
  }

  String of(Claim claim) {
    String first = bare(claim);
    StringBuilder text = new StringBuilder();
    Matcher number = NUMBER.matcher(first);
    int from = 0;
    boolean kept = false;
    while (number.find()) {
      String before = first.substring(from, number.start());
      boolean share = first.startsWith(" %", number.end()); // `learning-rate 56 %`
      kept = !share && (value.matcher(before).find() || (kept && before.equals(" or ")));
      text.append(before).append(kept ? number.group() : "#");
      from = number.end();
    }
    return text.append(first.substring(from)).toString();
  }

  /// The numbers of a claim that stand at `#` in its wording; none where that is of another claim.
  static List<String> numbers(Claim claim, String wording) {
    String places =
        Arrays.stream(wording.split("#", -1))
            .map(Pattern::quote)
            .collect(Collectors.joining("(" + NUMBER.pattern() + ")"));
    Matcher found = Pattern.compile(places).matcher(bare(claim));
    List<String> numbers = new ArrayList<>();
    if (found.matches()) {
      for (int place = 1; place <= found.groupCount(); place++) {
        numbers.add(found.group(place));
      }
    }
    return numbers;
  }

  private static String bare(Claim claim) {
    Matcher end = END.matcher(claim.sentence());
    String text = end.find() ? claim.sentence().substring(0, end.start()) : claim.sentence();
    for (Matcher aside = ASIDE.matcher(text); aside.find(); aside = ASIDE.matcher(text)) {
      text = aside.replaceAll("");
    }
    if (!claim.metric().isEmpty()) {
      text = text.replace("log " + claim.metric(), claim.metric());
      text = text.replace("ranks of " + claim.metric(), claim.metric());
    }
    String scope = claim.scope() + ": ";
    int evidence = text.indexOf(": ", text.startsWith(scope) ? scope.length() : 0);
    return evidence < 0 ? text : text.substring(0, evidence);
  }
}
