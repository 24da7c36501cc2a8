package org.vaescape.study;

final class InMemoryTrialStoreTest implements TrialStoreContract {
  private final InMemoryTrialStore store = new InMemoryTrialStore();

  @Override
  public TrialStore open() {
    return store;
  }
}
