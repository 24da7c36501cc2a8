package org.vaescape.data;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.vaescape.UserError;

/// Reads survival times of samples: a TSV or CSV file, plain or gzip, with the columns `sample`,
/// `time` (a number of at least 0, in any unit) and `event` (1 or true for an event at that time, 0
/// or false where watching ended). A sample whose time or event is empty or `NA` has none.
public final class SurvivalFile {
  private SurvivalFile() {}

  /// Reads the whole file.
  ///
  /// @throws UserError with file, line, rule and value if the file does not say survival times
  public static SequencedMap<String, FollowUp> read(Path path) {
    SampleTable table = SampleTable.read(path);
    List<Integer> columns =
        List.of("sample", "time", "event").stream().map(table.header()::indexOf).toList();
    if (columns.contains(-1)) {
      throw new UserError(
          "%s: must have the columns sample, time and event but has %s"
              .formatted(table.place(), LabelsFile.names(table.header())));
    }
    SequencedMap<String, SampleTable.Cell> events = table.column(columns.get(0), columns.get(2));
    SequencedMap<String, FollowUp> followUps = new LinkedHashMap<>();
    for (Map.Entry<String, SampleTable.Cell> time :
        table.column(columns.get(0), columns.get(1)).entrySet()) {
      SampleTable.Cell event = events.get(time.getKey());
      if (event != null) {
        followUps.put(time.getKey(), new FollowUp(time(path, time.getValue()), event(path, event)));
      }
    }
    return followUps;
  }

  private static double time(Path path, SampleTable.Cell cell) {
    String message =
        "%s, line %s: time must be a number of at least 0 but was %s"
            .formatted(path, cell.line(), cell.text());
    try {
      double time = Double.parseDouble(cell.text());
      if (time >= 0 && time < Double.POSITIVE_INFINITY) {
        return time;
      }
    } catch (NumberFormatException e) {
      throw new UserError(message, e);
    }
    throw new UserError(message);
  }

  private static boolean event(Path path, SampleTable.Cell cell) {
    return switch (cell.text()) {
      case "1", "1.0", "true", "True", "TRUE" -> true;
      case "0", "0.0", "false", "False", "FALSE" -> false;
      default ->
          throw new UserError(
              "%s, line %s: event must be 1 or 0 but was %s"
                  .formatted(path, cell.line(), cell.text()));
    };
  }
}
