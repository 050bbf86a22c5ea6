package org.skerry.store.rocksdb;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Compresses and decompresses bodies, with a dictionary or without. Frames carry neither magic nor
 * length nor checksum: the record says the first two, and RocksDB checks its blocks. One thread at
 * a time.
 */
final class Packer implements AutoCloseable {
  private static final int KEPT_SCRATCH = 64 << 10;

  private final ZstdCompressCtx plainIn = compressor().setLevel(Dictionary.LEVEL);
  private final ZstdCompressCtx dictionaryIn = compressor();
  private final ZstdDecompressCtx plainOut = new ZstdDecompressCtx().setMagicless(true);
  private final ZstdDecompressCtx dictionaryOut = new ZstdDecompressCtx().setMagicless(true);
  private @Nullable Dictionary loadedIn;
  private @Nullable Dictionary loadedOut;
  private byte[] scratch = new byte[4096];

  private static ZstdCompressCtx compressor() {
    return new ZstdCompressCtx()
        .setMagicless(true)
        .setContentSize(false)
        .setChecksum(false)
        .setDictID(false);
  }

  /**
   * Compresses into {@link #scratch}.
   *
   * @return how many bytes
   */
  int compress(byte[] bytes, @Nullable Dictionary dictionary) {
    int bound = (int) Zstd.compressBound(bytes.length);
    if (scratch.length < bound) {
      scratch = new byte[bound];
    }
    ZstdCompressCtx context = plainIn;
    if (dictionary != null) {
      context = dictionaryIn;
      if (loadedIn != dictionary) {
        context.loadDict(dictionary.compressing());
        loadedIn = dictionary;
      }
    }
    return context.compressByteArray(scratch, 0, scratch.length, bytes, 0, bytes.length);
  }

  byte[] scratch() {
    return scratch;
  }

  /**
   * Decompresses a body of a known length.
   *
   * <p>Into {@link #scratch} first, which stays in the processor's caches: zstd reads again what it
   * wrote, and in a new array each line of that is a miss (5 µs for a kilobyte instead of 2).
   *
   * @param into the length
   */
  byte[] decompress(
      byte[] from, int offset, int length, int into, @Nullable Dictionary dictionary) {
    ZstdDecompressCtx context = plainOut;
    if (dictionary != null) {
      context = dictionaryOut;
      if (loadedOut != dictionary) {
        context.loadDict(dictionary.decompressing());
        loadedOut = dictionary;
      }
    }
    if (scratch.length < into) {
      scratch = new byte[into];
    }
    int found;
    try {
      found = context.decompressByteArray(scratch, 0, into, from, offset, length);
    } catch (ZstdException e) {
      throw Faults.damaged("a body cannot be decompressed", e);
    }
    if (found != into) {
      throw Faults.damaged(
          "a body has " + found + " bytes instead of " + into, new IllegalStateException());
    }
    return Arrays.copyOf(scratch, into);
  }

  /** Gives back what one big body needed. */
  void trim() {
    if (scratch.length > KEPT_SCRATCH) {
      scratch = new byte[4096];
    }
  }

  @Override
  public void close() {
    plainIn.close();
    dictionaryIn.close();
    plainOut.close();
    dictionaryOut.close();
  }
}
