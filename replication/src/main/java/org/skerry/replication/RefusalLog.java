package org.skerry.replication;

import java.util.List;
import org.skerry.replication.peer.Refusal;
import org.skerry.store.StoreException;

/**
 * Keeps the documents that were refused, so that a restart does not forget what a checkpoint has
 * passed. Any thread may call; of one replication one thread at a time.
 */
public interface RefusalLog {
  /** Keeps nothing. */
  RefusalLog NONE =
      new RefusalLog() {
        @Override
        public List<Refusal> load(String base) {
          return List.of();
        }

        @Override
        public void save(String base, String source, String target, List<Refusal> refusals) {}
      };

  /**
   * What was refused and not accepted since.
   *
   * @param base what names the replication in its id
   */
  List<Refusal> load(String base);

  /**
   * Keeps what is refused now, durably, instead of what was kept before.
   *
   * @param source how people call the source, without credentials
   * @param target how people call the target, without credentials
   * @param refusals none forgets the replication
   * @throws StoreException when it cannot be kept; then no checkpoint may pass it
   */
  void save(String base, String source, String target, List<Refusal> refusals);
}
