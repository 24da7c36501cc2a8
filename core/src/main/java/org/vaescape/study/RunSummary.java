package org.vaescape.study;

/// How a run ended.
///
/// @param finished trials that the run added, whatever their status
/// @param remaining trials that it was asked for and did not finish
/// @param interrupted whether it was cancelled
public record RunSummary(int finished, int remaining, boolean interrupted) {}
