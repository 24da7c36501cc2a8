package org.vaescape.engine;

/// The rows that [WideInput] and [WideOutput] look at, in the form that both want: one copy of
/// those of a step. For one thread; its memory belongs to the scope that is open when it is made.
public final class WideRows {
  final ColumnBlocks blocks = new ColumnBlocks();

  public WideRows() {
    Scope.atClose(blocks::free);
  }
}
