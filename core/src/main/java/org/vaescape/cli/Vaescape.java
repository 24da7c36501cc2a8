package org.vaescape.cli;

import org.vaescape.UserError;
import picocli.CommandLine.Command;

/// The command that holds all others.
@Command(
    name = "vaescape",
    description =
        "Maps how sensitive variational autoencoders are to their hyper-parameters on expression data.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
final class Vaescape implements Runnable {
  @Override
  public void run() {
    throw new UserError("a command is missing; 'vaescape --help' lists them");
  }
}
