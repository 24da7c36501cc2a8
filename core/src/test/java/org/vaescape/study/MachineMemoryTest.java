package org.vaescape.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MachineMemoryTest {
  @TempDir Path root;

  private void write(String file, String text) throws IOException {
    Path path = root.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  @Test
  void takesTheLesserOfWhatIsAvailableAndTheControlGroupsLimit() throws IOException {
    assertEquals(800, MachineMemory.defaultBytes(root, 1000));
    write("proc/meminfo", "MemTotal:       9000 kB\nMemAvailable:   5000 kB\n");
    assertEquals(4_096_000, MachineMemory.defaultBytes(root, 1000));
    write("sys/fs/cgroup/memory.max", "max\n");
    assertEquals(4_096_000, MachineMemory.defaultBytes(root, 1000));
    write("sys/fs/cgroup/memory.max", "1000000\n");
    assertEquals(800_000, MachineMemory.defaultBytes(root, 1000));
    write("sys/fs/cgroup/memory/memory.limit_in_bytes", "500000\n");
    assertEquals(400_000, MachineMemory.defaultBytes(root, 1000));
  }

  @Test
  void leavesOutWhatTheControlGroupHasTakenAlreadyButNotItsCache() throws IOException {
    write("sys/fs/cgroup/memory.max", "1000000\n");
    write("sys/fs/cgroup/memory.current", "700000\n");
    assertEquals(240_000, MachineMemory.defaultBytes(root, 1000));
    write("sys/fs/cgroup/memory.stat", "anon 500000\ninactive_file 150000\nactive_file 50000\n");
    assertEquals(400_000, MachineMemory.defaultBytes(root, 1000));
    write("sys/fs/cgroup/memory/memory.limit_in_bytes", "500000\n");
    write("sys/fs/cgroup/memory/memory.usage_in_bytes", "450000\n");
    write(
        "sys/fs/cgroup/memory/memory.stat",
        "inactive_file 1\ntotal_inactive_file 30000\ntotal_active_file 20000\n");
    assertEquals(80_000, MachineMemory.defaultBytes(root, 1000));
    write("sys/fs/cgroup/memory/memory.usage_in_bytes", "900000\n");
    assertEquals(0, MachineMemory.defaultBytes(root, 1000));
  }

  @Test
  void findsMemoryOnThisMachine() {
    assertTrue(MachineMemory.defaultBytes() > 0);
  }
}
