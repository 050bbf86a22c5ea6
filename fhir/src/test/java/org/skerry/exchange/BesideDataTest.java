package org.skerry.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.skerry.document.AttachmentRef;
import org.skerry.document.BlobId;
import org.skerry.document.Body;
import org.skerry.exchange.client.RecordId;
import org.skerry.fhir.resource.Attached;
import org.skerry.revision.RevId;
import org.skerry.store.AttachmentStore;
import org.skerry.store.MemoryStore;
import org.skerry.store.StoredRevision;

class BesideDataTest {
  private final AttachmentStore store =
      new MemoryStore().create("clinic").orElseThrow().attachments();

  private static AttachmentRef ref(String name, BlobId blob, long size) {
    return new AttachmentRef(
        name,
        "application/pdf",
        1,
        blob,
        "md5-AAAAAAAAAAAAAAAAAAAAAA==",
        AttachmentRef.Encoding.IDENTITY,
        size,
        size);
  }

  private Optional<StoredRevision> whole(BlobId blob, long size) {
    Attached attached = Attached.of(new byte[20], size);
    String json =
        "{\"resourceType\":\"DocumentReference\",\"id\":\"1\",\"content\":[{\"attachment\":{"
            + attached.member()
            + "}}]}";
    StoredRevision revision =
        new StoredRevision(
            RevId.parse("1-" + "a".repeat(32)),
            false,
            Body.parse(json),
            List.of(ref(attached.name(), blob, size)));
    assertThat(BesideData.has(revision)).isTrue();
    return BesideData.whole(new RecordId("DocumentReference", "1"), revision, store);
  }

  @Test
  void dataStandInTheResourceThatAPartnerIsSent() {
    byte[] bytes = "scan".getBytes(StandardCharsets.UTF_8);
    try (AttachmentStore.Upload upload = store.begin()) {
      upload.write(bytes, 0, bytes.length);
      try (AttachmentStore.Pin pin = upload.finish()) {
        StoredRevision whole = whole(pin.blob(), bytes.length).orElseThrow();
        assertThat(whole.body().toString()).contains("\"data\":\"c2Nhbg==\"");
        assertThat(whole.attachments()).isEmpty();
      }
    }
  }

  /** It is known before anything is read: nothing of the data is there. */
  @Test
  void whatIsLargerThanAPartnerIsSentAtOnceIsNone() {
    BlobId nowhere = BlobId.of(new byte[BlobId.BYTES]);
    assertThat(whole(nowhere, BesideData.MOST)).as("more in base64").isEmpty();
    assertThat(whole(nowhere, Long.MAX_VALUE / 8)).isEmpty();
  }
}
