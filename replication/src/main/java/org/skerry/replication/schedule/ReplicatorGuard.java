package org.skerry.replication.schedule;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.skerry.database.Author;
import org.skerry.database.Database;
import org.skerry.database.ProposedRevision;
import org.skerry.database.WriteGuard;
import org.skerry.document.Body;
import org.skerry.replication.InvalidReplicationException;
import org.skerry.replication.ReplicationSpec;
import org.skerry.replication.peer.Endpoint;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Before replicator databases: a document must be one that can be understood, and belongs to
 * whoever wrote it ({@code couch_replicator_docs:before_doc_update}). Two rules more than CouchDB
 * has: only administrators may delete what others own, and only server administrators may name
 * databases of this node without a URL, because those are opened without a password.
 */
final class ReplicatorGuard implements WriteGuard {
  private static final String OF_OTHERS = "Can't update replication documents from other users.";

  @Override
  public boolean watches(Database database) {
    return Schedule.isReplicator(database.name());
  }

  @Override
  public Verdict judge(Database database, ProposedRevision revision, Author author) {
    if (revision.id().isDesign() || author.isNode()) {
      return Verdict.PASS;
    }
    boolean admin =
        author.isServerAdmin()
            || database.security().isAdmin(author.name().orElse(""), author.roles());
    if (!admin && Ownership.isOfOthers(database, revision.id(), author.name())) {
      return Verdict.forbidden(
          revision.deleted()
              ? "Replication documents can only be deleted by admins or by the users who created"
                  + " them."
              : OF_OTHERS);
    }
    if (revision.deleted()) {
      return Verdict.PASS;
    }
    ObjectNode json = ReplicatorDocument.tree(revision.body().json());
    Optional<Verdict> problem =
        "failed".equals(json.path(StateWriter.STATE).asString(""))
            ? Optional.empty()
            : problem(json, author, admin);
    return problem.orElseGet(() -> owned(revision, json, author, admin));
  }

  private static Optional<Verdict> problem(ObjectNode json, Author author, boolean admin) {
    ReplicationSpec spec;
    try {
      spec = ReplicationSpec.parse(json);
    } catch (InvalidReplicationException e) {
      return Optional.of(Verdict.forbidden(String.valueOf(e.getMessage())));
    }
    boolean local =
        spec.source() instanceof Endpoint.Local || spec.target() instanceof Endpoint.Local;
    if (local && !author.isServerAdmin()) {
      return Optional.of(
          Verdict.forbidden(
              "Only server admins may name a local database; give its URL, with credentials."));
    }
    return admin ? Optional.empty() : badContext(json.path("user_ctx"), author);
  }

  /** Who is no administrator acts in the own name alone. */
  private static Optional<Verdict> badContext(JsonNode context, Author author) {
    if (context.isMissingNode() || context.isNull()) {
      return Optional.empty();
    }
    if (!author.name().equals(ReplicatorDocument.text(context, "name"))) {
      return Optional.of(Verdict.forbidden("The given `user_ctx.name` is not valid"));
    }
    for (JsonNode role : context.path("roles")) {
      if (!role.isString() || !author.roles().contains(role.asString())) {
        return Optional.of(
            Verdict.forbidden("Invalid role (`" + role.asString("") + "`) in the `user_ctx`"));
      }
    }
    return Optional.empty();
  }

  /** The document with its owner in it. */
  private static Verdict owned(
      ProposedRevision revision, ObjectNode json, Author author, boolean admin) {
    JsonNode owner = json.path(Ownership.OWNER);
    boolean own = owner.isString() && author.name().equals(Optional.of(owner.asString()));
    boolean open = owner.isMissingNode() || admin && owner.isNull();
    if (own || admin && !open) {
      return Verdict.PASS;
    }
    if (!open) {
      return Verdict.forbidden(OF_OTHERS);
    }
    if (revision.origin() == ProposedRevision.Origin.MERGE) {
      // Its name covers what it says, so no owner can be put in.
      return admin ? Verdict.PASS : Verdict.forbidden(OF_OTHERS);
    }
    author
        .name()
        .ifPresentOrElse(
            name -> json.put(Ownership.OWNER, name), () -> json.putNull(Ownership.OWNER));
    return new Verdict.Replace(Body.ofTrusted(json.toString().getBytes(StandardCharsets.UTF_8)));
  }
}
