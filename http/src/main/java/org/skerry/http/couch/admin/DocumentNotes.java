package org.skerry.http.couch.admin;

import java.util.Optional;
import java.util.Set;
import org.skerry.audit.AuditAction;
import org.skerry.audit.AuditEvent;
import org.skerry.database.Database;
import org.skerry.document.DocId;
import org.skerry.http.Exchange;
import org.skerry.http.access.StoredUsers;
import org.skerry.http.access.UserDocuments;
import org.skerry.revision.RevId;
import org.skerry.subset.Sites;

/**
 * Notes writes of documents that administer something: design documents, users, sites, and those
 * that ask for replications. Others are data, and nobody's business here.
 */
public final class DocumentNotes {
  private static final String REPLICATOR = "_replicator";
  private static final Set<String> DATABASES =
      Set.of(StoredUsers.DATABASE, REPLICATOR, Sites.DATABASE);

  private final Administration administration;

  public DocumentNotes(Administration administration) {
    this.administration = administration;
  }

  /** Whether a write of that document may be noted: hardly any is, and all are asked about. */
  public static boolean concerns(Database database, DocId id) {
    return id.isDesign() || DATABASES.contains(database.name());
  }

  /** A revision that somebody wrote. */
  public void written(Exchange exchange, Database database, DocId id, RevId rev, boolean deleted) {
    if (id.isDesign()) {
      note(
          exchange,
          AuditAction.DESIGN_DOCUMENT_CHANGED,
          database.name() + "/" + id.text(),
          deleted);
    } else if (database.name().equals(StoredUsers.DATABASE)) {
      Optional<String> name = UserDocuments.name(id.text());
      name.ifPresent(user -> note(exchange, change(rev, deleted), user, false));
    } else if (database.name().equals(REPLICATOR)) {
      note(exchange, replication(rev, deleted), database.name() + "/" + id.text(), false);
    } else if (database.name().equals(Sites.DATABASE)) {
      note(exchange, siteChange(rev, deleted), id.text(), false);
    }
  }

  private static AuditAction siteChange(RevId rev, boolean deleted) {
    if (deleted) {
      return AuditAction.SITE_DELETED;
    }
    return rev.generation() == 1 ? AuditAction.SITE_CREATED : AuditAction.SITE_CHANGED;
  }

  private static AuditAction replication(RevId rev, boolean deleted) {
    if (deleted) {
      return AuditAction.REPLICATION_CANCELLED;
    }
    return rev.generation() == 1
        ? AuditAction.REPLICATION_STARTED
        : AuditAction.REPLICATION_CHANGED;
  }

  private static AuditAction change(RevId rev, boolean deleted) {
    if (deleted) {
      return AuditAction.USER_DELETED;
    }
    return rev.generation() == 1 ? AuditAction.USER_CREATED : AuditAction.USER_CHANGED;
  }

  private void note(Exchange exchange, AuditAction action, String subject, boolean deleted) {
    AuditEvent event = new AuditEvent(action, Administration.actor(exchange), subject);
    administration.audit().record(deleted ? event.with("deleted", "true") : event);
  }
}
