package org.vaescape.search;

/// Says of a setting that it has no meaning beside the others, so that none of its values but the
/// default can be: free bits of a loss without a KL by unit, Nesterov's momentum without momentum.
///
/// It is for what one can do without: a study tries such a combination without the key. Settings
/// that contradict each other, of which none is the one too many, are an
/// [IllegalArgumentException].
public final class Inapplicable extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final String key;

  /// @param key of the setting, as whoever throws it calls it
  /// @param message rule and value, and what to do
  public Inapplicable(String key, String message) {
    super(message);
    this.key = key;
  }

  private Inapplicable(String key, Inapplicable cause) {
    super(cause.getMessage(), cause);
    this.key = key;
  }

  public String key() {
    return key;
  }

  /// The same of a setting that stands below another key: `sgd` and `nesterov` are `sgd.nesterov`.
  public Inapplicable below(String owner) {
    return new Inapplicable(owner + "." + key, this);
  }
}
