package org.vaescape.cli;

/// Words of a command that a person is to copy.
final class ShellWord {
  private ShellWord() {}

  /// As a shell takes it.
  static String of(String word) {
    return word.matches("[\\w./+@%:,=-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
