package org.skerry.revision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.skerry.testing.Seeded;

@ExtendWith(Seeded.class)
class RevTreeCodecTest {
  @Test
  void whatIsWrittenIsRead(SplittableRandom random) {
    for (int round = 0; round < 5_000; round++) {
      RevTree tree = Histories.anyTree(random);
      RevTree read = RevTreeCodec.decode(RevTreeCodec.encode(tree));
      assertThat(read).isEqualTo(tree).hasSameHashCodeAs(tree);
      assertThat(read.leaves()).isEqualTo(tree.leaves());
    }
  }

  @Test
  void theFormIsPinned() {
    RevTree tree =
        RevTree.of(
                RevPath.of(
                    300, IntStream.of(3, 2).mapToObj(i -> String.format("%032x", i)).toList()),
                true)
            .merge(RevPath.of(RevId.parse("299-foreign")), false)
            .tree();
    assertThat(HexFormat.of().formatHex(RevTreeCodec.encode(tree)))
        .as("stores hold this form: it may be replaced by a new version, and never changed")
        .isEqualTo(
            "0103" // version, rows
                + "03ac0200000000000000000000000000000003" // 300-…3, a tombstone with a parent
                + "02" // two rows on
                + "080107666f726569676e" // 299-foreign, one generation less
                + "000000000000000000000000000000000002"); // 299-…2
  }

  @Test
  void oneTreeAfterAnotherIsReadFromOneBuffer(SplittableRandom random) {
    RevTree one = Histories.anyTree(random);
    RevTree other = Histories.anyTree(random);
    byte[] first = RevTreeCodec.encode(one);
    byte[] second = RevTreeCodec.encode(other);
    ByteBuffer both = ByteBuffer.allocate(first.length + second.length + 1);
    both.put(first).put(second).put((byte) 42).flip();
    assertThat(RevTreeCodec.decode(both)).isEqualTo(one);
    assertThat(RevTreeCodec.decode(both)).isEqualTo(other);
    assertThat(both.get()).isEqualTo((byte) 42);
  }

  @Test
  void anUnknownVersionIsRefusedByName() {
    assertThatThrownBy(() -> RevTreeCodec.decode(new byte[] {9, 0}))
        .isInstanceOf(CorruptRevTreeException.class)
        .hasMessage("revision tree of version 9, this program reads version 1");
  }

  @Test
  void whatIsCutOffIsRefused(SplittableRandom random) {
    for (int round = 0; round < 200; round++) {
      byte[] bytes = RevTreeCodec.encode(Histories.anyTree(random));
      for (int length = 0; length < bytes.length; length++) {
        byte[] cut = Arrays.copyOf(bytes, length);
        assertThatThrownBy(() -> RevTreeCodec.decode(cut))
            .isInstanceOf(CorruptRevTreeException.class);
      }
    }
  }

  @Test
  void changedBytesAreRefusedOrAreAGoodTree(SplittableRandom random) {
    int good = 0;
    for (int round = 0; round < 50_000; round++) {
      byte[] bytes = RevTreeCodec.encode(Histories.anyTree(random));
      for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      good += isRefusedOrGood(bytes) ? 1 : 0;
    }
    assertThat(good).as("not everything is refused").isPositive();
  }

  @Test
  void anyBytesAreRefusedOrAreAGoodTree(SplittableRandom random) {
    for (int round = 0; round < 50_000; round++) {
      byte[] bytes = new byte[1 + random.nextInt(80)];
      random.nextBytes(bytes);
      bytes[0] = RevTreeCodec.VERSION;
      if (bytes.length > 1) {
        bytes[1] &= 3;
      }
      isRefusedOrGood(bytes);
    }
  }

  /** Whether the bytes are read; then the tree must answer, and be written as any other. */
  private static boolean isRefusedOrGood(byte[] bytes) {
    RevTree tree;
    try {
      tree = RevTreeCodec.decode(bytes);
    } catch (CorruptRevTreeException e) {
      return false;
    }
    for (RevId rev : tree.revisions()) {
      assertThat(RevId.parse(rev.toString())).isEqualTo(rev);
      tree.path(rev);
      tree.leavesOf(rev);
    }
    assertThat(tree.union(tree.stem(1))).isEqualTo(tree);
    NaiveTree model = new NaiveTree();
    for (RevId rev : tree.revisions()) {
      tree.path(rev).ifPresent(path -> model.add(path, tree.isTombstone(rev)));
    }
    assertThat(RevTreeCodec.decode(RevTreeCodec.encode(tree))).isEqualTo(tree);
    assertThat(tree.leaves().size()).isLessThanOrEqualTo(model.revisions().size());
    return true;
  }
}
