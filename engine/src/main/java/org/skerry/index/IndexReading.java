package org.skerry.index;

import java.util.ArrayList;
import java.util.List;
import org.skerry.store.Seq;
import org.skerry.store.ordered.DamagedException;
import org.skerry.store.ordered.OrderedView;

/** An index as it was at one moment. One thread. */
public final class IndexReading implements AutoCloseable {
  private final OrderedView view;
  private final IndexState state;
  private final List<ViewReading> views = new ArrayList<>();

  IndexReading(Index index, OrderedView view) {
    this.view = view;
    IndexDefinition definition = index.definition();
    try {
      byte[] stored = view.find(IndexKeys.STATE);
      this.state =
          stored == null
              ? IndexState.empty(definition.views().size(), 0)
              : IndexState.decode(stored, definition);
    } catch (RuntimeException e) {
      view.close();
      throw e;
    }
    for (int i = 0; i < definition.views().size(); i++) {
      int number = i;
      Nodes nodes =
          new NodeCache(
              id -> {
                try {
                  return StoredNodes.node(number, id, view.find(IndexKeys.node(number, id)));
                } catch (DamagedException e) {
                  index.condemn(e);
                  throw e;
                }
              });
      IndexDefinition.View one = definition.views().get(i);
      views.add(
          new ViewReading(one, new Tree(nodes, state.views().get(i).root(), one.reductions())));
    }
  }

  /** The position in the database's feed up to which documents are in it. */
  public Seq seq() {
    return state.seq();
  }

  /** One of the definition's views, from 0. */
  public ViewReading view(int number) {
    return views.get(number);
  }

  @Override
  public void close() {
    view.close();
  }
}
