package org.skerry.audit;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Which events somebody wants to see.
 *
 * @param actions empty for all
 * @param user who did it, or to whom it was done
 * @param subject what it was done to
 * @param from the earliest time
 * @param until the time before which it was
 * @param after in ascending order only events with greater numbers, in descending with smaller
 *     ones: the number of the last event of the page before
 * @param descending newest first
 * @param limit the longest page
 */
public record AuditQuery(
    Set<AuditAction> actions,
    Optional<String> user,
    Optional<String> subject,
    Optional<Instant> from,
    Optional<Instant> until,
    Optional<Long> after,
    boolean descending,
    int limit) {
  public AuditQuery {
    actions = Set.copyOf(actions);
  }

  boolean wants(AuditRecord event) {
    return (actions.isEmpty() || actions.contains(event.action()))
        && user.map(name -> concerns(event, name)).orElse(true)
        && subject.map(event.subject()::equals).orElse(true)
        && from.map(time -> !event.time().isBefore(time)).orElse(true)
        && until.map(time -> event.time().isBefore(time)).orElse(true)
        && after.map(last -> isBehind(event.number(), last)).orElse(true);
  }

  private static boolean concerns(AuditRecord event, String name) {
    return event.actor().name().filter(name::equals).isPresent()
        || event.subject().equals(name) && isAboutUser(event.action());
  }

  private static boolean isAboutUser(AuditAction action) {
    return switch (action) {
      case SIGNED_IN, SIGN_IN_FAILED, LOCKED_OUT, SIGNED_OUT -> true;
      case USER_CREATED, USER_CHANGED, USER_DELETED, ADMIN_CHANGED, ADMIN_DELETED -> true;
      default -> false;
    };
  }

  private boolean isBehind(long number, long last) {
    return descending ? number < last : number > last;
  }
}
