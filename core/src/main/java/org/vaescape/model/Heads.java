package org.vaescape.model;

/// Sizes of what lies between encoder and decoder.
///
/// @param mu outputs of the head `mu`
/// @param logvar outputs of the head `logvar`; 0 for networks without it
/// @param code inputs of the decoder
public record Heads(int mu, int logvar, int code) {}
