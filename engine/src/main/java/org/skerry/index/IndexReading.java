package org.skerry.index;

import java.util.ArrayList;
import java.util.List;
import org.skerry.store.Seq;
import org.skerry.store.ordered.OrderedView;

/** An index as it was at one moment. One thread. */
public final class IndexReading implements AutoCloseable {
  private final OrderedView view;
  private final IndexState state;
  private final List<ViewReading> views = new ArrayList<>();

  IndexReading(Index index, Moments.Opened opened, InnerNodes shared) {
    this.view = opened.view();
    IndexDefinition definition = index.definition();
    try {
      this.state = opened.moment().map(Moment::state).orElseGet(() -> stored(definition));
    } catch (RuntimeException e) {
      view.close();
      throw e;
    }
    Moment.Life life = opened.moment().map(Moment::life).orElse(null);
    for (int i = 0; i < definition.views().size(); i++) {
      IndexDefinition.View one = definition.views().get(i);
      Nodes nodes = new ReadNodes(index, view, i, shared, life);
      views.add(
          new ViewReading(one, new Tree(nodes, state.views().get(i).root(), one.reductions())));
    }
  }

  private IndexState stored(IndexDefinition definition) {
    byte[] stored = view.find(IndexKeys.STATE);
    return stored == null
        ? IndexState.empty(definition.views().size(), 0)
        : IndexState.decode(stored, definition);
  }

  /** The position in the database's feed up to which documents are in it. */
  public Seq seq() {
    return state.seq();
  }

  /** One of the definition's views, from 0. */
  public ViewReading view(int number) {
    return views.get(number);
  }

  /** What all rows and reductions take, uncompressed. */
  public long bytes() {
    return views.stream().mapToLong(ViewReading::bytes).sum();
  }

  @Override
  public void close() {
    view.close();
  }
}
