import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.vaescape.data.DataCache;
import org.vaescape.data.DataSettings;
import org.vaescape.data.Matrix;
import org.vaescape.data.Orientation;
import org.vaescape.data.PreparedData;

/// Reads and prepares a matrix as a study does, and prints seconds of both and the peak of resident
/// memory in MiB: what `reading.py` compares.
void main(String[] words) throws IOException {
  long start = System.nanoTime();
  try (DataCache cache = DataCache.of(System.getenv())) {
    Matrix matrix = cache.read(Path.of(words[0]), Orientation.AUTO);
    long read = System.nanoTime();
    PreparedData data =
        cache.prepare(matrix, Optional.empty(), DataSettings.defaults(), 2021);
    long prepared = System.nanoTime();
    cache.trouble().ifPresent(System.err::println);
    long peak =
        Files.readAllLines(Path.of("/proc/self/status")).stream()
            .filter(line -> line.startsWith("VmHWM"))
            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
            .findFirst()
            .orElseThrow();
    IO.println(
        "%.3f %.3f %d %s %s"
            .formatted(
                (read - start) / 1e9,
                (prepared - read) / 1e9,
                peak >> 10,
                matrix.hash(),
                data.hash()));
  }
}
