package org.skerry.replication;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.skerry.replication.peer.ChangesPage;
import org.skerry.replication.peer.ChangesQuery;
import org.skerry.replication.peer.Endpoint;
import org.skerry.replication.peer.Island;
import org.skerry.replication.peer.Peer;

/** Sources that give pages without a row and say that there are more behind them. */
class EmptyPagesTest {
  private final Island clinic = new Island("clinic");
  private final Island centre = new Island("centre");

  @AfterEach
  void close() {
    clinic.close();
    centre.close();
  }

  /** Gives so many empty pages before the first row, as if a filter let nothing pass. */
  private static final class Sparing extends DelegatingPeer {
    private final int empty;
    private final boolean nearer;
    private int pages;

    Sparing(Peer peer, int empty, boolean nearer) {
      super(peer);
      this.empty = empty;
      this.nearer = nearer;
    }

    @Override
    public ChangesPage changes(ChangesQuery query) {
      if (pages < empty) {
        pages++;
        return new ChangesPage(List.of(), pages + "-x", nearer ? empty - pages + 1 : 3, false);
      }
      return super.changes(new ChangesQuery("0", query.limit(), query.selection(), false));
    }
  }

  private Replication replicate(Peer source) {
    clinic.edit("a", "{}");
    Peer target = centre.peer();
    ReplicationSpec spec =
        ReplicationSpec.of(new Endpoint.Local("clinic"), new Endpoint.Local("centre"));
    Replication replication = AtOnce.replication(source, target, spec);
    replication.run();
    return replication;
  }

  @Test
  void whatStandsBehindManyOfThemArrives() {
    Replication replication = replicate(new Sparing(clinic.peer(), 100, true));
    assertThat(replication.status().state()).isEqualTo(Replication.State.COMPLETED);
    assertThat(centre.fingerprint()).isEqualTo(clinic.fingerprint());
  }

  /** Completed it would have said that everything is at the target. */
  @Test
  void aSourceThatComesNoNearerToItsEndFails() {
    Replication replication = replicate(new Sparing(clinic.peer(), Integer.MAX_VALUE, false));
    assertThat(replication.status().state()).isEqualTo(Replication.State.FAILED);
    assertThat(replication.lastError().orElseThrow()).hasMessageContaining("gives none of them");
  }
}
