package org.vaescape.report.live;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;

/// A line of `live.jsonl`: a JSON object whose `event` says what it is. Numbers that are not finite
/// are text (`"NaN"`).
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "event")
@JsonSubTypes({
  @JsonSubTypes.Type(value = LiveEvent.Begun.class, name = "begun"),
  @JsonSubTypes.Type(value = LiveEvent.Started.class, name = "started"),
  @JsonSubTypes.Type(value = LiveEvent.EpochEnded.class, name = "epoch"),
  @JsonSubTypes.Type(value = LiveEvent.Trained.class, name = "trained"),
  @JsonSubTypes.Type(value = LiveEvent.Finished.class, name = "finished")
})
sealed interface LiveEvent {
  JsonMapper JSON =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  /// In place of a status: another process has stored the trial, and may have told how it ended.
  String ELSEWHERE = "elsewhere";

  /// The first line of a run.
  ///
  /// @param millis since 1970, which also tell one run from the next
  /// @param joins whether another process runs the study, and what it has told goes on
  /// @param work of the trials that this run is to come to, by id, in any unit
  record Begun(long millis, boolean joins, SequencedMap<String, Double> work) implements LiveEvent {
    public Begun {
      work = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(work));
    }
  }

  /// Training begins.
  ///
  /// @param trial its id, here and below
  record Started(String trial) implements LiveEvent {}

  /// An epoch has ended.
  ///
  /// @param number from 1
  /// @param terms as [org.vaescape.study.FinishedTrial.Epoch] has them
  record EpochEnded(String trial, int number, SequencedMap<String, Double> terms)
      implements LiveEvent {
    public EpochEnded {
      terms = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(terms));
    }
  }

  /// Not running any more, though what came out may not be stored yet.
  record Trained(String trial) implements LiveEvent {}

  /// The result is in the store.
  ///
  /// @param status how it ended, or [#ELSEWHERE]
  record Finished(String trial, String status) implements LiveEvent {}

  /// The event as a line, without its end.
  default String line() {
    try {
      return JSON.writeValueAsString(this);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("numbers and words can be written", impossible);
    }
  }

  /// The event of a line; empty where the line is none, as where a disk was full.
  static Optional<LiveEvent> of(String line) {
    try {
      return Optional.of(JSON.readValue(line, LiveEvent.class));
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }
}
