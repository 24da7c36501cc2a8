package org.vaescape.study;

/// How a run ended.
///
/// @param finished trials that the run added, whatever their status
/// @param withoutWeights trials whose weights are to be kept but are not there, because an earlier
///   run kept others or somebody deleted them
/// @param interrupted whether it was cancelled
public record RunSummary(int finished, int withoutWeights, boolean interrupted) {}
