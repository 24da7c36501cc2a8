/// The claims of Korkic 2021, each asked of the runs by itself ([StudyClaims]), and in how many
/// readings of its paper each holds ([Multiverse]).
@NullMarked
package org.vaescape.analysis.korkic2021;

import org.jspecify.annotations.NullMarked;
