package org.vaescape.data;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SurvivalFileTest {
  @TempDir Path folder;

  @Test
  void readsTimesAndEventsInAnyOrderOfColumns() throws IOException {
    String text = "event,age,sample,time\n1,60,S1,12.5\nFalse,61,S2,0\nNA,62,S3,4\n0,63,S4,\n";
    assertEquals(
        Map.of("S1", new FollowUp(12.5, true), "S2", new FollowUp(0, false)),
        SurvivalFile.read(Written.text(folder, "s.csv", text)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "sample,time;S1,2 | s.csv, line 1: must have the columns sample, time and event but has sample, time",
        "sample,time,event;S1,soon,1 | s.csv, line 2: time must be a number of at least 0 but was soon",
        "sample,time,event;S1,-2,1 | s.csv, line 2: time must be a number of at least 0 but was -2",
        "sample,time,event;S1,2,0;S2,2,dead | s.csv, line 3: event must be 1 or 0 but was dead",
        "sample,time,event;S1,2,0;S1,2,1 | s.csv: lines 2 and 3 are both about sample 'S1'",
      })
  void refusesBadTextWithItsPlace(String content, String message) throws IOException {
    Path path = Written.text(folder, "s.csv", content.replace(';', '\n') + "\n");
    assertEquals(message, Written.message(folder, () -> SurvivalFile.read(path)));
  }
}
