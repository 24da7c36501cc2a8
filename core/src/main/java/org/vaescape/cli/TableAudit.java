package org.vaescape.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.vaescape.analysis.sensitivity.Sensitivity;
import org.vaescape.report.MultiverseTable;
import org.vaescape.report.SensitivityJson;
import org.vaescape.report.WholeFile;
import org.vaescape.study.FinishedTrial;

/// Whether the tables and numbers beside a store say what the store says.
///
/// @param names of the files that do
/// @param findings what is wrong with the others, a sentence each
record TableAudit(List<String> names, List<String> findings) {
  private static final int SHOWN = 60;

  /// Makes them anew in another folder, and compares every byte.
  ///
  /// @param all trials of the store
  /// @param scratch an empty folder
  static TableAudit of(Path folder, StoredStudy study, List<FinishedTrial> all, Path scratch)
      throws IOException {
    List<FinishedTrial> trials = ResultFiles.planned(study, all);
    ResultFiles.writeTables(scratch, study, trials);
    WholeFile.write(scratch.resolve("study.yaml"), study.yaml());
    if (Files.exists(folder.resolve(ResultFiles.NUMBERS))) {
      Sensitivity sensitivity = Sensitivity.of(StudyRuns.of(study, trials));
      WholeFile.write(scratch.resolve(ResultFiles.NUMBERS), SensitivityJson.text(sensitivity));
      MultiverseTable.write(scratch.resolve(ResultFiles.READINGS), sensitivity.multiverse());
    }
    List<String> names = new ArrayList<>();
    List<String> findings = new ArrayList<>();
    try (Stream<Path> made = Files.list(scratch)) {
      for (Path expected : made.sorted().toList()) {
        String name = Objects.toString(expected.getFileName());
        Path found = folder.resolve(name);
        if (!Files.exists(found)) {
          findings.add(found + " is missing");
        } else if (!Files.isReadable(found) || Files.isDirectory(found)) {
          findings.add(found + " is no file that can be read");
        } else if (Files.mismatch(expected, found) >= 0) {
          findings.add(found + difference(expected, found));
        } else {
          names.add(name);
        }
      }
    }
    return new TableAudit(names, findings);
  }

  /// Where two texts begin to differ; of a table the column too.
  private static String difference(Path expected, Path found) throws IOException {
    try (BufferedReader store = Files.newBufferedReader(expected);
        BufferedReader file = Files.newBufferedReader(found)) {
      String header = Objects.requireNonNullElse(store.readLine(), "");
      String there = header;
      String here = file.readLine();
      int line = 1;
      while (there != null && there.equals(here)) {
        there = store.readLine();
        here = file.readLine();
        line++;
      }
      return ", line %s: %s".formatted(line, difference(header, there, here));
    } catch (MalformedInputException e) {
      return ": is no text in UTF-8";
    }
  }

  private static String difference(String header, @Nullable String store, @Nullable String file) {
    List<String> columns = fields(header);
    List<String> there = fields(store);
    List<String> here = fields(file);
    if (columns.size() > 1 && there.size() == columns.size() && here.size() == columns.size()) {
      for (int i = 0; i < columns.size(); i++) {
        if (!there.get(i).equals(here.get(i))) {
          return "%s is %s, but %s in the store"
              .formatted(columns.get(i), shown(here.get(i)), shown(there.get(i)));
        }
      }
    }
    return "is %s, but the store gives %s".formatted(shown(file), shown(store));
  }

  private static List<String> fields(@Nullable String line) {
    return line == null ? List.of() : Arrays.asList(line.split(",", -1));
  }

  private static String shown(@Nullable String text) {
    if (text == null) {
      return "not there";
    }
    return text.length() > SHOWN ? "'" + text.substring(0, SHOWN) + "...'" : "'" + text + "'";
  }
}
