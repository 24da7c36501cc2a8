package org.vaescape.data;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class LabelsFileTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sample\tlabel\nS1\tGBM\nS2\tNA\nS3\tLUSC\n",
        "sample,label\r\nS1,GBM\r\nS2,\r\nS3,LUSC",
        "\ufeffcancer\tlabel\tsample\nx\tGBM\tS1\ny\tnull\tS2\n\n\"z\n\"\tLUSC\tS3\n",
        "\"sample\",label\n\"S1\",\"GBM\"\nS3,LUSC\n",
        "sample\tcancer\nS1\tGBM\nS3\tLUSC\n",
      })
  void readsTheLabelsOfEveryForm(String text) throws IOException {
    Labels labels = LabelsFile.read(Written.text(folder, "l", text));
    assertEquals(Map.of("S1", "GBM", "S3", "LUSC"), labels.bySample());
    assertEquals(List.of("", "LUSC"), List.of(labels.of("S2"), labels.of("S3")));
    assertEquals(List.of(), labels.notes());
  }

  @Test
  void readsGzip() throws IOException {
    Path path = Written.bytes(folder, "l.gz", Written.gzip("sample\tlabel\nS1\tGBM\n"));
    assertEquals(Map.of("S1", "GBM"), LabelsFile.read(path).bySample());
  }

  @Test
  void takesTheFirstTwoColumnsAndSaysSo() throws IOException {
    Path path = Written.text(folder, "l.tsv", "id\tcancer\tage\nS1\tGBM\t50\n");
    Labels labels = LabelsFile.read(path);
    assertEquals(Map.of("S1", "GBM"), labels.bySample());
    assertEquals(
        List.of(
            path
                + ": column id is taken for the sample and column cancer for the label; name them"
                + " sample and label to choose others"),
        labels.notes());
  }

  @Test
  void findsWhereSamplesComeFrom() throws IOException {
    String text = "sample\tlabel\tsource\tplate\nS1\tGBM\tA\t1\nS2\tNA\tNA\t2\n";
    Path path = Written.text(folder, "l.tsv", text);
    assertEquals(Map.of("S1", "A"), LabelsFile.batches(path, "auto"));
    assertEquals(Map.of("S1", "1", "S2", "2"), LabelsFile.batches(path, "plate"));
    assertEquals(Map.of(), LabelsFile.batches(path, "none"));
    Path batch = Written.text(folder, "b.tsv", "sample\tlabel\tsource\tbatch\nS1\tx\ty\tz\n");
    assertEquals(Map.of("S1", "z"), LabelsFile.batches(batch, "auto"));
    Path neither = Written.text(folder, "n.tsv", "sample\tlabel\nS1\tx\n");
    assertEquals(Map.of(), LabelsFile.batches(neither, "auto"));
    assertEquals(
        "n.tsv, line 1: has no column plate, which data.batch-column names; it has sample, label",
        Written.message(folder, () -> LabelsFile.batches(neither, "plate")));
  }

  static Stream<Arguments> badTexts() {
    return Stream.of(
        Arguments.of("", "l.tsv is empty"),
        Arguments.of("sample\tlabel\n", "l.tsv: has no line below the column names"),
        Arguments.of(
            "sample\nS1\n",
            "l.tsv, line 1: must have the columns sample and label but has sample; data.label-column takes another one"),
        Arguments.of(
            "sample\tage\tcancer\nS1\t50\tGBM\n",
            "l.tsv, line 1: must have the columns sample and label but has sample, age, cancer; data.label-column takes another one"),
        Arguments.of(
            "sample\ta\tb\tc\td\te\tf\tg\th\ti\nS1\t1\t1\t1\t1\t1\t1\t1\t1\t1\n",
            "l.tsv, line 1: must have the columns sample and label but has sample, a, b, c, d, e, f, g, ...; data.label-column takes another one"),
        Arguments.of(
            "sample\tlabel\nS1\tGBM\nS2\n", "l.tsv, line 3: has 1 columns where line 1 has 2"),
        Arguments.of(
            "label\tsample\nGBM\t\n",
            "l.tsv, line 2, column 2 (sample): the name of a sample must not be empty"),
        Arguments.of(
            "sample\tlabel\nS1\tGBM\nS2\tGBM\nS1\tLUSC\n",
            "l.tsv: lines 2 and 4 are both about sample 'S1'"));
  }

  @ParameterizedTest
  @MethodSource("badTexts")
  void refusesBadTextWithItsPlace(String content, String message) throws IOException {
    Path path = Written.text(folder, "l.tsv", content);
    assertEquals(message, Written.message(folder, () -> LabelsFile.read(path)));
  }
}
