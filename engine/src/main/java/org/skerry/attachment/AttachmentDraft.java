package org.skerry.attachment;

import java.io.InputStream;
import java.util.Optional;
import java.util.OptionalLong;
import org.skerry.attachment.AttachmentIntake.Announced;
import org.skerry.document.AttachmentRef.Encoding;

/** One member of {@code _attachments} as a client sent it, before its bytes are in the store. */
public sealed interface AttachmentDraft {
  /** What a type is when its author named none. */
  String DEFAULT_TYPE = "application/octet-stream";

  /** Unique in the document. */
  String name();

  /**
   * An attachment whose bytes stand in the document as base64. They are always the decoded bytes:
   * CouchDB writes {@code encoding} beside them and means what it stores itself, so the member is
   * not read here.
   *
   * @param revpos the generation that brought it; 0 for the revision at hand
   * @param data where the base64 is
   */
  record Inline(String name, String contentType, int revpos, InlineData data)
      implements AttachmentDraft {
    /**
     * The bytes, decoded as they are read.
     *
     * @return a stream that throws {@link BadAttachmentException} where the base64 is broken
     */
    public InputStream open() {
      return data.open(name);
    }

    /** What is known of the bytes. */
    public Announced announced() {
      return new Announced(name, contentType, revpos, Encoding.IDENTITY, Expectation.NONE);
    }
  }

  /** An attachment that an earlier revision brought, and that stays. */
  record Stub(String name, Optional<Integer> revpos, Optional<String> digest)
      implements AttachmentDraft {
    /** What the new revision says of it. */
    public AttachmentInput.Stub input() {
      return new AttachmentInput.Stub(name, revpos, digest);
    }
  }

  /**
   * An attachment whose bytes follow as a part of a multipart body. The parts come in the order of
   * the members.
   *
   * @param revpos the generation that brought it; 0 for the revision at hand
   * @param encoding how the part's bytes are encoded
   * @param length bytes after decoding, if the sender said so
   * @param storedLength bytes of the part, if they are known
   * @param digest of the part's bytes, if the sender said so
   */
  record Follows(
      String name,
      String contentType,
      int revpos,
      Encoding encoding,
      OptionalLong length,
      OptionalLong storedLength,
      Optional<String> digest)
      implements AttachmentDraft {
    /** What is known of the bytes. */
    public Announced announced() {
      return new Announced(
          name, contentType, revpos, encoding, new Expectation(storedLength, digest));
    }
  }
}
