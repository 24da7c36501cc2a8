package org.vaescape.study;

import java.util.Optional;
import org.vaescape.model.WeightsFile;

/// A trial that ended, and its weights if it has any.
public record TrainedTrial(FinishedTrial trial, Optional<WeightsFile> weights) {}
