package org.skerry.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.skerry.store.StoreException;
import org.skerry.store.ordered.MemoryOrderedStore;
import org.skerry.store.ordered.OrderedBatch;
import org.skerry.store.ordered.OrderedSpace;
import org.skerry.store.ordered.OrderedView;

class MomentsTest {
  private static final byte[] KEY = {1};

  /** A space that does something else before it writes and before it is viewed. */
  private static final class InterruptedSpace implements OrderedSpace {
    private final OrderedSpace space = new MemoryOrderedStore().open("space");
    private Runnable beforeView = () -> {};
    private Runnable beforeWrite = () -> {};

    @Override
    public String name() {
      return space.name();
    }

    @Override
    public Optional<byte[]> get(byte[] key) {
      return space.get(key);
    }

    @Override
    public void write(OrderedBatch batch) {
      beforeWrite.run();
      space.write(batch);
    }

    @Override
    public OrderedView view() {
      beforeView.run();
      return space.view();
    }

    @Override
    public long bytes() {
      return space.bytes();
    }
  }

  private final InterruptedSpace space = new InterruptedSpace();
  private final Moments moments = new Moments(space);

  private static OrderedBatch batch() {
    return new OrderedBatch().put(KEY, KEY);
  }

  @Test
  void readersBetweenTwoBatchesShareAMoment() {
    moments.begin(IndexState.empty(1, 0));
    Moment first = moments.open().moment().orElseThrow();
    assertThat(moments.open().moment()).contains(first);
    moments.write(batch(), IndexState.empty(1, 7));
    Moment second = moments.open().moment().orElseThrow();
    assertThat(second).isNotEqualTo(first);
    assertThat(second.state().purges()).isEqualTo(7);
  }

  @Test
  void idsMeanTheSameNodesUntilAllIsCleared() {
    moments.begin(IndexState.empty(1, 0));
    Moment.Life life = moments.open().moment().orElseThrow().life();
    moments.write(batch(), IndexState.empty(1, 7));
    assertThat(moments.open().moment().orElseThrow().life()).isEqualTo(life);
    moments.clear(IndexState.empty(1, 7));
    assertThat(moments.open().moment().orElseThrow().life()).isNotEqualTo(life);
    assertThat(space.get(KEY)).isEmpty();
  }

  @Test
  void aViewThatABatchOvertookIsOfNoKnownMoment() {
    moments.begin(IndexState.empty(1, 0));
    space.beforeView = () -> moments.write(batch(), IndexState.empty(1, 7));
    assertThat(moments.open().moment()).isEmpty();
  }

  @Test
  void whileABatchIsWrittenNoMomentIsKnown() {
    moments.begin(IndexState.empty(1, 0));
    space.beforeWrite = () -> assertThat(moments.open().moment()).isEmpty();
    moments.write(batch(), IndexState.empty(1, 7));
    assertThat(moments.open().moment()).isPresent();
  }

  @Test
  void afterABatchThatFailedNobodyKnows() {
    moments.begin(IndexState.empty(1, 0));
    space.beforeWrite =
        () -> {
          throw new StoreException("full");
        };
    assertThatThrownBy(() -> moments.write(batch(), IndexState.empty(1, 7)))
        .isInstanceOf(StoreException.class);
    assertThat(moments.open().moment()).isEmpty();
  }
}
