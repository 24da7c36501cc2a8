package org.vaescape.store;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Objects;
import java.util.regex.Pattern;
import org.sqlite.SQLiteErrorCode;
import org.vaescape.UserError;

/// What a failure of SQLite means to the person at the terminal.
final class Failures {
  /// What the driver says when its library did not get into the process.
  private static final String NOT_LOADED = "Error opening connection";

  /// What SQLite says of a damaged file that describes itself or its tables otherwise than we made
  /// them.
  private static final Pattern SCHEMA =
      Pattern.compile("no such (column|table)|unsupported file format");

  private Failures() {}

  /// What to tell of a database that has not what must be in it.
  static UserError damaged(Exception failure, Path file) {
    return new UserError(
        "%s is no database, or a damaged one; restore it, or let run write to another folder (--out)"
            .formatted(file),
        failure);
  }

  /// What a row that no store writes is told with, and SQLite's own.
  static SQLException damage(String message) {
    // The state is PostgreSQL's for the same.
    return new SQLException(message, "XX001", SQLiteErrorCode.SQLITE_CORRUPT.code);
  }

  static boolean isDamage(SQLException failure) {
    return (failure.getErrorCode() & 0xff) == SQLiteErrorCode.SQLITE_CORRUPT.code;
  }

  /// A [UserError] where the person can mend it, else a defect of ours.
  static RuntimeException of(SQLException failure, Path file) {
    if (NOT_LOADED.equals(failure.getMessage())) {
      return new UserError(
          "%s cannot be opened, since SQLite's library could not be unpacked in %s (%s); free some space there or make it writable, and run the same command again"
              .formatted(
                  file,
                  System.getProperty("java.io.tmpdir"),
                  Objects.requireNonNullElse(failure.getCause(), failure).getMessage()),
          failure);
    }
    if (SCHEMA.matcher(String.valueOf(failure.getMessage())).find()) {
      return damaged(failure, file);
    }
    // Extended codes carry the primary code in their low byte.
    return switch (SQLiteErrorCode.getErrorCode(failure.getErrorCode() & 0xff)) {
      case SQLITE_FULL ->
          new UserError(
              "%s: the disk is full; free some space and run the same command again, it goes on where it stopped"
                  .formatted(file),
              failure);
      case SQLITE_IOERR ->
          new UserError(
              "%s cannot be read or written (%s); is the disk full or gone? Run the same command again, it goes on where it stopped"
                  .formatted(file, failure.getMessage()),
              failure);
      case SQLITE_CANTOPEN, SQLITE_READONLY, SQLITE_PERM, SQLITE_AUTH ->
          new UserError(
              "%s cannot be written; make its folder writable, or let run write to another (--out)"
                  .formatted(file),
              failure);
      case SQLITE_NOTADB -> damaged(failure, file);
      case SQLITE_CORRUPT ->
          new UserError(
              "%s is damaged (%s); run or report in its folder write what can be read of it to another database"
                  .formatted(file, failure.getMessage()),
              failure);
      case SQLITE_BUSY, SQLITE_LOCKED ->
          new UserError(
              "%s is being written by another program; wait until that ends, and run the same command again"
                  .formatted(file),
              failure);
      default -> new IllegalStateException(file + ": " + failure.getMessage(), failure);
    };
  }
}
