package org.skerry.http.couch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.skerry.replication.Replication;
import org.skerry.replication.ReplicationId;
import org.skerry.replication.ReplicationSpec;
import org.skerry.replication.Surroundings;
import org.skerry.replication.peer.DamagedStore;
import org.skerry.replication.peer.Endpoint;
import org.skerry.replication.peer.Island;
import org.skerry.replication.peer.Manner;
import org.skerry.replication.peer.Refusal;

/** A node whose disk has lost something, and another one that reads it over HTTP. */
class DamagedOverHttpTest {
  private final DamagedStore disk = new DamagedStore();
  private final Island clinic = new Island("clinic", disk::of);
  private final Island centre = new Island("centre");
  private final ServedIsland served = new ServedIsland(clinic.databases());

  @AfterEach
  void close() {
    served.close();
    clinic.close();
    centre.close();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whatIsLostIsReportedAndOthersCome(boolean bulkGet) {
    clinic.edit("before", "{}");
    clinic.edit("lost", "{\"n\":1}");
    clinic.attach("scan", "bones", "bones and more bones");
    clinic.edit("behind", "{}");
    disk.damage("lost");
    disk.loseAttachments();
    Replication replication =
        new Replication(
            new ReplicationId("0123456789abcdef0123456789abcdef", ""),
            served.peer("clinic", new Manner(Optional.empty(), bulkGet, Map.of())),
            centre.peer(),
            ReplicationSpec.of(served.endpoint("clinic"), new Endpoint.Local("centre")),
            Surroundings.system());
    assertThat(replication.run()).isEqualTo(Replication.State.COMPLETED);
    assertThat(replication.status().refusals())
        .extracting(Refusal::id, Refusal::error, Refusal::reason)
        .containsExactlyInAnyOrder(
            tuple("lost", "unreadable", "a body cannot be decompressed"),
            tuple("scan", "unreadable", "the bytes of attachment 'bones' are not here"));
    assertThat(centre.fingerprint()).containsOnlyKeys("before", "behind");
    disk.mend();
    assertThat(replication.retryRefused()).isEqualTo(2);
    assertThat(centre.fingerprint()).isEqualTo(clinic.fingerprint());
  }
}
