package org.skerry.store.rocksdb;

import java.nio.ByteBuffer;

/** Under a blob's address: the upload under whose number its chunks stand, and its length. */
record BlobRecord(long upload, long length) {
  private static final int VERSION = 1;

  byte[] encode() {
    return new RecordWriter(16).put(VERSION).number(upload).number(length).toBytes();
  }

  static BlobRecord decode(byte[] record) {
    return Records.read("an attachment's record", record, BlobRecord::read);
  }

  private static BlobRecord read(ByteBuffer in) {
    Records.expectVersion("an attachment's record", in.get(), VERSION);
    return new BlobRecord(Records.number(in), Records.number(in));
  }
}
