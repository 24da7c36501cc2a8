package org.vaescape.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.vaescape.data.PreparedData;
import org.vaescape.model.Models;
import org.vaescape.model.VaeModel;
import org.vaescape.model.Weights;
import org.vaescape.train.Stopping.Restore;
import org.vaescape.train.ValidationLosses.Curve;

/// What is recorded of a run that stops, goes back to its best epoch, or goes on to a horizon: all
/// of it compared with plain runs of so many epochs.
class StoppingTest {
  private static final Seeds SEEDS = new Seeds(1, 2, 3, 4);

  private static final PreparedData DATA =
      TestData.withTest(
          TestData.lowRank(200, 40, 60, 3, 5), TestData.lowRank(10, 30, 60, 3, 6).validation());

  /// Under which the validation of this small study rises and falls.
  private static final double RATE = 0.03;

  private static TrainingResult train(Stopping stopping) {
    return train(settings(stopping), TrainingMonitor.NONE);
  }

  private static TrainingResult train(TrainingSettings settings, TrainingMonitor monitor) {
    try (TrainingData data = TrainingData.of(DATA, settings.numerics())) {
      return Trainer.train(settings, data, SEEDS, monitor);
    }
  }

  private static TrainingSettings settings(Stopping stopping) {
    return TrainerTest.settings(Models.CATALOGUE.member("vae").create(Map.of()), RATE, stopping);
  }

  private static void assertSameWeights(TrainingResult expected, TrainingResult actual) {
    Map<String, Weights.Array> all = expected.weights().orElseThrow().arrays();
    all.forEach((name, array) ->
        assertArrayEquals(
            array.values(), actual.weights().orElseThrow().array(name).values(), name));
  }

  private static int lowest(List<ValidationLosses> losses, ToDoubleFunction<ValidationLosses> of) {
    return 1
        + IntStream.range(0, losses.size())
            .boxed()
            .min(Comparator.comparingDouble(epoch -> of.applyAsDouble(losses.get(epoch))))
            .orElseThrow();
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "LAST")
  void goesBackToTheBestEpochToTheLastBit(Restore restore) {
    TrainingResult result = train(new Stopping(new NoStop(), 30, restore, 0));
    List<ValidationLosses> losses = TrainerTest.losses(result);
    int best =
        lowest(
            losses,
            restore == Restore.BEST ? ValidationLosses::reconstruction : ValidationLosses::loss);
    assertTrue(best > 1 && best < 30, "the best epoch is " + best);
    TrainingResult until = train(Stopping.after(best));
    assertEquals(30, result.epochs());
    assertEquals(Checkpoint.BEST, result.recorded().orElseThrow().name());
    assertEquals(best, result.recorded().orElseThrow().epoch());
    assertEquals(until.metrics(), result.metrics());
    assertEquals(until.verdict(), result.verdict());
    assertSameWeights(until, result);
    assertEquals(TrainerTest.curve(train(Stopping.after(30))), TrainerTest.curve(result));
  }

  static List<String> models() {
    return Models.CATALOGUE.names();
  }

  @ParameterizedTest
  @MethodSource("models")
  void everyModelGoesBackToItsBestEpoch(String name) {
    VaeModel model = Models.CATALOGUE.member(name).create(Map.of());
    Stopping restoring = new Stopping(new NoStop(), 12, Restore.BEST, 0);
    TrainingResult result =
        train(TrainerTest.settings(model, RATE, restoring), TrainingMonitor.NONE);
    Stopping until = Stopping.after(result.recorded().orElseThrow().epoch());
    TrainingResult plain = train(TrainerTest.settings(model, RATE, until), TrainingMonitor.NONE);
    assertEquals(plain.metrics(), result.metrics());
    assertSameWeights(plain, result);
  }

