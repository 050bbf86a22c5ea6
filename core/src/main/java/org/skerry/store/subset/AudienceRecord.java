package org.skerry.store.subset;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.roaringbitmap.RoaringBitmap;
import org.skerry.store.StoreException;

/**
 * How an {@link Audience} is written down: its size, and each feed's distance from the one before;
 * or, when there are many, a number that is no size, and RoaringBitmap's portable form.
 */
final class AudienceRecord {
  /** Of as many feeds the bitmap is not larger than their distances. */
  private static final int FEW = 16;

  /** Stands where a size stands, and is none. */
  private static final int BITMAP = FEW + 1;

  private AudienceRecord() {}

  static byte[] encode(Audience audience) {
    RecordBytes out = new RecordBytes();
    write(out, audience);
    return out.toArray();
  }

  static Audience decode(byte[] record) {
    try {
      return read(new RecordBytes(record));
    } catch (RuntimeException e) {
      throw new StoreException("a record of an audience is damaged", e);
    }
  }

  static void write(RecordBytes out, Audience audience) {
    if (audience.size() > FEW) {
      out.number(BITMAP);
      out.bytes(serialized(audience.bitmap()));
      return;
    }
    out.number(audience.size());
    int before = 0;
    for (int feed : audience.feeds()) {
      out.number(feed - before);
      before = feed;
    }
  }

  static Audience read(RecordBytes in) {
    int size = in.count();
    if (size == BITMAP) {
      return Audience.of(deserialized(in.bytes()));
    }
    int[] feeds = new int[size];
    int before = 0;
    for (int i = 0; i < size; i++) {
      before += in.count();
      feeds[i] = before;
    }
    return Audience.of(feeds);
  }

  private static byte[] serialized(RoaringBitmap bitmap) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      bitmap.serialize(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static RoaringBitmap deserialized(byte[] bytes) {
    RoaringBitmap bitmap = new RoaringBitmap();
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      bitmap.deserialize(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bitmap;
  }
}
