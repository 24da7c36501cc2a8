package org.vaescape.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vaescape.UserError;

final class BoundStoreTest {
  @TempDir private Path folder;
  private final TrialStore store = new InMemoryTrialStore();

  @BeforeEach
  void putAMatrixThere() throws IOException {
    Files.writeString(folder.resolve("m.tsv"), "");
  }

  /// As a machine sees it on which `path: auto` is this.
  private BoundStore on(String path) {
    Study study =
        StudyFile.parse(
            "data: {matrix: m.tsv}\nspace: {latent: [10, 50]}", "s.yaml", folder, List.of());
    Plan plan = Plan.of(study, "a", "", new Execution("fp32", path, "cpu", 1));
    return BoundStore.of(folder, plan, store, kept -> kept.note("study", path));
  }

  @Test
  void isTheFirstOnesThatStoresATrialThoughOthersBeganLater() {
    BoundStore first = on("fused");
    BoundStore third = on("fused");
    BoundStore second = on("plain");
    assertEquals(Optional.of("plain"), store.note("study"));
    first.save(FinishedTrials.learned("a1", 0, 1));
    assertEquals(Optional.of("fused"), store.note("study"));
    String said =
        String.valueOf(
            assertThrows(UserError.class, () -> second.save(FinishedTrials.learned("b2", 0, 1)))
                .getMessage());
    assertTrue(said.contains("path is fused there and plain here"), said);
    third.save(FinishedTrials.learned("c3", 0, 1));
    first.save(FinishedTrials.learned("d4", 0, 1));
    assertEquals(Set.of("a1", "c3", "d4"), store.digests().keySet());
    assertThrows(UserError.class, () -> on("plain"));
  }

  @Test
  void nobodyComesBetweenWhoAsksAndStores() throws Exception {
    BoundStore first = on("fused");
    Claim another = store.claim("ffffffffffffffff").orElseThrow();
    FutureTask<Boolean> saving =
        new FutureTask<>(() -> {
          first.save(FinishedTrials.learned("a1", 0, 1));
          return true;
        });
    Thread.ofPlatform().start(saving);
    Thread.sleep(100);
    assertEquals(Set.of(), store.digests().keySet());
    another.close();
    assertTrue(saving.get());
    assertEquals(Set.of("a1"), store.digests().keySet());
    assertTrue(store.claim("ffffffffffffffff").isPresent());
  }
}
