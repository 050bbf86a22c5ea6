package org.skerry.conflict;

import java.util.List;
import java.util.Locale;
import org.skerry.conflict.merge.Pointer;
import org.skerry.conflict.merge.Ways;

/** How a rule settles a document. */
sealed interface Method {
  /** As the API names it. */
  String text();

  /** Member by member, against the common ancestor. */
  record Merge(Ways ways) implements Method {
    @Override
    public String text() {
      return "merge";
    }
  }

  /** The leaf in which a member is greatest. */
  record Latest(Pointer member) implements Method {
    @Override
    public String text() {
      return "latest";
    }
  }

  /** The leaf whose member comes first in a list. */
  record Site(Pointer member, List<String> order) implements Method {
    public Site {
      order = List.copyOf(order);
    }

    @Override
    public String text() {
      return "site";
    }
  }

  /** What JavaScript makes of ancestor and leaves. */
  record Function(String source) implements Method {
    @Override
    public String text() {
      return "function";
    }
  }

  /** Methods without anything more to say. */
  enum Plain implements Method {
    /** The winning leaf. */
    WINNER,
    /** A person. */
    MANUAL;

    @Override
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
