/// Where nothing goes wrong: the largest box of settings that is as good as the best
/// ([SafeRegion]), and the smallest latent size that is ([SmallestLatent]).
@NullMarked
package org.vaescape.analysis.region;

import org.jspecify.annotations.NullMarked;
