package org.vaescape.train;

/// How far a training run has come.
///
/// @param epochs completed
/// @param steps taken
/// @param rateBudget sum of the learning rates of these steps
record Progress(int epochs, long steps, double rateBudget) {}
