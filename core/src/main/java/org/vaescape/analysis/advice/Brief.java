package org.vaescape.analysis.advice;

/// Advice in a few words, for a text that says at once what holds of several scopes.
///
/// @param what it is about, without a capital: `learning-rate, from 0.001 to 0.01`, `run a grid`
/// @param number that carries it, or what it rests on: `49 % [40, 60]`; empty if nothing
/// @param claim id of that whose verdict is the advice's own; empty if it has none
/// @param doubt beside that verdict: `not all at their best learning-rate`; empty if there is none
/// @param next what to run because of it, an imperative without a capital; empty if nothing
public record Brief(String what, String number, String claim, String doubt, String next) {

  /// What no claim decides.
  static Brief of(String what, String number) {
    return new Brief(what, number, "", "", "");
  }

  /// @param id of the claim; empty if there is none
  Brief judgedBy(String id) {
    return new Brief(what, number, id, doubt, next);
  }

  Brief doubted(String because) {
    return new Brief(what, number, claim, because, next);
  }

  Brief before(String order) {
    return new Brief(what, number, claim, doubt, order);
  }
}
