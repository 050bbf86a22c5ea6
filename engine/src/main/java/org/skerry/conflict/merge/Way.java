package org.skerry.conflict.merge;

import java.util.List;

/** What decides about a member in which the sides differ. */
public sealed interface Way {
  /** As the API names it. */
  String text();

  /** A way without anything more to say. */
  enum Plain implements Way {
    /** Three-way, objects member by member. */
    MERGE,
    /** An array without order. */
    SET,
    /** A number to which each side adds. */
    COUNTER,
    /** The first side. */
    WINNER,
    /** A person. */
    MANUAL;

    @Override
    public String text() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /** The side in which another member is greatest. */
  record Latest(Pointer member) implements Way {
    @Override
    public String text() {
      return "latest";
    }
  }

  /** An array of objects that are the same when these members are. */
  record Identity(List<String> members) implements Way {
    public Identity {
      members = List.copyOf(members);
    }

    @Override
    public String text() {
      return "identity";
    }
  }

  /** That side, chosen for the whole document or by a person. */
  record Take(int side, String text) implements Way {}

  /** That value, given by a person. */
  record Value(Json value) implements Way {
    @Override
    public String text() {
      return "value";
    }
  }

  /** No value: a person removed it. */
  record Remove() implements Way {
    @Override
    public String text() {
      return "remove";
    }
  }
}
