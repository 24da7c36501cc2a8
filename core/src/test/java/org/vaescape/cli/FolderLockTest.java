package org.vaescape.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vaescape.UserError;

final class FolderLockTest {
  private static final String STORE = "study.db";

  @TempDir private Path temporary;

  @Test
  void takesAFolderThatIsNewOrEmptyOrHoldsAStore() throws IOException {
    Path folder = temporary.resolve("new").resolve("study");
    FolderLock.take(folder, STORE).close();
    FolderLock.take(folder, STORE).close();
    Files.writeString(folder.resolve(STORE), "");
    Files.writeString(folder.resolve("trials.csv"), "");
    FolderLock.take(folder, STORE).close();
  }

  @Test
  void refusesAFolderOfOtherThingsAndLeavesNothingInIt() throws IOException {
    Files.writeString(temporary.resolve("thesis.tex"), "");
    assertRefused(
        temporary,
        temporary + " is not empty and holds no study (no study.db); name a new folder by --out");
    assertFalse(Files.exists(temporary.resolve(".lock")));
  }

  @Test
  void refusesAFolderOfOtherThingsWithALockOfTheirs() throws IOException {
    Files.writeString(temporary.resolve(".lock"), "");
    FolderLock.check(temporary, FolderLock.LOCK); // a run that was killed left no more
    Files.writeString(temporary.resolve("thesis.tex"), "");
    UserError error =
        assertThrows(UserError.class, () -> FolderLock.check(temporary, FolderLock.LOCK));
    assertEquals(
        temporary + " is not empty and holds no study (no study.yaml); name a new folder by --out",
        error.getMessage());
    Files.writeString(temporary.resolve("study.yaml"), "");
    FolderLock.check(temporary, FolderLock.LOCK);
  }

  @Test
  void refusesAFile() throws IOException {
    Path file = Files.writeString(temporary.resolve("thesis.tex"), "");
    assertRefused(file, file + " is a file; name a folder by --out");
  }

  @Test
  void tellsWhetherOthersRunThere() {
    Path folder = temporary.resolve("study");
    try (FolderLock first = FolderLock.take(folder, STORE)) {
      assertFalse(first.isShared());
      first.begun();
      try (FolderLock second = FolderLock.take(folder, STORE)) {
        assertTrue(second.isShared());
        second.begun();
      }
    }
    try (FolderLock alone = FolderLock.take(folder, STORE)) {
      assertFalse(alone.isShared());
    }
  }

  @Test
  void tellsWhetherAStudyRunsAndLeavesTheFolderToIt() throws IOException {
    Path folder = temporary.resolve("study");
    assertFalse(FolderLock.isHeld(folder));
    try (FolderLock _ = FolderLock.take(folder, STORE)) {
      assertTrue(FolderLock.isHeld(folder));
    }
    assertFalse(FolderLock.isHeld(folder));
    FolderLock.take(folder, STORE).close();
  }

  private static void assertRefused(Path folder, String message) {
    assertEquals(
        message,
        assertThrows(UserError.class, () -> FolderLock.take(folder, STORE).close()).getMessage());
  }
}
