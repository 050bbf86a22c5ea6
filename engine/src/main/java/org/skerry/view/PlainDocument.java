package org.skerry.view;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.skerry.store.StoredDocument;
import org.skerry.store.StoredRevision;
import org.skerry.wire.DocumentExtras;

/**
 * The JSON of a document that is nothing but id, revision and body, as most are: put together from
 * bytes, since a generator costs as much as mapping does.
 */
final class PlainDocument {
  private static final byte[] ID = "{\"_id\":\"".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] REV = "\",\"_rev\":\"".getBytes(StandardCharsets.US_ASCII);

  private PlainDocument() {}

  /** The winner's JSON; nothing when there is more to it. */
  @SuppressWarnings("ReferenceEquality") // Equal extras that are another object take the long way.
  static Optional<byte[]> json(StoredDocument document, DocumentExtras extras) {
    StoredRevision revision = document.revisions().getFirst();
    byte[] id = document.id().utf8();
    boolean plain =
        extras == DocumentExtras.NONE
            && revision.attachments().isEmpty()
            && !revision.body().isEmpty()
            && needsNoEscape(id);
    if (!plain) {
      return Optional.empty();
    }
    byte[] rev = revision.rev().textBytes();
    byte[] body = revision.body().json();
    byte[] json = new byte[ID.length + id.length + REV.length + rev.length + 1 + body.length];
    int at = put(ID, 0, json, 0);
    at = put(id, 0, json, at);
    at = put(REV, 0, json, at);
    at = put(rev, 0, json, at);
    json[at++] = '"';
    json[at++] = ',';
    put(body, 1, json, at);
    return Optional.of(json);
  }

  private static int put(byte[] bytes, int from, byte[] json, int at) {
    System.arraycopy(bytes, from, json, at, bytes.length - from);
    return at + bytes.length - from;
  }

  private static boolean needsNoEscape(byte[] text) {
    for (byte octet : text) {
      if (octet == '"' || octet == '\\' || octet >= 0 && octet < ' ') {
        return false;
      }
    }
    return true;
  }
}
