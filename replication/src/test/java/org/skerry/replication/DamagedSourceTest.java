package org.skerry.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.skerry.replication.peer.DamagedStore;
import org.skerry.replication.peer.Endpoint;
import org.skerry.replication.peer.Island;
import org.skerry.replication.peer.Refusal;

/** What a disk has lost at the source keeps nobody back, and is said. */
class DamagedSourceTest {
  private final DamagedStore disk = new DamagedStore();
  private final Island clinic = new Island("clinic", disk::of);
  private final Island centre = new Island("centre");

  @BeforeEach
  void write() {
    clinic.edit("before", "{}");
    clinic.edit("lost", "{\"n\":1}");
    clinic.edit("lost too", "{\"n\":2}");
    clinic.attach("scan", "bones", "bones and more bones");
    clinic.edit("behind", "{}");
  }

  @AfterEach
  void close() {
    clinic.close();
    centre.close();
  }

  private Replication replicate() {
    ReplicationSpec spec =
        ReplicationSpec.of(new Endpoint.Local("clinic"), new Endpoint.Local("centre"));
    Replication replication = AtOnce.replication(clinic.peer(), centre.peer(), spec);
    assertThat(replication.run()).isEqualTo(Replication.State.COMPLETED);
    return replication;
  }

  @Test
  void damagedDocumentsAreReportedAndOthersCome() {
    disk.damage("lost");
    disk.damage("lost too");
    Replication replication = replicate();
    assertThat(replication.status().refusals())
        .extracting(Refusal::id, Refusal::error, Refusal::reason)
        .containsExactly(
            tuple("lost", "unreadable", "a body cannot be decompressed"),
            tuple("lost too", "unreadable", "a body cannot be decompressed"));
    assertThat(centre.fingerprint()).containsOnlyKeys("before", "behind", "scan");
    disk.mend();
    assertThat(replication.retryRefused()).isEqualTo(2);
    assertThat(centre.fingerprint()).isEqualTo(clinic.fingerprint());
  }

  @Test
  void aDocumentWithoutTheBytesOfItsAttachmentIsReportedAndOthersCome() {
    disk.loseAttachments();
    Replication replication = replicate();
    assertThat(replication.status().refusals())
        .extracting(Refusal::id, Refusal::error)
        .containsExactly(tuple("scan", "unreadable"));
    assertThat(centre.fingerprint()).containsOnlyKeys("before", "behind", "lost", "lost too");
    disk.mend();
    assertThat(replication.retryRefused()).isEqualTo(1);
    assertThat(centre.attachment("scan", "bones")).isEqualTo("bones and more bones");
  }

  @Test
  void anAttachmentThatBreaksOffOnTheDiskIsReportedAndOthersCome() {
    disk.breakAttachments();
    Replication replication = replicate();
    assertThat(replication.status().refusals())
        .extracting(Refusal::id, Refusal::reason)
        .containsExactly(tuple("scan", "a part is missing"));
    assertThat(centre.fingerprint()).containsOnlyKeys("before", "behind", "lost", "lost too");
  }
}
