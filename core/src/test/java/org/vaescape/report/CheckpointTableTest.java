package org.vaescape.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vaescape.study.FinishedTrial;
import org.vaescape.study.FinishedTrial.Checkpoint;
import org.vaescape.study.FinishedTrials;

final class CheckpointTableTest {
  @TempDir private Path folder;

  @Test
  void hasARowForEachEpochWithOutcomesOfTrialsWithAHorizon() throws IOException {
    SequencedMap<String, Double> best = new LinkedHashMap<>();
    best.put("val_mse", 0.25);
    best.put("val_kl_unit_001", 2.0);
    SequencedMap<String, Double> horizon = new LinkedHashMap<>();
    horizon.put("val_mse", Double.NaN);
    horizon.put("silhouette", 0.5);
    List<FinishedTrial> trials =
        List.of(
            FinishedTrials.learned("a1", 12, 3),
            FinishedTrials.learned(
                "b2",
                12,
                1.5,
                List.of(
                    new Checkpoint("best", 7, "learned", best),
                    new Checkpoint("horizon", 60, "below-mean", horizon))));
    Path file = folder.resolve("checkpoints.csv");
    assertTrue(CheckpointTable.write(file, List.of("b2", "a1"), trials));
    assertEquals(
        """
        trial,checkpoint,epoch,verdict,active_units,silhouette,val_loss,val_mse
        b2,stop,12,learned,4,,1.5,0.5
        b2,best,7,learned,,,,0.25
        b2,horizon,60,below-mean,,0.5,,nan
        """,
        Files.readString(file));
  }

  @Test
  void writesNoTableWithoutAHorizon() {
    Path file = folder.resolve("checkpoints.csv");
    assertFalse(
        CheckpointTable.write(file, List.of(), List.of(FinishedTrials.learned("a1", 2, 1))));
    assertFalse(Files.exists(file));
  }
}
