package org.skerry.store.ordered;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.skerry.store.StoreException;
import org.skerry.testing.Seeded;

/** What every ordered store must keep. A store's test extends this class and opens an empty one. */
@ExtendWith(Seeded.class)
public abstract class OrderedStoreContract {
  protected OrderedStore store;
  protected OrderedSpace space;

  /** Opens an empty store. Every test closes the one it got. */
  protected abstract OrderedStore open() throws Exception;

  @BeforeEach
  void openStore() throws Exception {
    store = open();
    space = store.open("a");
  }

  @AfterEach
  void closeStore() {
    store.close();
  }

  protected static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  protected static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  protected final void put(String key, String value) {
    space.write(new OrderedBatch().put(bytes(key), bytes(value)));
  }

  protected static Optional<String> get(OrderedSpace space, String key) {
    return space.get(bytes(key)).map(OrderedStoreContract::text);
  }

  protected static List<String> keys(OrderedSpace space) {
    List<String> found = new ArrayList<>();
    try (OrderedView view = space.view();
        OrderedCursor cursor = view.cursor()) {
      for (boolean more = cursor.seek(new byte[0]); more; more = cursor.next()) {
        found.add(text(cursor.key()));
      }
    }
    return found;
  }

  @Test
  void whatWasPutIsFound() {
    put("k", "v");
    put("empty", "");
    assertThat(get(space, "k")).contains("v");
    assertThat(get(space, "empty")).contains("");
    assertThat(get(space, "other")).isEmpty();
    try (OrderedView view = space.view()) {
      assertThat(view.find(bytes("k"))).containsExactly('v');
      assertThat(view.find(bytes("other"))).isNull();
    }
  }

  @Test
  void keysStandInUnsignedOrder() {
    for (String key : new String[] {"\u00ff", "\u0000", "b", "", "a\u0000", "a", "\u0080", "aa"}) {
      put(key, "v");
    }
    assertThat(keys(space))
        .containsExactly("", "\u0000", "a", "a\u0000", "aa", "b", "\u0080", "\u00ff");
  }

  @Test
  void cursorsFindTheirPlaceFromBothSides() {
    put("b", "1");
    put("d", "2");
    try (OrderedView view = space.view();
        OrderedCursor cursor = view.cursor()) {
      assertThat(cursor.seek(bytes("b"))).isTrue();
      assertThat(text(cursor.key())).isEqualTo("b");
      assertThat(cursor.seek(bytes("c"))).isTrue();
      assertThat(text(cursor.key())).isEqualTo("d");
      assertThat(text(cursor.value())).isEqualTo("2");
      assertThat(cursor.next()).isFalse();
      assertThat(cursor.seekBack(bytes("c"))).isTrue();
      assertThat(text(cursor.key())).isEqualTo("b");
      assertThat(cursor.next()).isTrue();
      assertThat(cursor.previous()).isTrue();
      assertThat(text(cursor.value())).isEqualTo("1");
      assertThat(cursor.previous()).isFalse();
      assertThat(cursor.seekBack(bytes("a"))).isFalse();
      assertThat(cursor.seek(bytes("e"))).isFalse();
      assertThat(cursor.seekBack(bytes("d"))).isTrue();
      assertThat(text(cursor.key())).isEqualTo("d");
    }
  }

  @Test
  void aCursorThatStandsNowhereIsNotMoved() {
    put("b", "1");
    try (OrderedView view = space.view();
        OrderedCursor cursor = view.cursor()) {
      assertThatThrownBy(cursor::next).isInstanceOf(NoSuchElementException.class);
      assertThat(cursor.seek(bytes("c"))).isFalse();
      assertThatThrownBy(cursor::previous).isInstanceOf(NoSuchElementException.class);
      assertThatThrownBy(cursor::key).isInstanceOf(NoSuchElementException.class);
    }
  }

  @Test
  void aViewShowsItsMoment() {
    put("a", "1");
    put("b", "1");
    try (OrderedView view = space.view()) {
      space.write(
          new OrderedBatch()
              .put(bytes("a"), bytes("2"))
              .delete(bytes("b"))
              .put(bytes("c"), bytes("2")));
      assertThat(view.find(bytes("a"))).containsExactly('1');
      assertThat(view.find(bytes("c"))).isNull();
      try (OrderedCursor cursor = view.cursor()) {
        assertThat(cursor.seek(bytes("b"))).isTrue();
        assertThat(text(cursor.key())).isEqualTo("b");
        assertThat(cursor.next()).isFalse();
      }
    }
    assertThat(get(space, "a")).contains("2");
    assertThat(keys(space)).containsExactly("a", "c");
  }

  @Test
  void aBatchIsAppliedInItsOrder() {
    space.write(
        new OrderedBatch()
            .put(bytes("a"), bytes("1"))
            .put(bytes("b"), bytes("1"))
            .put(bytes("c"), bytes("1"))
            .deleteRange(bytes("a"), Optional.of(bytes("c")))
            .put(bytes("b"), bytes("2"))
            .delete(bytes("c"))
            .put(bytes("c"), bytes("3")));
    assertThat(keys(space)).containsExactly("b", "c");
    assertThat(get(space, "b")).contains("2");
    assertThat(get(space, "c")).contains("3");
  }

  @Test
  void aRangeIsDeletedUpToItsEnd() {
    for (String key : new String[] {"a", "b", "c", "d"}) {
      put(key, "1");
    }
    space.write(new OrderedBatch().deleteRange(bytes("b"), Optional.of(bytes("c"))));
    assertThat(keys(space)).containsExactly("a", "c", "d");
    space.write(new OrderedBatch().deleteRange(bytes("d"), Optional.of(bytes("b"))));
    assertThat(keys(space)).containsExactly("a", "c", "d");
    OrderedSpace other = store.open("b");
    other.write(new OrderedBatch().put(bytes("z"), bytes("1")));
    space.write(new OrderedBatch().deleteRange(bytes("c"), Optional.empty()));
    assertThat(keys(space)).containsExactly("a");
    assertThat(keys(other)).containsExactly("z");
  }

