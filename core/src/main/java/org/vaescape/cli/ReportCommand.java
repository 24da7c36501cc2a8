package org.vaescape.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.vaescape.study.ReplayRule;
import org.vaescape.study.TrialStore;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Makes tables, figures and page again from the store of a study.
@Command(
    name = "report",
    description = "Make tables, figures and report of a study again, from what its folder holds.",
    mixinStandardHelpOptions = true)
final class ReportCommand implements Callable<Integer> {
  @Parameters(paramLabel = "DIR", description = "Folder that 'run' wrote.")
  private Path folder = Path.of("");

  @Option(
      names = "--replay",
      paramLabel = "RULE",
      description = {
        "Write replay.csv: how every trial would have ended under another stopping rule, told from its curve without training again.",
        "RULE is a name or settings of train.stop, beside them restore and max-epochs: '{rule: patience, patience: [3, 5]}'. May be given several times."
      })
  private List<String> replays = List.of();

  private final ResultFiles results;

  ReportCommand(ResultFiles results) {
    this.results = results;
  }

  @Override
  public Integer call() throws IOException {
    List<ReplayRule> rules =
        replays.stream().flatMap(option -> ReplayRule.of(option).stream()).distinct().toList();
    try (TrialStore store = StoreLocation.in(folder).openToRead()) {
      int code = results.write(folder, store);
      if (!rules.isEmpty()) {
        results.replay(folder, store, rules);
      }
      return code;
    }
  }
}
