package org.skerry.fhir.search.query;

import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.skerry.fhir.search.definition.SearchParameter;
import org.skerry.fhir.search.extract.WordRun;
import org.skerry.fhir.search.rows.Span;

/** Something that holds of a resource, or not. */
public sealed interface Condition {
  /** That one of a parameter's terms is in one of the spans. */
  record Has(SearchParameter parameter, List<Span> spans) implements Condition {
    public Has {
      spans = List.copyOf(spans);
    }
  }

  /** That a condition does not hold. */
  record Not(Condition condition) implements Condition {}

  /** That one of several holds. */
  record AnyOf(List<Condition> conditions) implements Condition {
    public AnyOf {
      conditions = List.copyOf(conditions);
    }
  }

  /** That all of several hold. */
  record AllOf(List<Condition> conditions) implements Condition {
    public AllOf {
      conditions = List.copyOf(conditions);
    }
  }

  /**
   * That words follow each other in one text; every resource is asked, so it stands beside
   * conditions for each of the words.
   */
  record Says(SearchParameter parameter, WordRun run) implements Condition {}

  /** That its logical id is one of these. */
  record WithId(SortedSet<String> ids) implements Condition {
    public WithId {
      ids = new TreeSet<>(ids);
    }
  }

  /** That it refers to a resource of a type of which a condition holds: chaining. */
  record RefersTo(SearchParameter reference, String type, Condition target) implements Condition {}

  /** That it is referred to by a resource of which a condition holds: {@code _has}. */
  record ReferredBy(SearchParameter reference, Condition source) implements Condition {}
}
