package org.vaescape.cli.isolated;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;
import org.vaescape.study.Status;

final class WorkerEndTest {
  @Test
  void aKillIsForMemoryOnlyWhereTheSystemCountedOne() {
    assertEquals(Status.FAILED, WorkerEnd.of(137, List.of(), false).status());
    WorkerEnd killed = WorkerEnd.of(137, List.of(), true);
    assertEquals(Status.OUT_OF_MEMORY, killed.status());
    assertEquals(
        "the process that trained it was killed (SIGKILL) when the system had no memory left; fewer --workers or a smaller --memory leave it more",
        killed.message());
    assertEquals(Status.FAILED, WorkerEnd.of(134, List.of(), true).status());
  }

  @Test
  void aJvmThatGetsNoMemoryIsOutOfMemory() {
    List<String> said =
        List.of(
            "# There is insufficient memory for the Java Runtime Environment to continue.",
            "# Native memory allocation (mmap) failed to map 65536 bytes.");
    assertEquals(Status.OUT_OF_MEMORY, WorkerEnd.of(1, said, false).status());
    List<String> blas =
        List.of("OpenBLAS error: Memory allocation still failed after 10 retries, giving up.");
    assertEquals(Status.OUT_OF_MEMORY, WorkerEnd.of(1, blas, false).status());
  }

  @Test
  void saysTheSignalOrWhatWasSaidLast() {
    assertEquals(
        "the process that trained it was ended by signal 6 (SIGABRT); it said last: what():  bad",
        WorkerEnd.of(134, List.of("terminate called", "what():  bad"), false).message());
    assertEquals(
        "the process that trained it ended with exit code 1",
        WorkerEnd.of(1, List.of(), false).message());
  }

  @Test
  void whatAWorkerSaysIsHeardToTheLastBitBesideOtherOutput() {
    SequencedMap<String, Double> terms = new LinkedHashMap<>();
    terms.put("val_loss", 0.1 + 0.2);
    terms.put("val_kl", Double.NaN);
    terms.put("train_loss", Double.NEGATIVE_INFINITY);
    WorkerLine epoch = new WorkerLine.EpochEnded(3, terms);
    assertEquals(Optional.of(epoch), WorkerLine.of("[W some warning " + epoch.text()));
    assertEquals(
        Optional.of(new WorkerLine.Refused("a\u00fc: no such file")),
        WorkerLine.of(new WorkerLine.Refused("a\u00fc:\nno such file").text()));
    assertEquals(Optional.empty(), WorkerLine.of("finished"));
  }
}
