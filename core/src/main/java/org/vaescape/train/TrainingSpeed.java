package org.vaescape.train;

import java.util.Optional;
import org.vaescape.engine.Precision;
import org.vaescape.model.GenePath;

/// How fast a model trains on a path in a precision.
///
/// @param reason why it could not be measured, as half a sentence or one; empty if it was
/// @param alone one trial on one core
/// @param together as many at once as there are cores, or as memory allows
/// @param reasonTogether why that was not measured; empty if it was
/// @param operations floating-point operations of a step's products
/// @param bytes that a step must move at least, see [WorkEstimate#leastBytes]
public record TrainingSpeed(
    String model,
    GenePath.Kind path,
    Precision precision,
    String reason,
    Optional<StepTimes> alone,
    Optional<StepTimes> together,
    String reasonTogether,
    double operations,
    double bytes) {}
