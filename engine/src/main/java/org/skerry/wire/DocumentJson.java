package org.skerry.wire;

import java.util.List;
import java.util.Optional;
import org.skerry.attachment.AttachmentForm;
import org.skerry.attachment.AttachmentsJson;
import org.skerry.document.AttachmentRef;
import org.skerry.document.Body;
import org.skerry.document.DocId;
import org.skerry.revision.RevId;
import org.skerry.revision.RevPath;
import org.skerry.store.StoredRevision;
import tools.jackson.core.JsonGenerator;

/**
 * Writes documents in CouchDB's form and order ({@code couch_doc:to_json_obj}): {@code _id}, {@code
 * _rev}, the body as its author wrote it, then everything else that begins with an underscore.
 */
public final class DocumentJson {
  private DocumentJson() {}

  /** Writes one document as a value. */
  public static void write(
      JsonGenerator out, DocId id, StoredRevision revision, DocumentExtras extras) {
    out.writeStartObject();
    out.writeStringProperty("_id", id.text());
    out.writeStringProperty("_rev", revision.rev().toString());
    if (!revision.body().isEmpty()) {
      out.writeRaw(',');
      out.writeRaw(RawJson.members(revision.body().json()));
    }
    if (revision.deleted()) {
      out.writeBooleanProperty("_deleted", true);
    }
    extras.revisions().ifPresent(path -> writeRevisions(out, path));
    if (!extras.revsInfo().isEmpty()) {
      writeRevsInfo(out, extras.revsInfo());
    }
    writeRevs(out, "_conflicts", extras.conflicts());
    writeRevs(out, "_deleted_conflicts", extras.deletedConflicts());
    extras
        .localSeq()
        .ifPresent(
            seq -> {
              out.writeName("_local_seq");
              out.writeRawValue(seq);
            });
    if (!revision.attachments().isEmpty()) {
      out.writeName("_attachments");
      AttachmentsJson.write(
          out, revision.attachments(), extras.attachments(), extras.encodingInfo());
    }
    out.writeEndObject();
  }

  /**
   * Writes a document that has no revision of its own yet, or not for certain, as CouchDB shows it
   * to its validators: {@code _rev} and {@code _revisions} are those of the path.
   *
   * @param path nothing for a new document
   */
  public static void write(
      JsonGenerator out,
      DocId id,
      Optional<RevPath> path,
      boolean deleted,
      Body body,
      List<AttachmentRef> attachments) {
    out.writeStartObject();
    out.writeStringProperty("_id", id.text());
    path.ifPresent(known -> out.writeStringProperty("_rev", known.newest().toString()));
    if (!body.isEmpty()) {
      out.writeRaw(',');
      out.writeRaw(RawJson.members(body.json()));
    }
    if (deleted) {
      out.writeBooleanProperty("_deleted", true);
    }
    if (path.isPresent()) {
      writeRevisions(out, path.get());
    } else {
      out.writeObjectPropertyStart("_revisions");
      out.writeNumberProperty("start", 0);
      out.writeArrayPropertyStart("ids");
      out.writeEndArray();
      out.writeEndObject();
    }
    if (!attachments.isEmpty()) {
      out.writeName("_attachments");
      AttachmentsJson.write(out, attachments, AttachmentForm.STUBS, false);
    }
    out.writeEndObject();
  }

  private static void writeRevisions(JsonGenerator out, RevPath path) {
    out.writeName("_revisions");
    out.writeStartObject();
    out.writeNumberProperty("start", path.newest().generation());
    out.writeArrayPropertyStart("ids");
    for (RevId rev : path.revisions()) {
      out.writeString(rev.hash());
    }
    out.writeEndArray();
    out.writeEndObject();
  }

  private static void writeRevsInfo(JsonGenerator out, List<RevInfo> infos) {
    out.writeArrayPropertyStart("_revs_info");
    for (RevInfo info : infos) {
      out.writeStartObject();
      out.writeStringProperty("rev", info.rev().toString());
      out.writeStringProperty("status", info.status().text());
      out.writeEndObject();
    }
    out.writeEndArray();
  }

  private static void writeRevs(JsonGenerator out, String name, List<RevId> revs) {
    if (revs.isEmpty()) {
      return;
    }
    out.writeArrayPropertyStart(name);
    for (RevId rev : revs) {
      out.writeString(rev.toString());
    }
    out.writeEndArray();
  }
}
