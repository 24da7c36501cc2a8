package org.vaescape.cli;

import org.vaescape.Build;
import picocli.CommandLine.IVersionProvider;

/// Which vaescape this is.
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {"vaescape " + Build.ofThis().text(), "Java " + Runtime.version()};
  }
}
