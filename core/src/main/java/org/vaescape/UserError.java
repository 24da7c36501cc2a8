package org.vaescape;

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
}
