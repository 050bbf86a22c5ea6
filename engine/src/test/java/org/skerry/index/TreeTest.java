package org.skerry.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.skerry.testing.Seeded;

@ExtendWith(Seeded.class)
class TreeTest {
  private final TreeModel model = new TreeModel();

  private static byte[] key(long number) {
    byte[] key = new byte[6];
    for (int i = 0; i < key.length; i++) {
      key[key.length - 1 - i] = (byte) (number >>> 8 * i);
    }
    return key;
  }

  private static byte[] key(SplittableRandom random, int range) {
    return Arrays.copyOf(key(random.nextInt(range)), 5 + random.nextInt(3));
  }

  private static NavigableMap<byte[], Optional<Long>> changes() {
    return new TreeMap<>(Arrays::compareUnsigned);
  }

  /** Rows come and go at random, in batches of all sizes; every question has the naive answer. */
  @RepeatedTest(6)
  void answersAsASortedMapDoes(SplittableRandom random) {
    int range = 1 << 4 + random.nextInt(10);
    int padding = random.nextInt(400);
    for (int round = 0; round < 40; round++) {
      NavigableMap<byte[], Optional<Long>> changes = changes();
      int size = 1 << random.nextInt(9);
      boolean shrink = random.nextInt(3) == 0;
      for (int i = 0; i < size; i++) {
        boolean remove = random.nextInt(10) < (shrink ? 9 : 3);
        changes.put(
            key(random, range),
            remove ? Optional.empty() : Optional.of((long) random.nextInt(1000)));
      }
      model.apply(changes, random.nextInt(padding + 1));
      check(random, range);
    }
    NavigableMap<byte[], Optional<Long>> all = changes();
    model.rows.keySet().forEach(key -> all.put(key, Optional.empty()));
    model.apply(all, 0);
    assertThat(model.root).isEmpty();
    assertThat(model.nodes).as("nothing is left over").isEmpty();
  }

  private void check(SplittableRandom random, int range) {
    Tree tree = model.tree();
    assertThat(tree.rows()).isEqualTo(model.rows.size());
    assertThat(rows(tree, Bounds.ALL, false)).isEqualTo(List.copyOf(model.rows.values()));
    assertThat(reachable()).as("every node is reached").isEqualTo(model.nodes.size());
    for (int i = 0; i < 10; i++) {
      byte[] from = random.nextInt(5) == 0 ? new byte[0] : key(random, range);
      Optional<byte[]> to =
          random.nextInt(5) == 0 ? Optional.empty() : Optional.of(key(random, range));
      Bounds bounds = new Bounds(from, to);
      List<Long> expected = expected(bounds);
      assertThat(rows(tree, bounds, false)).isEqualTo(expected);
      assertThat(rows(tree, bounds, true)).isEqualTo(expected.reversed());
      assertThat(tree.rank(from)).isEqualTo(model.rows.headMap(from).size());
      assertThat(tree.rows(bounds)).isEqualTo(expected.size());
      assertThat(tree.reduce(bounds, 0).map(TreeModel::number))
          .isEqualTo(
              expected.isEmpty()
                  ? Optional.empty()
                  : Optional.of(expected.stream().mapToLong(n -> n).sum()));
      StringBuilder chain = new StringBuilder();
      expected.forEach(number -> chain.append(number % 10));
      assertThat(
              tree.reduce(bounds, 1)
                  .map(state -> new String(state, StandardCharsets.US_ASCII))
                  .orElse(""))
          .isEqualTo(chain.toString());
      checkPassing(tree, bounds, chain.toString());
      int rank = random.nextInt(model.rows.size() + 2);
      RowCursor cursor = tree.cursor();
      assertThat(cursor.seekRank(rank)).isEqualTo(rank < model.rows.size());
      if (rank < model.rows.size()) {
        assertThat(tree.rank(cursor.row().rowKey())).isEqualTo(rank);
      }
    }
  }

  /** Passing a part gathers it in the order of its rows, and ends at the first row behind it. */
  private void checkPassing(Tree tree, Bounds part, String chain) {
    if (chain.isEmpty()) {
      return;
    }
    for (boolean descending : new boolean[] {false, true}) {
      RowCursor cursor = tree.cursor();
      assertThat(descending ? cursor.seekBelow(part.to()) : cursor.seek(part.from())).isTrue();
      PartStates parts = new PartStates(TreeModel.CHAIN, 1);
      byte[] edge = descending ? part.from() : part.to().orElse(RowKeys.above(new byte[0]));
      boolean more = cursor.pass(edge, descending, parts);
      assertThat(parts.take(descending).map(state -> new String(state, StandardCharsets.US_ASCII)))
          .contains(chain);
      assertThat(parts.take(descending)).isEmpty();
      assertThat(counted(tree, part, edge, descending)).isEqualTo(chain.length());
      Optional<byte[]> behind =
          descending
              ? Optional.ofNullable(model.rows.lowerKey(part.from()))
              : part.to().map(model.rows::ceilingKey);
      assertThat(more).isEqualTo(behind.isPresent());
      if (more) {
        assertThat(cursor.row().rowKey()).isEqualTo(behind.orElseThrow());
      }
    }
  }

