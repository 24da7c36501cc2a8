package org.vaescape.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vaescape.analysis.korkic2021.Multiverse;
import org.vaescape.analysis.korkic2021.Multiverse.Answer;
import org.vaescape.analysis.korkic2021.Multiverse.Column;

class MultiverseTableTest {
  @TempDir private Path folder;

  /// All have one tolerance.
  private static SequencedMap<String, String> reading(String norm, String weight) {
    SequencedMap<String, String> reading = new LinkedHashMap<>();
    reading.put("output-norm", norm);
    reading.put("kl-weight", weight);
    reading.put("stop.tolerance", "0.01");
    return reading;
  }

  private static final List<SequencedMap<String, String>> READINGS =
      List.of(reading("batch", "batch/n"), reading("none", "batch/n"), reading("none", "0.00025"));

  private static Column column(String claim, List<Answer> byEstimate, List<Answer> byVerdict) {
    return new Column("korkic2021/" + claim, byEstimate, byVerdict, Optional.empty());
  }

  /// Of the first claim one seed decides nothing, the second was not made in one reading.
  private static final List<Multiverse> SCOPES =
      List.of(
          new Multiverse(
              "vae",
              READINGS,
              List.of(
                  column(
                      "one",
                      List.of(Answer.HOLDS, Answer.FAILS, Answer.HOLDS),
                      List.of(Answer.OPEN, Answer.OPEN, Answer.OPEN)),
                  column(
                      "two",
                      List.of(Answer.HOLDS, Answer.FAILS, Answer.OPEN),
                      List.of(Answer.HOLDS, Answer.FAILS, Answer.OPEN)))),
          new Multiverse(
              "all runs",
              READINGS,
              List.of(
                  column(
                      "three",
                      List.of(Answer.FAILS, Answer.FAILS, Answer.HOLDS),
                      List.of(Answer.FAILS, Answer.OPEN, Answer.OPEN)))));

  @Test
  void theFileHasAllAnswersOfEveryScopeAndTheShareInWhichEachClaimHolds() throws IOException {
    Path file = folder.resolve("multiverse.csv");
    assertTrue(MultiverseTable.write(file, SCOPES));
    assertEquals(
        """
        scope,by,reading,output-norm,kl-weight,stop.tolerance,korkic2021/one,korkic2021/two,korkic2021/three
        vae,estimate,1,batch,batch/n,0.01,holds,holds,
        vae,estimate,2,none,batch/n,0.01,fails,fails,
        vae,estimate,3,none,0.00025,0.01,holds,open,
        vae,estimate,share,,,,0.6666666666666666,0.5,
        vae,verdict,1,batch,batch/n,0.01,open,holds,
        vae,verdict,2,none,batch/n,0.01,open,fails,
        vae,verdict,3,none,0.00025,0.01,open,open,
        vae,verdict,share,,,,,0.5,
        all runs,estimate,1,batch,batch/n,0.01,,,fails
        all runs,estimate,2,none,batch/n,0.01,,,fails
        all runs,estimate,3,none,0.00025,0.01,,,holds
        all runs,estimate,share,,,,,,0.3333333333333333
        all runs,verdict,1,batch,batch/n,0.01,,,fails
        all runs,verdict,2,none,batch/n,0.01,,,open
        all runs,verdict,3,none,0.00025,0.01,,,open
        all runs,verdict,share,,,,,,0.0
        """,
        Files.readString(file));
  }

  /// It would be taken for what the study says now.
  @Test
  void aStudyThatHasOneReadingLeftHasNoFileLeft() {
    Path file = folder.resolve("multiverse.csv");
    assertFalse(MultiverseTable.write(file, List.of()));
    assertTrue(MultiverseTable.write(file, SCOPES));
    assertFalse(MultiverseTable.write(file, List.of()));
    assertFalse(Files.exists(file));
  }

  @Test
  void theTableTellsWhatIsDecidedFromWhatWasMeasuredAndEndsWithShares() {
    TextTable vae = MultiverseTable.of(SCOPES).getFirst();
    assertEquals(List.of("reading", "output-norm", "kl-weight", "one", "two"), vae.header());
    assertEquals(
        List.of(
            List.of("1", "batch", "batch/n", "(holds)", "holds"),
            List.of("2", "none", "batch/n", "(fails)", "fails"),
            List.of("3", "none", "0.00025", "(holds)", "open"),
            List.of("holds by estimate", "", "", "2/3", "1/2"),
            List.of("holds by verdict", "", "", "-", "1/2")),
        vae.rows());
    assertTrue(vae.caption().startsWith("vae: "), vae.caption());
  }
}
