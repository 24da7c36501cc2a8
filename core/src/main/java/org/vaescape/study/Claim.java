package org.vaescape.study;

/// A trial that is one's own to train, until this is closed or the process ends, however it ends.
@FunctionalInterface
public interface Claim extends AutoCloseable {
  @Override
  void close();
}
