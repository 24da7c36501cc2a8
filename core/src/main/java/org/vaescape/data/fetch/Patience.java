package org.vaescape.data.fetch;

import java.time.Duration;

/// How long a download is waited for.
///
/// @param connect for a connection, and for the first byte of an answer
/// @param stall without a byte
/// @param attempts in a row that bring nothing, before it is given up
/// @param pause after the first of them; twice as long after each further one
public record Patience(Duration connect, Duration stall, int attempts, Duration pause) {
  /// A minute of silence is a connection lost; six attempts take half a minute of pauses.
  public static Patience defaults() {
    return new Patience(Duration.ofSeconds(30), Duration.ofSeconds(60), 6, Duration.ofSeconds(1));
  }
}