  @Test
  void spacesAreApart() {
    OrderedSpace other = store.open("a\u0000b");
    put("k", "1");
    other.write(new OrderedBatch().put(bytes("k"), bytes("2")).put(bytes("m"), bytes("2")));
    assertThat(keys(space)).containsExactly("k");
    assertThat(get(space, "k")).contains("1");
    assertThat(keys(other)).containsExactly("k", "m");
    try (OrderedView view = space.view();
        OrderedCursor cursor = view.cursor()) {
      assertThat(cursor.seekBack(bytes("\u00ff\u00ff\u00ff\u00ff\u00ff"))).isTrue();
      assertThat(text(cursor.key())).isEqualTo("k");
      assertThat(cursor.next()).isFalse();
    }
    try (OrderedView view = other.view();
        OrderedCursor cursor = view.cursor()) {
      assertThat(cursor.seek(bytes(""))).isTrue();
      assertThat(cursor.previous()).isFalse();
      assertThat(cursor.seekBack(bytes("a"))).isFalse();
    }
  }

  @Test
  void namesAreListedInOrder() {
    store.open("c");
    store.open("B");
    assertThat(store.names()).containsExactly("B", "a", "c");
    assertThat(store.find("c")).isPresent();
    assertThat(store.find("d")).isEmpty();
    assertThat(store.open("a").name()).isEqualTo("a");
  }

  @Test
  void aDroppedSpaceIsGoneForAllWhoHoldIt() {
    put("k", "1");
    OrderedView view = space.view();
    assertThat(store.drop("a")).isTrue();
    assertThat(store.drop("a")).isFalse();
    assertThat(store.names()).isEmpty();
    assertThatThrownBy(() -> space.get(bytes("k"))).isInstanceOf(SpaceGoneException.class);
    assertThatThrownBy(() -> put("k", "2")).isInstanceOf(SpaceGoneException.class);
    assertThatThrownBy(() -> space.view()).isInstanceOf(SpaceGoneException.class);
    assertThatThrownBy(() -> view.find(bytes("k"))).isInstanceOf(SpaceGoneException.class);
    view.close();
  }

  @Test
  void aSpaceOfTheSameNameBeginsEmpty() {
    put("k", "1");
    store.drop("a");
    OrderedSpace again = store.open("a");
    assertThat(keys(again)).isEmpty();
    again.write(new OrderedBatch().put(bytes("n"), bytes("1")));
    assertThat(keys(again)).containsExactly("n");
    assertThatThrownBy(() -> space.get(bytes("n"))).isInstanceOf(SpaceGoneException.class);
  }

  @Test
  void nothingWorksAfterClosing() {
    OrderedView view = space.view();
    store.close();
    store.close();
    assertThatThrownBy(() -> store.open("a")).isInstanceOf(StoreException.class);
    assertThatThrownBy(() -> store.names()).isInstanceOf(StoreException.class);
    assertThatThrownBy(() -> space.get(bytes("k"))).isInstanceOf(StoreException.class);
    assertThatThrownBy(() -> space.view()).isInstanceOf(StoreException.class);
    assertThatThrownBy(() -> view.find(bytes("k"))).isInstanceOf(StoreException.class);
    view.close();
  }

  @Test
  void behavesLikeASortedMap(SplittableRandom random) {
    NavigableMap<byte[], byte[]> model = new TreeMap<>(Arrays::compareUnsigned);
    for (int round = 0; round < 60; round++) {
      OrderedBatch batch = new OrderedBatch();
      for (int i = random.nextInt(20); i >= 0; i--) {
        byte[] key = key(random);
        switch (random.nextInt(8)) {
          case 0 -> {
            batch.delete(key);
            model.remove(key);
          }
          case 1 -> {
            byte[] to = key(random);
            batch.deleteRange(key, Optional.of(to));
            if (Arrays.compareUnsigned(key, to) < 0) {
              model.subMap(key, to).clear();
            }
          }
          default -> {
            byte[] value = new byte[random.nextInt(300)];
            random.nextBytes(value);
            batch.put(key, value);
            model.put(key, value);
          }
        }
      }
      space.write(batch);
      check(model, key(random));
    }
  }

  private void check(NavigableMap<byte[], byte[]> model, byte[] place) {
    try (OrderedView view = space.view();
        OrderedCursor cursor = view.cursor()) {
      boolean more = cursor.seek(new byte[0]);
      for (Map.Entry<byte[], byte[]> entry : model.entrySet()) {
        assertThat(more).isTrue();
        assertThat(cursor.key()).isEqualTo(entry.getKey());
        assertThat(cursor.value()).isEqualTo(entry.getValue());
        assertThat(view.find(entry.getKey())).isEqualTo(entry.getValue());
        more = cursor.next();
      }
      assertThat(more).isFalse();
      Map.Entry<byte[], byte[]> floor = model.floorEntry(place);
      assertThat(cursor.seekBack(place)).isEqualTo(floor != null);
      if (floor != null) {
        assertThat(cursor.key()).isEqualTo(floor.getKey());
      }
    }
  }

  private static byte[] key(SplittableRandom random) {
    byte[] key = new byte[random.nextInt(3)];
    for (int i = 0; i < key.length; i++) {
      key[i] = (byte) (random.nextInt(6) * 51);
    }
    return key;
  }
}
