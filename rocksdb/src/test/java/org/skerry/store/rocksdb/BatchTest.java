package org.skerry.store.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

class BatchTest {
  private static final byte[] MARK = {1};
  private static final long SEED = 20261127;

  @TempDir private Path folder;

  private Tables tables;
  private Batch batch;

  @BeforeEach
  void open() {
    tables = new Tables(folder, RocksOptions.DEFAULT);
    batch = new Batch(tables);
  }

  @AfterEach
  void close() {
    batch.close();
    tables.close();
  }

  /** One record as RocksDB's binding puts it, and as is done here. */
  private record Step(int kind, Family family, byte[] key, byte[] value) {
    static Step random(Random random) {
      Family family = Family.values()[random.nextInt(Family.values().length)];
      int length = List.of(0, 1, 127, 128, 300, 16_383, 16_384).get(random.nextInt(7));
      byte[] value = new byte[length];
      random.nextBytes(value);
      byte[] key = ByteBuffer.allocate(Integer.BYTES).putInt(random.nextInt(50)).array();
      return new Step(random.nextInt(4), family, key, value);
    }

    byte[] behind() {
      return ByteBuffer.allocate(Integer.BYTES).putInt(ByteBuffer.wrap(key).getInt() + 2).array();
    }

    void to(Batch batch) {
      switch (kind) {
        case 0 -> batch.put(family, key, value);
        case 1 -> batch.delete(family, key);
        case 2 -> batch.singleDelete(family, key);
        default -> batch.deleteRange(family, key, behind());
      }
    }

    void to(WriteBatch batch, Tables tables) throws RocksDBException {
      switch (kind) {
        case 0 -> batch.put(tables.handle(family), key, value);
        case 1 -> batch.delete(tables.handle(family), key);
        case 2 -> batch.singleDelete(tables.handle(family), key);
        default -> batch.deleteRange(tables.handle(family), key, behind());
      }
    }
  }

  @Test
  void whatIsGatheredIsWhatRocksDbWouldHaveMadeOfIt() throws RocksDBException {
    Random random = new Random(SEED);
    for (int round = 0; round < 200; round++) {
      batch.begin(MARK);
      try (WriteBatch expected = new WriteBatch()) {
        expected.putLogData(MARK);
        for (int i = random.nextInt(40); i > 0; i--) {
          Step step = Step.random(random);
          step.to(batch);
          step.to(expected, tables);
        }
        try (WriteBatch gathered = batch.gathered()) {
          assertThat(gathered.data())
              .as("round %s of seed %s", round, SEED)
              .isEqualTo(expected.data());
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 10, 60, 200, 1_000})
  void isThereWhollyHoweverLargeItIs(int steps) throws RocksDBException {
    try (Tables others = new Tables(folder.resolve("other"), RocksOptions.DEFAULT);
        WriteBatch expected = new WriteBatch()) {
      Random random = new Random(SEED);
      batch.begin(MARK);
      for (int i = 0; i < steps; i++) {
        Step step = Step.random(random);
        step.to(batch);
        step.to(expected, others);
      }
      batch.write(true);
      others.write(expected, true);

      assertThat(contents(tables)).as("seed %s", SEED).isEqualTo(contents(others));
    }
  }

  @Test
  void nothingOfALargeOneIsInTheNext() {
    batch.begin(MARK);
    byte[] key = {1};
    batch.put(Family.META, key, new byte[3 << 20]);
    batch.begin(MARK);

    assertThat(batch.isEmpty()).isTrue();
    batch.delete(Family.BODIES, key);
    assertThat(batch.isEmpty()).isFalse();
    batch.write(true);
    assertThat(contents(tables)).isEmpty();
  }

  @Test
  void aValueThatIsTooLargeToGatherBeginsAndEndsABatch() {
    byte[] value = new byte[2 << 20];
    batch.begin(MARK);
    batch.put(Family.CHUNKS, new byte[] {1}, value);
    batch.put(Family.CHUNKS, new byte[] {2}, new byte[] {2});
    batch.write(false);
    batch.begin(MARK);
    batch.put(Family.CHUNKS, new byte[] {3}, new byte[] {3});
    batch.put(Family.CHUNKS, new byte[] {4}, value);
    batch.write(true);

    assertThat(contents(tables))
        .extracting(row -> row.substring(0, row.indexOf('=')))
        .containsExactly("CHUNKS 01", "CHUNKS 02", "CHUNKS 03", "CHUNKS 04");
  }

  private static List<String> contents(Tables tables) {
    List<String> rows = new ArrayList<>();
    for (Family family : Family.values()) {
      try (Cursor cursor = tables.cursor(family, tables.latest())) {
        for (cursor.seek(new byte[0]); cursor.valid(); cursor.next()) {
          HexFormat hex = HexFormat.of();
          rows.add(
              family + " " + hex.formatHex(cursor.key()) + "=" + hex.formatHex(cursor.value()));
        }
      }
    }
    return rows;
  }
}
