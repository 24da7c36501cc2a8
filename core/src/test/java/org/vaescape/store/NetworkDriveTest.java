package org.vaescape.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sqlite.SQLiteConfig;
import org.vaescape.study.FinishedTrials;
import org.vaescape.study.TrialStore;
import org.vaescape.study.TrialStoreContract;

/// A store as it is on a network drive: all of the contract holds there too.
final class NetworkDriveTest implements TrialStoreContract {
  @TempDir private Path folder;

  private Path file() {
    return folder.resolve("study.db");
  }

  @Override
  public TrialStore open() {
    return SqliteStore.open(file(), new SQLiteConfig(), true);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"nfs", "nfs4", "cifs", "smb3", "9p", "fuse.sshfs", "fuse.glusterfs", "NFS"})
  void isKnownByItsType(String type) {
    assertEquals(Optional.of(type), NetworkDrive.named(type));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ext4",
        "xfs",
        "btrfs",
        "zfs",
        "overlay",
        "tmpfs",
        "fuse",
        "fuse.ntfs-3g",
        "fuseblk"
      })
  void otherDrivesAreNone(String type) {
    assertEquals(Optional.empty(), NetworkDrive.named(type));
  }

  @Test
  void thisFolderIsOnNone() {
    assertEquals(Optional.empty(), NetworkDrive.of(folder));
  }

  @Test
  void hasNoLogAndReadersSeeWhatIsStored() {
    try (TrialStore store = open()) {
      store.save(FinishedTrials.learned("a1", 2, 1));
      assertFalse(Files.exists(folder.resolve("study.db-wal")));
      try (SqliteReader reader = SqliteReader.open(file())) {
        assertEquals(1, reader.endings(Map.of(), List.of()).size());
        store.save(FinishedTrials.learned("b2", 2, 1));
        assertEquals(2, reader.endings(Map.of(), List.of()).size());
      }
    }
  }

  /// As when a folder is moved from a disk to a network drive, and back.
  @Test
  void aStoreMovesFromALogToAJournalAndBack() throws IOException {
    try (TrialStore store = SqliteStore.open(file())) {
      store.save(FinishedTrials.learned("a1", 2, 1));
    }
    try (TrialStore store = open()) {
      store.save(FinishedTrials.learned("b2", 2, 1));
      assertEquals(1, Files.readAllBytes(file())[19]);
    }
    try (TrialStore store = SqliteStore.open(file())) {
      store.save(FinishedTrials.learned("c3", 2, 1));
      assertEquals(3, store.trials().size());
      assertTrue(Files.exists(folder.resolve("study.db-wal")));
    }
  }
}
