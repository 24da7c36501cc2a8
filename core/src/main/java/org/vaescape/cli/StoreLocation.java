package org.vaescape.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.vaescape.UserError;
import org.vaescape.store.PostgresReader;
import org.vaescape.store.PostgresStore;
import org.vaescape.store.SqliteReader;
import org.vaescape.store.SqliteStore;
import org.vaescape.store.StoreReader;
import org.vaescape.study.DatabaseUrl;
import org.vaescape.study.Study;
import org.vaescape.study.TrialStore;

/// Where a study keeps its trials: in a file of its folder, or on a server.
///
/// @param folder of results
/// @param store as the study file names it
/// @param study the study's name
record StoreLocation(Path folder, String store, String study) {
  private static final String STUDY = "study.yaml";

  static StoreLocation of(Path folder, Study study) {
    return new StoreLocation(folder, study.store(), study.name());
  }

  /// That of the study in a folder.
  ///
  /// @throws UserError if the folder holds none
  static StoreLocation in(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new UserError("there is no folder " + folder + "; name one that 'run' wrote");
    }
    return find(folder)
        .orElseThrow(() ->
            new UserError(folder + " holds no study (no study.db); name one that 'run' wrote"));
  }

  /// The same, empty if the folder holds none.
  static Optional<StoreLocation> find(Path folder) {
    return onServer(folder).or(() -> file(folder));
  }

  /// What `run` wrote names the server.
  private static Optional<StoreLocation> onServer(Path folder) {
    if (!Files.exists(folder.resolve(FolderLock.LOCK)) || !Files.exists(folder.resolve(STUDY))) {
      return Optional.empty();
    }
    try {
      Map<String, String> settings = StoredStudy.settings(Files.readString(folder.resolve(STUDY)));
      String store = settings.getOrDefault("store", "");
      return DatabaseUrl.isUrl(store)
          ? Optional.of(new StoreLocation(folder, store, settings.getOrDefault("name", "")))
          : Optional.empty();
    } catch (IOException | UserError e) {
      return Optional.empty(); // whatever it is, a database beside it counts
    }
  }

  /// The folder's only database; a study file may name it otherwise than `study.db`.
  private static Optional<StoreLocation> file(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".db"))
          .sorted()
          .findFirst()
          .map(name -> new StoreLocation(folder, name, ""));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /// Opens the store to read it; it must exist, and is not brought up to date.
  ///
  /// @throws UserError as [#open]
  TrialStore openToRead() {
    check();
    return isOnServer() ? PostgresStore.openToRead(url(), study) : SqliteStore.openToRead(file());
  }

  /// Opens the store, which is made if it does not exist and brought up to date.
  ///
  /// @throws UserError if it cannot be opened, or belongs to another program or a newer version
  TrialStore open() {
    check();
    return isOnServer() ? PostgresStore.open(url(), study) : SqliteStore.open(file());
  }

  /// Refuses what cannot be the study's file, without opening it. SQLite takes an empty one for a
  /// new database.
  ///
  /// @throws UserError if it is a folder, or empty though a study was in it
  void check() {
    if (isOnServer() || !Files.exists(file())) {
      return;
    }
    if (Files.isDirectory(file())) {
      throw new UserError(
          "%s is a folder, but a study keeps its trials in a file of this name; move it away, or name another folder"
              .formatted(file()));
    }
    try {
      if (Files.size(file()) == 0 && Files.exists(folder.resolve(STUDY))) {
        throw new UserError(
            "%s is empty, though %s beside it tells of a study that was in it; bring back a copy of it, or move both away and run the same command again, which trains all trials anew"
                .formatted(file(), STUDY));
      }
    } catch (IOException e) {
      throw new UserError(file() + " cannot be read (" + UserError.reason(e) + ")", e);
    }
  }

  /// Opens it to look at it alone; it must exist.
  ///
  /// @throws UserError as [#open]
  StoreReader reader() {
    return isOnServer() ? PostgresReader.open(url(), study) : SqliteReader.open(file());
  }

  boolean exists() {
    if (!isOnServer()) {
      return Files.exists(file());
    }
    try (PostgresReader reader = PostgresReader.open(url(), study)) {
      return reader.exists();
    }
  }

  boolean isOnServer() {
    return DatabaseUrl.isUrl(store);
  }

  /// The file of a store that is not on a server.
  Path file() {
    return folder.resolve(store);
  }

  /// Name of the file by which a folder of the study is known as ours.
  String mark() {
    return isOnServer() ? FolderLock.LOCK : store;
  }

  /// @throws UserError if it is none, as in a `study.yaml` that was changed by hand
  private DatabaseUrl url() {
    try {
      DatabaseUrl url = DatabaseUrl.of(store);
      url.schema(study);
      return url;
    } catch (IllegalArgumentException e) {
      throw new UserError("%s: store %s".formatted(folder.resolve(STUDY), e.getMessage()), e);
    }
  }
}