  @ParameterizedTest
  @EnumSource
  void goesOnToTheHorizonAndRecordsWhatItWouldHaveWithout(Restore restore) {
    StopRule rule = new Patience(2, 0, Curve.LOSS, 3);
    TrainingResult without = train(new Stopping(rule, 40, restore, 0));
    TrainingResult with = train(new Stopping(rule, 40, restore, 45));
    assertEquals(new Ending.Converged(), with.ending());
    assertEquals(without.ending(), with.ending());
    assertEquals(without.epochs(), with.epochs());
    assertTrue(with.epochs() < 40, "the rule stops before");
    assertEquals(without.recorded(), with.recorded());
    assertSameWeights(without, with);

    assertEquals(45, with.curve().size());
    TrainingResult plain = train(Stopping.after(45));
    assertEquals(TrainerTest.curve(plain), TrainerTest.curve(with));
    assertEquals(TrainerTest.curve(without), TrainerTest.curve(with).subList(0, without.epochs()));
    Checkpoint other =
        train(new Stopping(rule, 40, restore == Restore.LAST ? Restore.BEST : Restore.LAST, 0))
            .recorded()
            .orElseThrow();
    Checkpoint end = plain.recorded().orElseThrow();
    assertEquals(
        List.of(
            other,
            new Checkpoint(Checkpoint.HORIZON, 45, end.verdict(), end.metrics(), end.plane())),
        with.others());
    assertEquals(Optional.empty(), with.afterStop());
  }

  @Test
  void aHorizonBeforeTheStopIsTheStop() {
    TrainingResult result = train(new Stopping(new NoStop(), 6, Restore.LAST, 4));
    assertEquals(6, result.curve().size());
    Checkpoint horizon = result.others().getLast();
    assertEquals(6, horizon.epoch());
    assertEquals(result.metrics(), horizon.metrics());
  }

  @Test
  void hasNoOtherOutcomesWithoutAHorizon() {
    assertEquals(List.of(), train(Stopping.after(2)).others());
    assertEquals(List.of(), train(new Stopping(new NoStop(), 2, Restore.BEST, 0)).others());
  }

  @Test
  void countsTheCopyOfTheBestEpochInItsMemory() {
    long plain = MemoryEstimate.bytes(settings(Stopping.after(9)), 60, 200);
    long restoring =
        MemoryEstimate.bytes(settings(new Stopping(new NoStop(), 9, Restore.BEST, 0)), 60, 200);
    long horizon =
        MemoryEstimate.bytes(settings(new Stopping(new NoStop(), 9, Restore.LAST, 12)), 60, 200);
    // Weights of 60 - 32 - 2 x 4 and 4 - 32 - 60, of 4 bytes each.
    assertEquals(4 * (60 * 32 + 32 * 8 + 4 * 32 + 32 * 60), restoring - plain);
    assertEquals(restoring, horizon);
  }

  /// A rate of 1e30 from the fifth epoch on ends what was recorded long before.
  @Test
  void keepsWhatItRecordedWhenItDivergesOnTheWayToItsHorizon() {
    Scheduler wild = (initial, epoch, _, _) -> epoch < 4 ? initial : 1e30;
    VaeModel model = Models.CATALOGUE.member("vae").create(Map.of());
    Optimizer adam = Optimizers.CATALOGUE.member("adam").create(Map.of());
    Stopping stopping = new Stopping(new NoStop(), 3, Restore.LAST, 9);
    TrainingResult result =
        train(TrainerTest.settings(model, adam, RATE, wild, stopping), TrainingMonitor.NONE);
    assertEquals(new Ending.MaxEpochs(), result.ending());
    assertEquals(train(Stopping.after(3)).recorded(), result.recorded());
    Ending.Diverged diverged =
        assertInstanceOf(Ending.Diverged.class, result.afterStop().orElseThrow());
    assertEquals(5, diverged.epoch());
    assertEquals(List.of(Checkpoint.BEST), result.others().stream().map(Checkpoint::name).toList());
    assertEquals(4, result.curve().size());
  }

  @Test
  void isInterruptedOnTheWayToItsHorizonToo() {
    TrainingMonitor impatient = TrainerTest.cancellingAt(5);
    TrainingResult result =
        train(settings(new Stopping(new NoStop(), 3, Restore.LAST, 9)), impatient);
    assertInstanceOf(Ending.Interrupted.class, result.ending());
    assertEquals(Optional.empty(), result.recorded());
  }
}
