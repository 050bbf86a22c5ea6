package org.skerry.wire;

import org.skerry.document.BadDocumentException;
import org.skerry.document.BadDocumentException.Kind;
import org.skerry.store.LocalDocuments.LocalDocument;
import tools.jackson.core.JsonGenerator;

/** Local documents as CouchDB's JSON. Their revisions are {@code 0-version}. */
public final class LocalJson {
  private static final String PREFIX = "0-";

  private LocalJson() {}

  /** Writes one local document as a value. */
  public static void write(JsonGenerator out, LocalDocument document) {
    out.writeStartObject();
    out.writeStringProperty("_id", document.id().text());
    out.writeStringProperty("_rev", rev(document.version()));
    if (!document.body().isEmpty()) {
      out.writeRaw(',');
      out.writeRaw(RawJson.members(document.body().json()));
    }
    out.writeEndObject();
  }

  /** The revision that stands for a version; 0 is that of a document that is not there. */
  public static String rev(long version) {
    return PREFIX + version;
  }

  /**
   * The version that a revision stands for.
   *
   * @throws BadDocumentException of kind BAD_REV when the text is no local document's revision
   */
  public static long version(String rev) {
    try {
      long version = rev.startsWith(PREFIX) ? Long.parseLong(rev.substring(PREFIX.length())) : -1;
      if (version >= 0) {
        return version;
      }
    } catch (NumberFormatException e) {
      throw notLocal(rev);
    }
    throw notLocal(rev);
  }

  private static BadDocumentException notLocal(String rev) {
    return new BadDocumentException(
        Kind.BAD_REV, "Invalid rev format: found \"" + rev + "\", a local document's is 0-N");
  }
}
