package org.vaescape.data.fetch;

/// Takes what happens during a download.
public interface FetchListener {
  /// Some more came.
  ///
  /// @param of bytes of the whole file, or -1 where that is not known
  void progress(long bytes, long of);

  /// One sentence.
  void say(String sentence);
}
