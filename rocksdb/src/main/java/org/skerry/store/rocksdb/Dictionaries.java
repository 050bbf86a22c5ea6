package org.skerry.store.rocksdb;

import com.github.luben.zstd.ZstdDictTrainer;
import com.github.luben.zstd.ZstdException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.skerry.store.DatabaseGoneException;
import org.skerry.store.StoreException;

/**
 * One database's dictionaries: zstd learns from the first bodies what a database's documents have
 * in common (member names, codes, places), and then makes each body alone about a third of its
 * size, where without it would be half. Bodies that came before stay as they are.
 *
 * <p>Samples are collected in memory where bodies are packed; training takes a tenth of a second
 * and has a thread of its own. A dictionary is used only once it is durable, and is never changed
 * or removed.
 */
final class Dictionaries implements AutoCloseable {
  /**
   * Enough for documents of several kinds: twice as many took twice as long (130 ms of CPU for each
   * new database) and made bodies 0.3 % smaller.
   */
  private static final int SAMPLES = 1_000;

  private static final int SAMPLE_BYTES = 1 << 20;
  private static final int LARGEST_SAMPLE = 16 << 10;
  private static final int DICTIONARY_BYTES = 32 << 10;

  private final Shelf shelf;
  private final Tables tables;
  private final GroupWriter writer;
  private final Gate gate;
  private final Map<Integer, Dictionary> loaded = new ConcurrentHashMap<>();

  /** Guards the samples. */
  private final ReentrantLock lock = new ReentrantLock();

  private final List<byte[]> samples = new ArrayList<>();
  private int sampledBytes;

  /** Volatile: set under the lock when training begins, read on every write. */
  private volatile boolean sampled;

  Dictionaries(Shelf shelf, Tables tables, GroupWriter writer, Gate gate) {
    this.shelf = shelf;
    this.tables = tables;
    this.writer = writer;
    this.gate = gate;
  }

  /** With which new bodies are packed; null while there is none. */
  @Nullable Dictionary current() {
    int id = shelf.ledger().dictionary();
    return id == 0 ? null : find(id);
  }

  Dictionary find(int id) {
    Dictionary dictionary = loaded.get(id);
    return dictionary != null ? dictionary : loaded.computeIfAbsent(id, this::load);
  }

  private Dictionary load(int id) {
    byte[] bytes =
        tables
            .get(Family.META, tables.latest(), Keys.dictionary(shelf.number(), id))
            .orElseThrow(() -> shelf.lost("dictionary " + id));
    return new Dictionary(id, bytes);
  }

  /** Looks at a body on its way in. */
  void sample(byte[] json) {
    if (sampled || json.length > LARGEST_SAMPLE || shelf.ledger().dictionary() != 0) {
      return;
    }
    lock.lock();
    try {
      if (sampled) {
        return;
      }
      samples.add(json);
      sampledBytes += json.length;
      if (samples.size() < SAMPLES && sampledBytes < SAMPLE_BYTES) {
        return;
      }
      sampled = true;
    } finally {
      lock.unlock();
    }
    Thread.ofPlatform().name("skerry-dictionary").daemon().start(this::train);
  }

  private void train() {
    try {
      write(trainer().trainSamples());
    } catch (ZstdException e) {
      // The samples have nothing in common: bodies go on being packed without a dictionary.
      return;
    } catch (DatabaseGoneException e) {
      return;
    } catch (StoreException e) {
      // Closed or broken meanwhile: the next opening samples again.
      sampled = false;
    }
  }

  private ZstdDictTrainer trainer() {
    lock.lock();
    try {
      ZstdDictTrainer trainer =
          new ZstdDictTrainer(sampledBytes, DICTIONARY_BYTES, Dictionary.LEVEL);
      samples.forEach(trainer::addSample);
      samples.clear();
      sampledBytes = 0;
      return trainer;
    } finally {
      lock.unlock();
    }
  }

  private void write(byte[] bytes) {
    try (var _ = gate.enter()) {
      writer.write(
          group -> {
            group.put(Family.META, Keys.dictionary(shelf.number(), 1), bytes);
            group.on(shelf).dictionary(1);
            return true;
          });
    }
  }

  /** The database was dropped: samples of it are of no use. Whoever trains lets go of his own. */
  void forgetSamples() {
    lock.lock();
    try {
      if (!sampled) {
        sampled = true;
        samples.clear();
      }
    } finally {
      lock.unlock();
    }
  }

  /** For tests. */
  int sampleCount() {
    lock.lock();
    try {
      return samples.size();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    loaded.values().forEach(Dictionary::close);
    loaded.clear();
  }
}
