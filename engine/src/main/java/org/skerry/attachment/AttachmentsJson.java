package org.skerry.attachment;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import org.skerry.document.AttachmentRef;
import org.skerry.document.AttachmentRef.Encoding;
import tools.jackson.core.JsonGenerator;

/**
 * The {@code _attachments} object of CouchDB's documents (API documentation, "Attachments"), read
 * and written.
 *
 * <p>Members stand in CouchDB's order ({@code couch_att:to_json}): content_type, revpos, digest,
 * then length with stub or follows, or data; then encoding and encoded_length.
 */
public final class AttachmentsJson {
  private AttachmentsJson() {}

  /**
   * Reads the object; bytes of inline attachments stay where they are until they are opened.
   *
   * @param json the object, known to be well-formed; it must not change while a draft is in use
   * @return in their order, which is that of a multipart body's parts
   * @throws BadAttachmentException when an attachment says what none may say
   */
  public static List<AttachmentDraft> read(byte[] json) {
    try (AttachmentsReader reader = new AttachmentsReader(json)) {
      return reader.drafts();
    }
  }

  /**
   * Writes the object; the member's name is the caller's.
   *
   * @param encodingInfo whether encoded attachments show how they are stored ({@code
   *     att_encoding_info})
   */
  public static void write(
      JsonGenerator out,
      List<AttachmentRef> attachments,
      AttachmentForm form,
      boolean encodingInfo) {
    out.writeStartObject();
    for (AttachmentRef attachment : attachments) {
      out.writeName(attachment.name());
      out.writeStartObject();
      out.writeStringProperty("content_type", attachment.contentType());
      out.writeNumberProperty("revpos", attachment.revpos());
      out.writeStringProperty("digest", attachment.digest());
      switch (form) {
        case AttachmentForm.Inline(var store, var which) when which.test(attachment) ->
            writeData(out, AttachmentBody.decoded(store, attachment));
        case AttachmentForm.Follows(var which) when which.test(attachment) ->
            writeMark(out, attachment, "follows");
        case AttachmentForm.Inline inline -> writeMark(out, attachment, "stub");
        case AttachmentForm.Follows follows -> writeMark(out, attachment, "stub");
        case AttachmentForm.Stubs stubs -> writeMark(out, attachment, "stub");
      }
      if (encodingInfo && attachment.encoding() != Encoding.IDENTITY) {
        out.writeStringProperty("encoding", attachment.encoding().name().toLowerCase(Locale.ROOT));
        out.writeNumberProperty("encoded_length", attachment.storedLength());
      }
      out.writeEndObject();
    }
    out.writeEndObject();
  }

  private static void writeMark(JsonGenerator out, AttachmentRef attachment, String mark) {
    out.writeNumberProperty("length", attachment.length());
    out.writeBooleanProperty(mark, true);
  }

  private static void writeData(JsonGenerator out, AttachmentBody body) {
    out.writeName("data");
    try (InputStream bytes = body.stream()) {
      // A length would have to be an int; without one the generator reads to the end.
      out.writeBinary(bytes, -1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
