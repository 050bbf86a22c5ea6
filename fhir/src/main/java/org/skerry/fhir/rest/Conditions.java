package org.skerry.fhir.rest;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.skerry.document.DocId;
import org.skerry.fhir.outcome.OutcomeException;
import org.skerry.fhir.resource.ResourceId;
import org.skerry.fhir.search.query.QueryParameter;

/**
 * What conditional interactions are about: the one resource that a query finds, or none. Whoever
 * writes on a condition holds the database's lock from the search to the write, so that of two who
 * want to create the same, one finds what the other made. Any thread.
 */
public final class Conditions {
  private static final Map<String, Lock> LOCKS = new ConcurrentHashMap<>();

  private Conditions() {}

  /** The lock of those who write on a condition into a database. */
  public static Lock lock(Call call) {
    return LOCKS.computeIfAbsent(call.database().store().incarnation(), key -> new ReentrantLock());
  }

  /**
   * The resource that a query finds.
   *
   * @throws OutcomeException 412 when it finds several
   */
  public static Optional<ResourceId> match(Call call, String type, Parameters query) {
    List<QueryParameter> parameters =
        query.list().stream().map(one -> new QueryParameter(one.name(), one.value())).toList();
    List<DocId> found = call.search().matches(type, parameters, Optional.of(call.base()), 2);
    if (found.size() > 1) {
      throw OutcomeException.of(
          412,
          "multiple-matches",
          "Several resources match " + type + "?" + shown(query) + ": name one by its id");
    }
    return found.stream().findFirst().flatMap(ResourceId::of);
  }

  private static String shown(Parameters query) {
    return String.join(
        "&", query.list().stream().map(one -> one.name() + "=" + one.value()).toList());
  }
}
