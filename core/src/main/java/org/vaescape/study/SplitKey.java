package org.vaescape.study;

import org.vaescape.data.DataSettings;

/// What trials must agree in to train on the same prepared data.
///
/// @param number of the split
public record SplitKey(int number, DataSettings.Fit fit) {}
