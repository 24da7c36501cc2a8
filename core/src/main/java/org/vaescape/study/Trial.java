package org.vaescape.study;

import org.vaescape.search.Cell;

/// One training run that the plan asks for: a cell and a repeat.
///
/// @param id 16 hexadecimal digits, a hash of everything that decides the result (the identity)
/// @param cell every key that the study's space names, also those with one value
/// @param repeat block number, from 0
public record Trial(String id, Cell cell, int repeat) {}
