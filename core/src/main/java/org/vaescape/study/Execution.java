package org.vaescape.study;

/// How this machine computes a study's trials, as far as results depend on it.
///
/// @param precision `fp32` or `bf16`
/// @param path `fused` where networks allow it, or `plain`
/// @param device `cpu` or `cuda`
/// @param threads of one trial
public record Execution(String precision, String path, String device, int threads) {}
