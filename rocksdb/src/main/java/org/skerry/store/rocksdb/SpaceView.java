package org.skerry.store.rocksdb;

import java.util.Arrays;
import java.util.HashSet;
import java.util.NoSuchElementException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.skerry.store.StoreException;
import org.skerry.store.ordered.OrderedCursor;
import org.skerry.store.ordered.OrderedView;

/**
 * A space at one moment. One thread, but for the store's closing, which frees what is open when no
 * call is inside.
 */
final class SpaceView implements OrderedView {
  private final RocksSpace space;
  private final View view;
  private final Set<SpaceCursor> cursors = new HashSet<>();

  /** Guarded by the gate: set by a call that is inside, or when none can be. */
  private boolean freed;

  SpaceView(RocksSpace space) {
    this.space = space;
    this.view = space.tables().view();
  }

  @Override
  public byte @Nullable [] find(byte[] key) {
    try (var _ = enter()) {
      return space.tables().find(view.options(), space.key(key));
    }
  }

  @Override
  public OrderedCursor cursor() {
    try (var _ = enter()) {
      SpaceCursor cursor = new SpaceCursor(space.tables().cursor(view.options()));
      cursors.add(cursor);
      return cursor;
    }
  }

  /** A call that is inside, unless the tables were opened anew since this view was made. */
  private Gate.Pass enter() {
    Gate.Pass pass = space.enter();
    if (freed) {
      pass.close();
      throw new StoreException("the indexes were opened anew meanwhile: ask again");
    }
    return pass;
  }

  void free() {
    if (!freed) {
      freed = true;
      cursors.forEach(cursor -> cursor.cursor.close());
      cursors.clear();
      view.close();
    }
  }

  @Override
  public void close() {
    try (var _ = space.gate().enter()) {
      free();
      space.forget(this);
    } catch (StoreException closed) {
      // The store frees what was open when it is closed.
      return;
    }
  }

  /** Walks through the space's part of the tables. */
  private final class SpaceCursor implements OrderedCursor {
    private final Cursor cursor;
    private byte[] key = {};
    private boolean stands;

    SpaceCursor(Cursor cursor) {
      this.cursor = cursor;
    }

    private boolean arrive() {
      stands = false;
      if (cursor.valid()) {
        key = cursor.key();
        stands = space.has(key);
      }
      return stands;
    }

    private void leave() {
      if (!stands) {
        throw new NoSuchElementException("the cursor stands on no key");
      }
    }

    @Override
    public boolean seek(byte[] wanted) {
      try (var _ = enter()) {
        cursor.seek(space.key(wanted));
        return arrive();
      }
    }

    @Override
    public boolean seekBack(byte[] wanted) {
      try (var _ = enter()) {
        cursor.seekBack(space.key(wanted));
        return arrive();
      }
    }

    @Override
    public boolean next() {
      leave();
      try (var _ = enter()) {
        cursor.next();
        return arrive();
      }
    }

    @Override
    public boolean previous() {
      leave();
      try (var _ = enter()) {
        cursor.previous();
        return arrive();
      }
    }

    @Override
    public byte[] key() {
      leave();
      return Arrays.copyOfRange(key, Keys.PREFIX, key.length);
    }

    @Override
    public byte[] value() {
      leave();
      try (var _ = enter()) {
        return cursor.value();
      }
    }

    @Override
    public void close() {
      try (var _ = space.gate().enter()) {
        if (cursors.remove(this)) {
          cursor.close();
        }
      } catch (StoreException closed) {
        return;
      }
    }
  }
}
