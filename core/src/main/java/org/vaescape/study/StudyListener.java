package org.vaescape.study;

/// Who watches a study; called on the threads that train, several at once.
public interface StudyListener {
  /// Watches nothing.
  StudyListener NONE =
      new StudyListener() {
        @Override
        public void started(Trial trial) {}

        @Override
        public void epoch(Trial trial, FinishedTrial.Epoch epoch) {}

        @Override
        public void finished(Trial trial, FinishedTrial result) {}
      };

  /// Training begins. Not called for a trial that is refused for its memory.
  void started(Trial trial);

  /// An epoch has ended.
  void epoch(Trial trial, FinishedTrial.Epoch epoch);

  /// The result is in the store.
  void finished(Trial trial, FinishedTrial result);
}
