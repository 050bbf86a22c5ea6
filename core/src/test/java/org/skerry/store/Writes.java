package org.skerry.store;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.skerry.document.AttachmentRef;
import org.skerry.document.Body;
import org.skerry.document.DocId;
import org.skerry.document.RevisionHash;
import org.skerry.revision.RevId;
import org.skerry.revision.RevPath;

/** Revisions to write, in few words. */
public final class Writes {
  private Writes() {}

  public static DocId id(String text) {
    return DocId.of(text);
  }

  public static RevId rev(String text) {
    return RevId.parse(text);
  }

  /** The edit that creates a document. */
  public static RevisionWrite.Edit create(String id, String json) {
    return edit(id, Optional.empty(), false, json, List.of());
  }

  /** An edit that follows a revision. */
  public static RevisionWrite.Edit edit(String id, RevId parent, String json) {
    return edit(id, Optional.of(parent), false, json, List.of());
  }

  /** An edit that makes a tombstone. */
  public static RevisionWrite.Edit delete(String id, RevId parent) {
    return edit(id, Optional.of(parent), true, "{}", List.of());
  }

  /** An edit with everything. */
  public static RevisionWrite.Edit edit(
      String id,
      Optional<RevId> parent,
      boolean deleted,
      String json,
      List<AttachmentRef> attachments) {
    Body body = Body.parse(json);
    RevId rev = RevisionHash.next(parent, deleted, body, attachments);
    return new RevisionWrite.Edit(id(id), parent, rev, deleted, body, attachments);
  }

  /** A revision made elsewhere; the path as texts, newest first. Its body names it. */
  public static RevisionWrite.Merge merge(String id, String... path) {
    return new RevisionWrite.Merge(
        id(id), path(path), false, Body.parse("{\"rev\":\"" + path[0] + "\"}"), List.of());
  }

  /** A tombstone made elsewhere; the path as texts, newest first. */
  public static RevisionWrite.Merge mergeTombstone(String id, String... path) {
    return new RevisionWrite.Merge(id(id), path(path), true, Body.EMPTY, List.of());
  }

  public static RevPath path(String... revs) {
    return new RevPath(Stream.of(revs).map(Writes::rev).toList());
  }
}
