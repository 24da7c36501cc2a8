package org.vaescape.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.vaescape.TemporaryFolder;

/// A disk of each test's own: ext4 on a loop device, or tmpfs. Where this user may mount neither,
/// the test is skipped.
final class MountedDisk implements BeforeEachCallback, AfterEachCallback {
  private final int bytes;
  private Path folder = Path.of("");
  private boolean mounted;

  MountedDisk(int bytes) {
    this.bytes = bytes;
  }

  /// Where it is mounted.
  Path path() {
    return folder.resolve("disk");
  }

  @Override
  public void beforeEach(ExtensionContext context) throws IOException, InterruptedException {
    folder = Files.createTempDirectory("mounted-disk");
    mounted = mount();
    assumeTrue(mounted, "this user may mount neither a loop device nor tmpfs");
  }

  @Override
  public void afterEach(ExtensionContext context) throws IOException, InterruptedException {
    if (mounted) {
      assertTrue(succeeds("umount", path().toString()));
    }
    TemporaryFolder.delete(folder);
  }

  private boolean mount() throws IOException, InterruptedException {
    Files.createDirectory(path());
    Path image = folder.resolve("image");
    try (OutputStream out = Files.newOutputStream(image)) {
      out.write(new byte[bytes]);
    }
    boolean loop =
        succeeds("mkfs.ext4", "-q", "-m", "0", image.toString())
            && succeeds("mount", "-o", "loop", image.toString(), path().toString());
    return loop
        || succeeds("mount", "-t", "tmpfs", "-o", "size=" + bytes, "tmpfs", path().toString());
  }

  /// From now on nothing can be written there.
  void makeReadOnly() throws InterruptedException {
    assertTrue(succeeds("mount", "-o", "remount,ro", path().toString()));
  }

  private static boolean succeeds(String... command) throws InterruptedException {
    try {
      return new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException _) {
      return false; // there is no such program
    }
  }
}
