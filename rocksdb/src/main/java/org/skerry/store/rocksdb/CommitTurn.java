package org.skerry.store.rocksdb;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.skerry.store.Outcome;
import org.skerry.store.RevisionWrite;
import org.skerry.store.Together;

/** A commit's turn: its writes, their bodies packed already. */
final class CommitTurn implements Turn<List<Outcome>> {
  private final Shelf shelf;
  private final List<RevisionWrite> writes;
  private final List<PackedBody> bodies;
  private final long weight;

  private CommitTurn(Shelf shelf, List<RevisionWrite> writes, List<PackedBody> bodies) {
    this.shelf = shelf;
    this.writes = writes;
    this.bodies = bodies;
    long sum = 0;
    for (PackedBody body : bodies) {
      sum += body.record().length;
    }
    this.weight = sum;
  }

  static CommitTurn of(Cabinet cabinet, List<RevisionWrite> writes) {
    Dictionaries dictionaries = cabinet.dictionaries();
    Dictionary dictionary = dictionaries.current();
    List<PackedBody> bodies = new ArrayList<>(writes.size());
    Packer packer = cabinet.packers().borrow();
    try {
      for (RevisionWrite write : writes) {
        dictionaries.sample(write.body().json());
        bodies.add(BodyRecord.encode(write.body(), write.attachments(), packer, dictionary));
      }
    } finally {
      cabinet.packers().giveBack(packer);
    }
    return new CommitTurn(cabinet.shelf(), List.copyOf(writes), bodies);
  }

  /** The same writes, all or none. */
  Turn<Together> together() {
    return new Turn<>() {
      @Override
      public Together decide(Group group) {
        ShelfDraft draft = group.on(shelf);
        for (int i = 0; i < writes.size(); i++) {
          RevisionWrite write = writes.get(i);
          Optional<Outcome.Stale> refusal = draft.document(write.id()).refusal(write);
          if (refusal.isPresent()) {
            return new Together.Refused(i, refusal.get());
          }
        }
        return new Together.Committed(CommitTurn.this.decide(group));
      }

      @Override
      public long weight() {
        return weight;
      }
    };
  }

  @Override
  public List<Outcome> decide(Group group) {
    ShelfDraft draft = group.on(shelf);
    List<Outcome> outcomes = new ArrayList<>(writes.size());
    for (int i = 0; i < writes.size(); i++) {
      RevisionWrite write = writes.get(i);
      outcomes.add(draft.document(write.id()).apply(write, bodies.get(i)));
    }
    return outcomes;
  }

  @Override
  public long weight() {
    return weight;
  }
}
