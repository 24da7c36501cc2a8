package org.vaescape.engine;

/// Squared errors of outputs against targets, summed.
///
/// @param byRow over outputs
/// @param byOutput over rows
public record ErrorSums(double[] byRow, double[] byOutput) {}
