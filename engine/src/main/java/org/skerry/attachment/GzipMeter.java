package org.skerry.attachment;

import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Measures how many bytes a gzip stream (RFC 1952) decodes to while it passes by, and checks that
 * it does.
 *
 * <p>Pushed and not pulled: the bytes go to the store as they are, and only this side looks into
 * them. A stream may have several members one after another. Memory is one scratch buffer, whatever
 * the stream decodes to.
 */
final class GzipMeter implements AutoCloseable {
  private static final int MAGIC_1 = 0x1f;
  private static final int MAGIC_2 = 0x8b;
  private static final int DEFLATE = 8;
  private static final int FLAG_HEADER_CRC = 2;
  private static final int FLAG_EXTRA = 4;
  private static final int FLAG_NAME = 8;
  private static final int FLAG_COMMENT = 16;
  private static final int FIXED_HEADER = 10;
  private static final int TRAILER = 8;
  private static final int SCRATCH = 8192;

  /** The parts of a member, in their order. */
  private enum Part {
    FIXED,
    EXTRA_LENGTH,
    EXTRA,
    NAME,
    COMMENT,
    HEADER_CRC,
    DATA,
    TRAILER
  }

  private final Inflater inflater = new Inflater(true);
  private final byte[] scratch = new byte[SCRATCH];
  private final CRC32 crc = new CRC32();
  private Part part = Part.FIXED;
  private int flags;
  private int inPart;
  private int extraLength;
  private long trailer;
  private long decoded;
  private boolean anyMember;

  /**
   * Takes the next bytes.
   *
   * @throws BadAttachmentException when they are not gzip
   */
  void update(byte[] bytes, int offset, int length) {
    int at = offset;
    int end = offset + length;
    while (at < end) {
      if (part == Part.DATA) {
        at = inflate(bytes, at, end);
      } else {
        header(bytes[at++] & 0xff);
      }
    }
  }

  /** How many bytes the stream decoded to so far. */
  long decoded() {
    return decoded;
  }

  /**
   * Says that no more bytes come.
   *
   * @throws BadAttachmentException when the stream is not at the end of a member
   */
  void finish() {
    if (!anyMember || part != Part.FIXED || inPart != 0) {
      throw new BadAttachmentException("attachment is not valid gzip: the data ends too early");
    }
  }

  private int inflate(byte[] bytes, int at, int end) {
    inflater.setInput(bytes, at, end - at);
    try {
      // Not until it wants input: what a few bytes decode to may fill the scratch buffer many
      // times.
      for (int count = inflater.inflate(scratch); count > 0; count = inflater.inflate(scratch)) {
        crc.update(scratch, 0, count);
        decoded += count;
      }
    } catch (DataFormatException e) {
      throw new BadAttachmentException("attachment is not valid gzip: " + e.getMessage(), e);
    }
    if (inflater.needsDictionary()) {
      throw corrupt("it needs a dictionary");
    }
    int next = end - inflater.getRemaining();
    if (inflater.finished()) {
      enter(Part.TRAILER);
    }
    return next;
  }

  private void header(int octet) {
    switch (part) {
      case FIXED -> fixed(octet);
      case EXTRA_LENGTH -> {
        extraLength |= octet << 8 * inPart;
        if (++inPart == Short.BYTES) {
          enter(extraLength == 0 ? after(Part.EXTRA) : Part.EXTRA);
        }
      }
      case EXTRA -> endAt(++inPart == extraLength);
      case NAME, COMMENT -> endAt(octet == 0);
      case HEADER_CRC -> endAt(++inPart == Short.BYTES);
      case TRAILER -> trailer(octet);
      case DATA -> throw new IllegalStateException("data is inflated, not read as a header");
    }
  }

  private void fixed(int octet) {
    boolean wrong =
        inPart == 0 && octet != MAGIC_1
            || inPart == 1 && octet != MAGIC_2
            || inPart == 2 && octet != DEFLATE;
    if (wrong) {
      throw corrupt("it does not begin as a gzip member");
    }
    if (inPart == 3) {
      flags = octet;
    }
    if (++inPart == FIXED_HEADER) {
      extraLength = 0;
      enter(after(Part.FIXED));
    }
  }

  private void trailer(int octet) {
    trailer |= (long) octet << 8 * inPart;
    if (++inPart == TRAILER) {
      boolean intact =
          (trailer & 0xffff_ffffL) == crc.getValue()
              && trailer >>> 32 == (inflater.getBytesWritten() & 0xffff_ffffL);
      if (!intact) {
        throw corrupt("its checksum is wrong");
      }
      anyMember = true;
      trailer = 0;
      crc.reset();
      inflater.reset();
      enter(Part.FIXED);
    }
  }

  private void endAt(boolean end) {
    if (end) {
      enter(after(part));
    }
  }

  private void enter(Part next) {
    part = next;
    inPart = 0;
  }

  /** The next part that the flags announce. */
  private Part after(Part done) {
    if (done.compareTo(Part.EXTRA_LENGTH) < 0 && (flags & FLAG_EXTRA) != 0) {
      return Part.EXTRA_LENGTH;
    }
    if (done.compareTo(Part.NAME) < 0 && (flags & FLAG_NAME) != 0) {
      return Part.NAME;
    }
    if (done.compareTo(Part.COMMENT) < 0 && (flags & FLAG_COMMENT) != 0) {
      return Part.COMMENT;
    }
    if (done.compareTo(Part.HEADER_CRC) < 0 && (flags & FLAG_HEADER_CRC) != 0) {
      return Part.HEADER_CRC;
    }
    return Part.DATA;
  }

  private static BadAttachmentException corrupt(String what) {
    return new BadAttachmentException("attachment is not valid gzip: " + what);
  }

  @Override
  public void close() {
    inflater.end();
  }
}
