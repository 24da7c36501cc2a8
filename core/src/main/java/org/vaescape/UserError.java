package org.vaescape;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/// Something that the person at the terminal can mend.
///
/// The message is one sentence that carries place, rule and value ("study.yaml, line 7: latent must
/// be positive but was -8"); the command line prints it as it stands and ends with exit code 2.
/// Nothing between the place that throws it and the command line catches it.
public final class UserError extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public UserError(String message) {
    super(message);
  }

  public UserError(String message, Throwable cause) {
    super(message, cause);
  }

  /// Of a file that is not there: where it was looked for, unless its name says so.
  public static UserError missing(Path path) {
    return new UserError(
        path.isAbsolute()
            ? path + " does not exist"
            : "%s does not exist (%s)".formatted(path, path.toAbsolutePath().normalize()));
  }

  /// What went wrong with a file, in words; the message of some of these exceptions is the path
  /// alone.
  public static String reason(IOException failure) {
    return switch (failure) {
      case NoSuchFileException _ -> "no such file or folder";
      case AccessDeniedException _ -> "permission denied";
      case FileSystemException failed when failed.getReason() != null ->
          String.valueOf(failed.getReason());
      default -> String.valueOf(failure.getMessage());
    };
  }
}
