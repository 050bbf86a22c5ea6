package org.skerry.fulltext;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.lucene.search.FieldDoc;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.search.SortedNumericSortField;
import org.apache.lucene.search.SortedSetSortField;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;
import org.skerry.search.BadSearchException;
import org.skerry.search.OrderValue;

/**
 * In which order hits come. The document's id is always the last key, so that no two hits are alike
 * and a page can begin behind any of them. A field that no document has yet orders nothing.
 */
final class Ordering {
  static final int MAX_KEYS = 50;

  private static final String RELEVANCE = "relevance";

  /** A type behind the name, as in CouchDB 3.3, is read and not needed. */
  private static final Pattern KEY = Pattern.compile("([-+])?([^-+<>\\s][^<>\\s]*)(?:<\\w+>)?");

  private final List<Key> keys;

  /** One of them; an unknown field takes a place in the values and none in the order. */
  private record Key(SortField field, boolean known) {}

  private Ordering(List<Key> keys) {
    this.keys = keys;
  }

  /**
   * The order that a request names.
   *
   * @throws BadSearchException when there is no such order
   */
  static Ordering of(List<String> sort, FieldTypes types) {
    if (sort.size() > MAX_KEYS) {
      throw new BadSearchException("sort parameter has more than " + MAX_KEYS + " fields");
    }
    List<Key> keys = new ArrayList<>();
    boolean byId = false;
    for (String text : sort.isEmpty() ? List.of(RELEVANCE) : sort) {
      Matcher key = KEY.matcher(text);
      if (!key.matches()) {
        throw new BadSearchException(text + " is not a valid sort parameter");
      }
      String name = key.group(2);
      keys.add(key(name, "-".equals(key.group(1)), types));
      byId = name.equals(LuceneDocuments.ID);
    }
    if (!byId) {
      keys.add(key(LuceneDocuments.ID, false, types));
    }
    return new Ordering(keys);
  }

  private static Key key(String name, boolean descending, FieldTypes types) {
    if (name.equals(RELEVANCE)) {
      // The best first is its natural order.
      return new Key(new SortField(null, SortField.Type.SCORE, descending), true);
    }
    if (name.equals(LuceneDocuments.ID)) {
      return new Key(new SortField(name, SortField.Type.STRING, descending), true);
    }
    FieldTypes.Type type = types.of(name).orElse(null);
    if (type == null) {
      return new Key(new SortField(name, SortField.Type.STRING, descending), false);
    }
    return switch (type) {
      case STRING -> new Key(new SortedSetSortField(name, descending), true);
      case DOUBLE ->
          new Key(new SortedNumericSortField(name, SortField.Type.DOUBLE, descending), true);
      case TEXT, STORED -> throw new BadSearchException("can't sort on field " + name);
    };
  }

  Sort sort() {
    return new Sort(keys.stream().filter(Key::known).map(Key::field).toArray(SortField[]::new));
  }

  /** The values of a hit, one for each key. */
  List<OrderValue> values(FieldDoc hit) {
    List<OrderValue> values = new ArrayList<>(keys.size());
    int at = 0;
    for (Key key : keys) {
      values.add(key.known ? value(hit.fields[at++]) : new OrderValue.Absent());
    }
    return values;
  }

  private static OrderValue value(@Nullable Object value) {
    return switch (value) {
      case null -> new OrderValue.Absent();
      case Float score -> new OrderValue.Score(score);
      case Double number -> new OrderValue.Number(number);
      case BytesRef bytes -> new OrderValue.Text(bytes.utf8ToString());
      default -> throw new IllegalStateException("no order by " + value.getClass());
    };
  }

  /**
   * The place behind which a page begins.
   *
   * @throws BadSearchException when the values are of another order
   */
  FieldDoc after(List<OrderValue> values) {
    if (values.size() != keys.size()) {
      throw otherOrder();
    }
    List<@Nullable Object> fields = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      Key key = keys.get(i);
      if (key.known) {
        fields.add(field(key.field, values.get(i)));
      }
    }
    // Behind all documents of equal values, of which there is one.
    return new FieldDoc(Integer.MAX_VALUE, Float.NaN, fields.toArray());
  }

  /** Lucene takes null for a value that is not there. */
  private static @Nullable Object field(SortField field, OrderValue value) {
    boolean byScore = field.getType() == SortField.Type.SCORE;
    boolean byNumber = field instanceof SortedNumericSortField;
    return switch (value) {
      case OrderValue.Score(float score) when byScore -> score;
      case OrderValue.Number(double number) when byNumber -> number;
      // Documents without the number stand where 0 does.
      case OrderValue.Absent absent when byNumber -> 0.0;
      case OrderValue.Absent absent when !byScore -> null;
      case OrderValue.Text(String text) when !byScore && !byNumber -> new BytesRef(text);
      default -> throw otherOrder();
    };
  }

  private static BadSearchException otherOrder() {
    return new BadSearchException("the bookmark is of another sort order");
  }
}
