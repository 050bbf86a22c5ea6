package org.skerry.store.rocksdb;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.skerry.document.AttachmentRef;
import org.skerry.document.AttachmentRef.Encoding;
import org.skerry.document.BlobId;
import org.skerry.document.Body;
import org.skerry.revision.CorruptRevTreeException;

/**
 * A revision's content as it is stored.
 *
 * <pre>
 *   1 byte        version and kind: as it is, zstd, zstd with dictionary
 *   varint        the dictionary's id, when there is one
 *   varint        the body's length
 *   varint        how many attachments; then of each: name, type, revpos, blob, digest, encoding, lengths
 *   the rest      the body
 * </pre>
 */
record BodyRecord(Body body, List<AttachmentRef> attachments) {
  private static final int VERSION = 1;
  private static final int VERSION_MASK = 0x0f;
  private static final int PLAIN = 0x00;
  private static final int ZSTD = 0x10;
  private static final int ZSTD_DICTIONARY = 0x20;

  /** Shorter bodies are not worth a call to zstd. */
  private static final int WORTH_PACKING = 48;

  static PackedBody encode(
      Body body, List<AttachmentRef> attachments, Packer packer, @Nullable Dictionary dictionary) {
    byte[] json = body.json();
    int packed = json.length < WORTH_PACKING ? json.length : packer.compress(json, dictionary);
    boolean worth = packed < json.length;
    RecordWriter out =
        new RecordWriter((worth ? packed : json.length) + 16 + 160 * attachments.size());
    if (!worth) {
      out.put(VERSION | PLAIN);
    } else if (dictionary == null) {
      out.put(VERSION | ZSTD);
    } else {
      out.put(VERSION | ZSTD_DICTIONARY).number(dictionary.id());
    }
    out.number(json.length).number(attachments.size());
    attachments.forEach(attachment -> write(out, attachment));
    out.raw(worth ? packer.scratch() : json, 0, worth ? packed : json.length);
    return new PackedBody(out.toBytes(), json.length);
  }

  private static void write(RecordWriter out, AttachmentRef attachment) {
    out.text(attachment.name())
        .text(attachment.contentType())
        .number(attachment.revpos())
        .raw(attachment.blob().bytes())
        .text(attachment.digest())
        .put(attachment.encoding() == Encoding.GZIP ? 1 : 0)
        .number(attachment.length())
        .number(attachment.storedLength());
  }

  /**
   * Reads a record.
   *
   * @param dictionaries finds a dictionary by its id
   */
  static BodyRecord decode(ByteBuffer record, Packer packer, IntFunction<Dictionary> dictionaries) {
    // As in Head: without a function that stands for many.
    try {
      return read(record, packer, dictionaries);
    } catch (BufferUnderflowException | CorruptRevTreeException | IndexOutOfBoundsException e) {
      throw Records.damaged("a body", e);
    }
  }

  private static BodyRecord read(
      ByteBuffer in, Packer packer, IntFunction<Dictionary> dictionaries) {
    int first = in.get();
    Records.expectVersion("a body", first & VERSION_MASK, VERSION);
    int kind = first & ~VERSION_MASK;
    Dictionary dictionary = kind == ZSTD_DICTIONARY ? dictionaries.apply(Records.count(in)) : null;
    int length = Records.count(in);
    List<AttachmentRef> attachments = readAttachments(in);
    byte[] json;
    if (kind == PLAIN) {
      json = new byte[length];
      in.get(json);
    } else {
      int offset = in.arrayOffset() + in.position();
      json = packer.decompress(in.array(), offset, in.remaining(), length, dictionary);
    }
    return new BodyRecord(Body.ofTrusted(json), attachments);
  }

  /** Reads the attachments of a record, and leaves its body alone. */
  static List<AttachmentRef> attachments(ByteBuffer record) {
    return Records.read(
        "a body",
        record,
        in -> {
          int first = in.get();
          Records.expectVersion("a body", first & VERSION_MASK, VERSION);
          if ((first & ~VERSION_MASK) == ZSTD_DICTIONARY) {
            Records.count(in);
          }
          Records.count(in);
          return readAttachments(in);
        });
  }

  private static List<AttachmentRef> readAttachments(ByteBuffer in) {
    int count = Records.countOfRest(in);
    List<AttachmentRef> attachments = count == 0 ? List.of() : new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      attachments.add(readAttachment(in));
    }
    return attachments;
  }

  private static AttachmentRef readAttachment(ByteBuffer in) {
    String name = Records.text(in);
    String contentType = Records.text(in);
    int revpos = Records.count(in);
    byte[] sha256 = new byte[BlobId.BYTES];
    in.get(sha256);
    return new AttachmentRef(
        name,
        contentType,
        revpos,
        BlobId.of(sha256),
        Records.text(in),
        in.get() == 1 ? Encoding.GZIP : Encoding.IDENTITY,
        Records.number(in),
        Records.number(in));
  }
}
