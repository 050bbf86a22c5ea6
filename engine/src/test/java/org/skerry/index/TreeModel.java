package org.skerry.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** A tree in memory beside a sorted map that must always hold the same. */
final class TreeModel {
  /** Adds up what stands in the values: a reduction whose result depends on every row once. */
  static final Reduction SUM =
      new Reduction() {
        @Override
        public byte[] reduce(List<Row> rows) {
          long sum = 0;
          for (Row row : rows) {
            sum += number(row.value());
          }
          return text(sum);
        }

        @Override
        public byte[] rereduce(List<byte[]> states) {
          return text(states.stream().mapToLong(TreeModel::number).sum());
        }

        @Override
        public Reduced result(byte[] state) {
          return new Reduced.Value(state);
        }
      };

  /** Strings the values together: a reduction whose result depends on the order, too. */
  static final Reduction CHAIN =
      new Reduction() {
        @Override
        public byte[] reduce(List<Row> rows) {
          return rereduce(rows.stream().map(row -> text(number(row.value()) % 10)).toList());
        }

        @Override
        public byte[] rereduce(List<byte[]> states) {
          StringBuilder chain = new StringBuilder();
          states.forEach(state -> chain.append(new String(state, StandardCharsets.US_ASCII)));
          return chain.toString().getBytes(StandardCharsets.US_ASCII);
        }

        @Override
        public Reduced result(byte[] state) {
          return new Reduced.Value(state);
        }
      };

  /** Says of itself that it counts, and cannot do anything else. */
  static final Reduction COUNT =
      new Reduction() {
        @Override
        public byte[] reduce(List<Row> rows) {
          throw new AssertionError("asked to count rows");
        }

        @Override
        public byte[] rereduce(List<byte[]> states) {
          throw new AssertionError("asked to add counts");
        }

        @Override
        public boolean countsRows() {
          return true;
        }

        @Override
        public Reduced result(byte[] state) {
          return new Reduced.Value(state);
        }
      };

  static final List<Reduction> REDUCTIONS = List.of(SUM, CHAIN);

  final NavigableMap<byte[], Long> rows = new TreeMap<>(Arrays::compareUnsigned);
  final Map<Long, Node> nodes = new HashMap<>();
  Optional<Child> root = Optional.empty();
  private long nextId;

  /** How many nodes the last edit wrote. */
  int written;

  /** How many nodes were loaded since the counter was set back. */
  int loaded;

  static byte[] text(long number) {
    return Long.toString(number).getBytes(StandardCharsets.US_ASCII);
  }

  static long number(byte[] text) {
    return Long.parseLong(new String(text, StandardCharsets.US_ASCII));
  }

  Node load(long id) {
    loaded++;
    return Optional.ofNullable(nodes.get(id)).orElseThrow();
  }

  /** Puts rows, and removes those without a value. */
  void apply(NavigableMap<byte[], Optional<Long>> changes, int padding) {
    List<RowChange> sorted = new ArrayList<>();
    changes.forEach(
        (key, value) -> {
          byte[] entry =
              LeafEntry.of(
                  key.length,
                  key,
                  new byte[padding],
                  value.map(TreeModel::text).orElse(new byte[0]));
          sorted.add(new RowChange(new LeafEntry(entry, 0, entry.length), value.isPresent()));
          if (value.isPresent()) {
            rows.put(key, value.get());
          } else {
            rows.remove(key);
          }
        });
    written = 0;
    TreeEdit edit = new TreeEdit(new Edited(), REDUCTIONS, nextId);
    root = edit.apply(root, sorted);
    nextId = edit.nextId();
  }

  /** Keeps nodes, and insists on it that those of the tree before are left as they are. */
  private final class Edited implements TreeEdit.EditedNodes {
    @Override
    public Node load(long id) {
      return TreeModel.this.load(id);
    }

    @Override
    public void put(long id, Node node) {
      assertThat(nodes.put(id, node)).isNull();
      written++;
    }

    @Override
    public void remove(long id) {
      assertThat(nodes.remove(id)).isNotNull();
    }
  }

  Tree tree() {
    return new Tree(this::load, root, REDUCTIONS);
  }
}
