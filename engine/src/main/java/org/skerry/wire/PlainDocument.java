package org.skerry.wire;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.skerry.document.DocId;
import org.skerry.store.StoredRevision;
import tools.jackson.core.JsonGenerator;

/**
 * Documents that have a body and nothing else, as most do: the same bytes as {@link DocumentJson}
 * writes, put together without a generator, which costs more than a read from the store's cache.
 */
public final class PlainDocument {
  private static final byte[] ID = ascii("{\"_id\":\"");
  private static final byte[] REV = ascii("\",\"_rev\":\"");
  private static final byte[] DELETED = ascii(",\"_deleted\":true");
  private static final byte[] NOTHING = new byte[0];

  private PlainDocument() {}

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /**
   * The document and a line feed.
   *
   * @param revision without attachments
   */
  public static byte[] line(DocId id, StoredRevision revision) {
    byte[] name = id.utf8();
    if (needsEscape(name)) {
      return generated(id, revision);
    }
    byte[] rev = revision.rev().textBytes();
    byte[] json = revision.body().json();
    int members = revision.body().isEmpty() ? 0 : json.length - 2;
    byte[] deleted = revision.deleted() ? DELETED : NOTHING;
    int comma = members == 0 ? 0 : 1;
    int length = ID.length + name.length + REV.length + rev.length + comma + members;
    byte[] line = new byte[length + deleted.length + 3];
    int at = put(ID, line, 0);
    at = put(name, line, at);
    at = put(REV, line, at);
    at = put(rev, line, at);
    line[at++] = '"';
    if (members > 0) {
      line[at++] = ',';
      System.arraycopy(json, 1, line, at, members);
      at += members;
    }
    at = put(deleted, line, at);
    line[at++] = '}';
    line[at] = '\n';
    return line;
  }

  private static int put(byte[] bytes, byte[] line, int at) {
    System.arraycopy(bytes, 0, line, at, bytes.length);
    return at + bytes.length;
  }

  private static boolean needsEscape(byte[] utf8) {
    for (byte octet : utf8) {
      if (octet == '"' || octet == '\\' || octet >= 0 && octet < ' ') {
        return true;
      }
    }
    return false;
  }

  private static byte[] generated(DocId id, StoredRevision revision) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
    try (JsonGenerator out = JsonOut.into(bytes)) {
      DocumentJson.write(out, id, revision, DocumentExtras.NONE);
    }
    bytes.write('\n');
    return bytes.toByteArray();
  }
}
