package org.skerry.store.subset;

import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.skerry.document.DocId;
import org.skerry.store.ordered.OrderedBatch;
import org.skerry.store.ordered.OrderedSpace;
import org.skerry.store.ordered.OrderedView;

/**
 * A turn that only puts records, each at once.
 *
 * @param later takes what is to be done once it is durable
 */
record RecordsDraft(OrderedSpace records, KnownAudiences known, Consumer<Runnable> later)
    implements SubsetDraft {
  RecordsDraft(OrderedSpace records, KnownAudiences known) {
    this(records, known, Runnable::run);
  }

  @Override
  public byte @Nullable [] find(byte[] key) {
    return records.get(key).orElse(null);
  }

  @Override
  public void put(byte[] key, byte[] value) {
    records.write(new OrderedBatch().put(key, value));
  }

  @Override
  public void delete(byte[] key) {
    records.write(new OrderedBatch().delete(key));
  }

  @Override
  public boolean exists(DocId id) {
    return false;
  }

  @Override
  public OrderedView before() {
    return records.view();
  }

  @Override
  public void afterwards(Runnable action) {
    later.accept(action);
  }

  @Override
  public long nextSeq() {
    throw new UnsupportedOperationException("no document changes");
  }

  @Override
  public Optional<Document> document(DocId id) {
    return Optional.empty();
  }

  @Override
  public void advanced(int feed) {
    // Nobody waits.
  }
}
