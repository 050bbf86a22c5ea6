package org.skerry.store.rocksdb;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.skerry.store.Registration;
import org.skerry.store.ordered.OrderedCursor;
import org.skerry.store.ordered.OrderedView;
import org.skerry.store.subset.FeedEnds;
import org.skerry.store.subset.KnownAudiences;
import org.skerry.store.subset.SubsetHost;

/** What this engine lends for subsets. Any thread. */
final class RocksSubsets implements SubsetHost {
  private final Cabinet cabinet;
  private final Supplier<Gate.Pass> gate;

  RocksSubsets(Cabinet cabinet, Supplier<Gate.Pass> gate) {
    this.cabinet = cabinet;
    this.gate = gate;
  }

  @Override
  public OrderedView view() {
    Gate.Pass pass = gate.get();
    try {
      return new Guarded(pass, new SubsetView(cabinet.tables(), cabinet.number()));
    } catch (RuntimeException e) {
      pass.close();
      throw e;
    }
  }

  @Override
  public <T> T write(Turn<T> turn) {
    try (var _ = gate.get()) {
      cabinet.tables().room().check();
      return cabinet.writer().write(new SubsetTurn<>(cabinet, turn));
    }
  }

  @Override
  public boolean kept() {
    return cabinet.shelf().keepsSubsets();
  }

  @Override
  public KnownAudiences known() {
    return cabinet.shelf().knownAudiences();
  }

  @Override
  public long begun() {
    return cabinet.shelf().subsetsBegun();
  }

  @Override
  public FeedEnds ends() {
    try (var _ = gate.get()) {
      return cabinet.shelf().feedEnds();
    }
  }

  @Override
  public Registration onAdvance(int feed, Runnable wake) {
    try (var _ = gate.get()) {
      return cabinet.shelf().onAdvance(feed, wake);
    }
  }

  /** Alone in its group, so that the records before it are those on the disk. */
  private record SubsetTurn<T>(Cabinet cabinet, SubsetHost.Turn<T> turn)
      implements org.skerry.store.rocksdb.Turn<T> {
    @Override
    public T decide(Group group) {
      try (SubsetView before = new SubsetView(cabinet.tables(), cabinet.number())) {
        return turn.decide(group.on(cabinet.shelf()).subsets(), before);
      }
    }

    @Override
    public boolean alone() {
      return true;
    }
  }

  /** A view whose owner is inside the gate as long as it is open. */
  private record Guarded(Gate.Pass pass, SubsetView view) implements OrderedView {
    @Override
    public byte @Nullable [] find(byte[] key) {
      return view.find(key);
    }

    @Override
    public OrderedCursor cursor() {
      return view.cursor();
    }

    @Override
    public void close() {
      view.close();
      pass.close();
    }
  }
}