  /** A reduction that counts rows is not asked: the tree knows. */
  private static long counted(Tree tree, Bounds part, byte[] edge, boolean descending) {
    PartStates parts = new PartStates(TreeModel.COUNT, 0);
    RowCursor cursor = tree.cursor();
    assertThat(descending ? cursor.seekBelow(part.to()) : cursor.seek(part.from())).isTrue();
    cursor.pass(edge, descending, parts);
    long count = TreeModel.number(parts.take(descending).orElseThrow());
    assertThat(parts.take(descending)).isEmpty();
    return count;
  }

  private List<Long> expected(Bounds bounds) {
    NavigableMap<byte[], Long> tail = model.rows.tailMap(bounds.from(), true);
    return bounds.isEmpty()
        ? List.of()
        : List.copyOf(bounds.to().map(to -> tail.headMap(to, false)).orElse(tail).values());
  }

  private static List<Long> rows(Tree tree, Bounds bounds, boolean descending) {
    List<Long> found = new ArrayList<>();
    RowCursor cursor = tree.cursor();
    boolean more = descending ? cursor.seekBelow(bounds.to()) : cursor.seek(bounds.from());
    while (more && inside(cursor.row(), bounds, descending)) {
      found.add(TreeModel.number(cursor.row().value()));
      more = descending ? cursor.previous() : cursor.next();
    }
    return found;
  }

  private static boolean inside(LeafEntry row, Bounds bounds, boolean descending) {
    return descending
        ? row.compare(bounds.from()) >= 0
        : bounds.to().isEmpty() || row.compare(bounds.to().get()) < 0;
  }

  private int reachable() {
    return model.root.map(root -> reachable(root.id())).orElse(0);
  }

  private int reachable(long id) {
    Node node = model.load(id);
    int count = 1;
    if (!node.isLeaf()) {
      for (int i = 0; i < node.count(); i++) {
        count += reachable(node.childId(i));
      }
    }
    return count;
  }

  private void fill(int rows) {
    for (int from = 0; from < rows; from += 1_000) {
      NavigableMap<byte[], Optional<Long>> changes = changes();
      for (int i = from; i < Math.min(rows, from + 1_000); i++) {
        changes.put(key(2L * i), Optional.of((long) i));
      }
      model.apply(changes, 40);
    }
  }

  /** However long the range, only its two ends are looked at. */
  @Test
  void aReductionReadsTheTreesHeightAndNotTheRange() {
    fill(60_000);
    int height = 1;
    for (Node node = model.load(model.root.orElseThrow().id());
        !node.isLeaf();
        node = model.load(node.childId(0))) {
      height++;
    }
    for (int length = 10; length < 100_000; length *= 10) {
      model.loaded = 0;
      Bounds bounds = new Bounds(key(7), Optional.of(key(7 + length)));
      assertThat(model.tree().reduce(bounds, 0)).isPresent();
      assertThat(model.loaded).as("range of %d", length).isLessThanOrEqualTo(2 * height);
    }
  }

  /** Of parts that follow each other, each leaf between two is read once, and none within one. */
  @Test
  void aWalkFromPartToPartReadsTheLeavesBetweenThem() {
    fill(60_000);
    model.loaded = 0;
    RowCursor cursor = model.tree().cursor();
    PartStates parts = new PartStates(TreeModel.SUM, 0);
    int passed = 0;
    boolean more = cursor.seek(key(0));
    while (more) {
      more = cursor.pass(key(4_000L * ++passed), false, parts);
      assertThat(parts.take(false)).isPresent();
    }
    assertThat(passed).isEqualTo(30);
    assertThat(model.loaded).isLessThanOrEqualTo(4 * passed);
    assertThat(model.nodes).hasSizeGreaterThan(8 * passed);
  }

  @Test
  void changingARowWritesThePathToItsLeaf() {
    fill(60_000);
    NavigableMap<byte[], Optional<Long>> change = changes();
    change.put(key(60_000), Optional.of(-1L));
    model.apply(change, 40);
    assertThat(model.written).isLessThanOrEqualTo(4);
  }

  @Test
  void whatChangesNothingWritesNothing() {
    fill(5_000);
    NavigableMap<byte[], Optional<Long>> changes = changes();
    changes.put(key(100), Optional.of(50L));
    changes.put(key(101), Optional.empty());
    model.apply(changes, 40);
    assertThat(model.written).isZero();
  }

  @Test
  void nodesThatShrinkAreMerged() {
    fill(20_000);
    int before = model.nodes.size();
    NavigableMap<byte[], Optional<Long>> changes = changes();
    for (int i = 0; i < 20_000; i++) {
      if (i % 20 != 0) {
        changes.put(key(2L * i), Optional.empty());
      }
    }
    model.apply(changes, 40);
    assertThat(model.nodes.size()).isLessThan(before / 5);
    assertThat(model.tree().rows()).isEqualTo(1_000);
  }

  @Test
  void rowsLargerThanANodeHaveNodesOfTheirOwn() {
    NavigableMap<byte[], Optional<Long>> changes = changes();
    for (int i = 0; i < 20; i++) {
      changes.put(key(i), Optional.of((long) i));
    }
    model.apply(changes, 100_000);
    assertThat(rows(model.tree(), Bounds.ALL, false)).hasSize(20);
    assertThat(model.nodes).hasSizeGreaterThan(20);
    for (Map.Entry<Long, Node> node : model.nodes.entrySet()) {
      assertThat(node.getValue().count()).isPositive();
    }
  }
}
