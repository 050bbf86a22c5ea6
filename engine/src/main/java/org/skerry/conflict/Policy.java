package org.skerry.conflict;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.skerry.revision.RevId;

/**
 * The rules of a database, as the design document {@code _design/conflicts} has them: so they are
 * replicated like all design documents, and have that document's revision as their version.
 */
public final class Policy {
  /** The design document. */
  public static final String DOCUMENT = "_design/conflicts";

  /** The member that holds the rules. */
  public static final String MEMBER = "conflicts";

  private final RevId version;
  private final List<Rule> rules;

  Policy(RevId version, List<Rule> rules) {
    this.version = version;
    this.rules = List.copyOf(rules);
  }

  RevId version() {
    return version;
  }

  List<Rule> rules() {
    return rules;
  }

  /** The first rule that fits. */
  Optional<Rule> find(Predicate<Rule> fits) {
    return rules.stream().filter(fits).findFirst();
  }
}
