package org.vaescape.train;

import java.util.List;
import org.vaescape.search.Catalogue;

/// Every optimizer that a study can name. A new one is a file of its own and a line here.
public final class Optimizers {
  public static final Catalogue<Optimizer> CATALOGUE =
      new Catalogue<>(
          "optimizer",
          List.of(
              Adam.MEMBER,
              Sgd.MEMBER,
              RmsProp.MEMBER,
              AdamW.MEMBER,
              Adagrad.MEMBER,
              Adadelta.MEMBER,
              Adamax.MEMBER,
              NAdam.MEMBER,
              RAdam.MEMBER,
              RProp.MEMBER,
              Asgd.MEMBER,
              Lion.MEMBER));

  private Optimizers() {}
}
