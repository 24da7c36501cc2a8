package org.vaescape.report.live;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.List;

/// The studies of a folder, each with its progress.
final class ListFeed extends Feed {
  private List<StudyFeed.Progress> studies = List.of();

  synchronized void show(List<StudyFeed.Progress> now) {
    if (!now.equals(studies)) {
      studies = now;
      changed();
    }
  }

  @Override
  String data(long known) {
    try {
      return LiveEvent.JSON.writeValueAsString(studies);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("numbers and words can be written", impossible);
    }
  }
}
