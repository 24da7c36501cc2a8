package org.vaescape.search;

import java.util.List;

/// Everything of one kind that a study can choose by name; adding a member is one line of its list.
///
/// @param kind what the members are, as messages say it: "optimizer"
/// @param members in the order of reports
public record Catalogue<T>(String kind, List<Member<T>> members) {
  public Catalogue {
    members = List.copyOf(members);
    if (members.stream().map(Member::name).distinct().count() != members.size()) {
      throw new IllegalArgumentException("two members of one name among " + members);
    }
  }

  public List<String> names() {
    return members.stream().map(Member::name).toList();
  }

  /// The member of this name.
  ///
  /// @throws IllegalArgumentException with the near miss if there is no member of this name
  public Member<T> member(String name) {
    for (Member<T> member : members) {
      if (member.name().equals(name)) {
        return member;
      }
    }
    throw new IllegalArgumentException(NearMiss.unknown(kind, name, names()));
  }
}
