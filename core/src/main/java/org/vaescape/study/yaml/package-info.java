/// YAML 1.2 as a tree that knows where each value stands, and its way back to text.
///
/// Start at [org.vaescape.study.yaml.YamlReader]. Belongs to `study`.
@NullMarked
package org.vaescape.study.yaml;

import org.jspecify.annotations.NullMarked;
