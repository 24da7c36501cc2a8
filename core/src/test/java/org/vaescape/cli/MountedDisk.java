package org.vaescape.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/// A disk of its own, in the folder of a test.
record MountedDisk(Path temporary) {

  /// Where it is mounted.
  Path path() {
    return temporary.resolve("disk");
  }

  /// Mounts ext4 on a loop device, or tmpfs; false where this user may mount neither.
  boolean mount(int bytes) throws IOException, InterruptedException {
    Files.createDirectory(path());
    Path image = temporary.resolve("image");
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

  void unmount() throws InterruptedException {
    assertTrue(succeeds("umount", path().toString()));
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
