package org.skerry.store.rocksdb;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.skerry.document.DocId;
import org.skerry.store.ordered.OrderedCursor;
import org.skerry.store.ordered.OrderedView;
import org.skerry.store.subset.KeptSubsets;

/** One database's records of subsets at one moment. One thread, which is inside the gate. */
final class SubsetView implements OrderedView {
  private final Tables tables;
  private final int number;
  private final View view;

  SubsetView(Tables tables, int number) {
    this.tables = tables;
    this.number = number;
    this.view = tables.view();
  }

  @Override
  public byte @Nullable [] find(byte[] key) {
    Optional<ScopeBytes> scope = KeptSubsets.scopeOf(key).flatMap(this::ofHead);
    if (scope.isPresent()) {
      return scope.get().bytes();
    }
    return tables.find(Family.SUBSETS, view.options(), Keys.subset(number, key));
  }

  private Optional<ScopeBytes> ofHead(DocId id) {
    return tables
        .get(Family.HEADS, view.options(), Keys.document(number, id))
        .flatMap(Head::decodeScope);
  }

  @Override
  public OrderedCursor cursor() {
    return new RecordCursor(tables.cursor(Family.SUBSETS, view.options()));
  }

  @Override
  public void close() {
    view.close();
  }

  /** Walks through the database's part of the family. */
  private final class RecordCursor implements OrderedCursor {
    private final Cursor cursor;
    private byte[] key = {};

    RecordCursor(Cursor cursor) {
      this.cursor = cursor;
    }

    private boolean arrive() {
      if (!cursor.valid()) {
        return false;
      }
      key = cursor.key();
      return Keys.startsWith(key, Keys.database(number));
    }

    @Override
    public boolean seek(byte[] wanted) {
      cursor.seek(Keys.subset(number, wanted));
      return arrive();
    }

    @Override
    public boolean seekBack(byte[] wanted) {
      cursor.seekBack(Keys.subset(number, wanted));
      return arrive();
    }

    @Override
    public boolean next() {
      cursor.next();
      return arrive();
    }

    @Override
    public boolean previous() {
      cursor.previous();
      return arrive();
    }

    @Override
    public byte[] key() {
      return Arrays.copyOfRange(key, Keys.PREFIX, key.length);
    }

    @Override
    public byte[] value() {
      return cursor.value();
    }

    @Override
    public void close() {
      cursor.close();
    }
  }
}
