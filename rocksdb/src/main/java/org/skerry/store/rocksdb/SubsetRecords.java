package org.skerry.store.rocksdb;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.skerry.document.DocId;
import org.skerry.store.ordered.OrderedView;
import org.skerry.store.subset.KeptSubsets;
import org.skerry.store.subset.KnownAudiences;
import org.skerry.store.subset.SubsetChanges;
import org.skerry.store.subset.SubsetDraft;

/** One database's records of subsets within a group: as the turns so far left them. */
final class SubsetRecords implements SubsetDraft {
  private static final byte[] DELETED = {};

  private final ShelfDraft shelf;
  private final Map<ByteBuffer, byte[]> changed = new HashMap<>();
  private final Set<Integer> advanced = new HashSet<>();
  private final SubsetChanges changes = new SubsetChanges(this);

  /** Whether subsets are kept from this group on. */
  private boolean kept;

  /** Whether documents have to follow something. */
  private boolean begins;

  SubsetRecords(ShelfDraft shelf) {
    this.shelf = shelf;
  }

  SubsetChanges changes() {
    return changes;
  }

  boolean kept() {
    return kept;
  }

  boolean begins() {
    return begins;
  }

  /** The feeds whose rows changed. */
  Set<Integer> advanced() {
    return advanced;
  }

  @Override
  @SuppressWarnings("ReferenceEquality") // An empty value is a value; the mark is one array.
  public byte @Nullable [] find(byte[] key) {
    byte[] recent = changed.get(ByteBuffer.wrap(key));
    if (recent != null) {
      return recent == DELETED ? null : recent;
    }
    Tables tables = shelf.tables();
    return tables.find(Family.SUBSETS, tables.latest(), Keys.subset(shelf.number(), key));
  }

  @Override
  public byte @Nullable [] findScope(DocId id) {
    return scope(id).map(ScopeBytes::bytes).orElse(null);
  }

  @Override
  public void putScope(DocId id, byte @Nullable [] record) {
    shelf.document(id).scope(Optional.ofNullable(record).map(ScopeBytes::new));
  }

  /**
   * Not by a draft of its own, since whoever is only looked at stands in no batch: and this is
   * asked while drafts are put into theirs.
   */
  private Optional<ScopeBytes> scope(DocId id) {
    DocumentDraft known = shelf.known(id);
    if (known != null) {
      return known.scope();
    }
    Tables tables = shelf.tables();
    byte[] head = tables.find(Family.HEADS, tables.latest(), Keys.document(shelf.number(), id));
    if (head == null && !shelf.hasPurged()) {
      return Optional.empty();
    }
    Optional<ScopeBytes> scope = head == null ? Optional.empty() : Head.decodeScope(head);
    return scope.or(() -> scopeAlone(id));
  }

  /** The scope of a document in whose head none stands. */
  Optional<ScopeBytes> scopeAlone(DocId id) {
    Tables tables = shelf.tables();
    byte[] key = Keys.subset(shelf.number(), KeptSubsets.scopeKey(id));
    return tables.get(Family.SUBSETS, tables.latest(), key).map(ScopeBytes::new);
  }

  /** Lets a scope stand alone, or no more. */
  void putAlone(DocId id, Optional<ScopeBytes> scope) {
    byte[] key = Keys.subset(shelf.number(), KeptSubsets.scopeKey(id));
    scope.ifPresentOrElse(
        bytes -> shelf.group().put(Family.SUBSETS, key, bytes.bytes()),
        () -> shelf.group().delete(Family.SUBSETS, key));
  }

  @Override
  public void put(byte[] key, byte[] value) {
    shelf.group().put(Family.SUBSETS, Keys.subset(shelf.number(), key), value);
    kept |= KeptSubsets.saysKept(key);
    begins |= KeptSubsets.begins(key);
    note(key, value);
  }

  @Override
  public void delete(byte[] key) {
    shelf.group().delete(Family.SUBSETS, Keys.subset(shelf.number(), key));
    note(key, DELETED);
  }

  /** Rows and members are written and never asked for in the same group. */
  private void note(byte[] key, byte[] value) {
    if (SubsetChanges.isAskedFor(key)) {
      changed.put(ByteBuffer.wrap(key), value);
    }
  }

  @Override
  public boolean exists(DocId id) {
    DocumentDraft known = shelf.known(id);
    if (known != null) {
      return !known.state().leaves().isEmpty();
    }
    Tables tables = shelf.tables();
    return tables.find(Family.HEADS, tables.latest(), Keys.document(shelf.number(), id)) != null;
  }

  @Override
  public OrderedView before() {
    return new SubsetView(shelf.tables(), shelf.number());
  }

  @Override
  public void afterwards(Runnable action) {
    shelf.group().afterwards(action);
  }

  @Override
  public KnownAudiences known() {
    return shelf.shelf().knownAudiences();
  }

  @Override
  public long nextSeq() {
    return shelf.nextSeq();
  }

  @Override
  public Optional<Document> document(DocId id) {
    return Optional.<Document>of(shelf.document(id).state())
        .filter(document -> !document.leaves().isEmpty());
  }

  @Override
  public void advanced(int feed) {
    advanced.add(feed);
  }
}
