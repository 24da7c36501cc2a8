package org.vaescape.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.SequencedMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.vaescape.UserError;
import org.vaescape.search.Cell;
import org.vaescape.search.HyperParameter;
import org.vaescape.search.NearMiss;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// Prints the keys of a study file, or what they can choose by name, one a line, its name first.
@Command(
    name = "list",
    description =
        "Print the keys of a study file with default, rule and meaning, or what they can choose by name: what it is, its settings and its source.",
    mixinStandardHelpOptions = true)
final class ListCommand implements Callable<Integer> {
  @Parameters(
      arity = "0..1",
      paramLabel = "WHAT",
      description = "One of ${COMPLETION-CANDIDATES}; without it, these names.",
      completionCandidates = Catalogues.Names.class)
  private String what = "";

  private final PrintWriter out;

  ListCommand(PrintWriter out) {
    this.out = out;
  }

  @Override
  public Integer call() {
    SequencedMap<String, List<Catalogues.Line>> all = Catalogues.all();
    if (what.isEmpty()) {
      all.keySet().forEach(out::println);
      return Main.DONE;
    }
    List<Catalogues.Line> lines = all.get(what);
    if (lines == null) {
      throw new UserError(NearMiss.unknown("list", what, all.keySet()));
    }
    int width = lines.stream().mapToInt(line -> line.name().length()).max().orElse(0);
    for (Catalogues.Line line : lines) {
      out.println(line.name() + " ".repeat(width - line.name().length()) + "  " + rest(line));
    }
    return Main.DONE;
  }

  private static String rest(Catalogues.Line line) {
    String settings =
        line.settings().stream().map(ListCommand::text).collect(Collectors.joining(", "));
    return line.summary()
        + (settings.isEmpty() ? "" : "; " + settings)
        + (line.source().equals(Catalogues.NO_SOURCE) ? "" : "; " + line.source());
  }

  private static String text(HyperParameter setting) {
    return "%s=%s (%s; %s)"
        .formatted(
            setting.name(), Cell.text(setting.defaultValue()), setting.meaning(), setting.rule());
  }
}
