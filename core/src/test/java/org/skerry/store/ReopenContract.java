package org.skerry.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.skerry.document.AttachmentRef;
import org.skerry.document.BlobId;
import org.skerry.document.Body;
import org.skerry.revision.RevId;
import org.skerry.store.subset.Audience;
import org.skerry.store.subset.Label;
import org.skerry.store.subset.SubsetDocuments;
import org.skerry.store.subset.Subsets;

/** What was acknowledged is there when the store is opened again. */
abstract class ReopenContract extends ContractCase {
  private final UnaryOperator<Store> reopener;

  ReopenContract(Callable<Store> opener, UnaryOperator<Store> reopener) {
    super(opener);
    this.reopener = reopener;
  }

  private void reopen() {
    store = reopener.apply(store);
    db = store.find("db").orElseThrow();
  }

  @Test
  void documentsAndTheirFeedRemain() {
    RevId first = create("a", "{\"v\": 1.0}");
    RevId second = edit("a", first, "{\"v\": 2.0}");
    db.commit(List.of(Writes.merge("b", "2-b", "1-a"), Writes.merge("b", "2-c", "1-a")));
    written(Writes.delete("c", create("c", "{}")));
    List<StoredDocument> before = Reads.changes(db, Seq.ZERO);
    Seq now = db.now();
    Totals totals = db.totals();
    String incarnation = db.incarnation();

    reopen();
    assertThat(Reads.changes(db, Seq.ZERO)).isEqualTo(before);
    assertThat(db.now()).isEqualTo(now);
    assertThat(db.totals()).isEqualTo(totals).isEqualTo(new Totals(2, 1, 1, 0));
    assertThat(db.incarnation()).isEqualTo(incarnation);
    assertThat(db.pending(Seq.ZERO)).isEqualTo(3);
    assertThat(Reads.body(db, "a", first)).contains("{\"v\": 1.0}");
    assertThat(commit(Writes.edit("a", first, "{}"))).isInstanceOf(Outcome.Stale.class);
    assertThat(commit(Writes.edit("a", second, "{}"))).isInstanceOf(Outcome.Written.class);
  }

  @Test
  void purgesAndTheirLimitRemain() {
    RevId first = create("a", "{}");
    create("b", "{}");
    db.purge(List.of(new PurgeRequest(Writes.id("a"), List.of(first))));
    db.purges().limit(7);
    List<PurgeLog.Purge> before = db.purges().read(0, 10);
    Seq now = db.now();
    reopen();
    assertThat(Reads.ids(Reads.changes(db, Seq.ZERO))).containsExactly("b");
    assertThat(db.purges().read(0, 10)).isEqualTo(before).hasSize(1);
    assertThat(db.purges().limit()).isEqualTo(7);
    assertThat(db.purges().last()).isEqualTo(1);
    assertThat(db.totals()).isEqualTo(new Totals(1, 0, 0, 1));
    assertThat(db.now()).isEqualTo(now);
  }

  @Test
  void theFeedIsResumedWhereItWasLeft() {
    List<Seq> ends = new ArrayList<>();
    List<String> seen = new ArrayList<>();
    ends.add(Seq.ZERO);
    for (int round = 0; round < 5; round++) {
      create("first" + round, "{}");
      create("second" + round, "{}");
      ends.add(
          db.changes(
              ChangeRange.after(ends.getLast(), 1),
              Fields.LEAVES,
              document -> seen.add(document.id().text())));
      reopen();
    }
    Reads.changes(db, ends.getLast()).forEach(document -> seen.add(document.id().text()));
    assertThat(seen).containsExactlyElementsOf(Reads.ids(Reads.changes(db, Seq.ZERO))).hasSize(10);
  }

  @Test
  void settingsAndLocalDocumentsRemain() {
    store.properties().put("uuid", new byte[] {1, 2});
    db.properties().put("security", new byte[] {3});
    db.revsLimit(77);
    long version =
        db.local().put(Writes.id("_local/x"), 0, Body.parse("{\"seq\":1}")).orElseThrow();
    db.local().put(Writes.id("_local/gone"), 0, Body.EMPTY);
    db.local().remove(Writes.id("_local/gone"), 1);
    reopen();
    assertThat(store.properties().get("uuid").orElseThrow()).containsExactly(1, 2);
    assertThat(db.properties().get("security").orElseThrow()).containsExactly(3);
    assertThat(db.revsLimit()).isEqualTo(77);
    assertThat(db.local().list(Optional.empty(), 10))
        .containsExactly(
            new LocalDocuments.LocalDocument(
                Writes.id("_local/x"), version, Body.parse("{\"seq\":1}")));
  }

  @Test
  void attachmentsOfCommittedRevisionsRemain() throws IOException {
    byte[] content = new byte[300_000];
    Arrays.fill(content, (byte) 7);
    BlobId blob;
    try (AttachmentStore.Upload upload = db.attachments().begin()) {
      upload.write(content, 0, content.length);
      try (AttachmentStore.Pin pin = upload.finish()) {
        blob = pin.blob();
        AttachmentRef ref =
            new AttachmentRef(
                "f", "x/y", 1, blob, "md5-x", AttachmentRef.Encoding.IDENTITY, 300_000, 300_000);
        written(Writes.edit("a", Optional.empty(), false, "{}", List.of(ref)));
      }
    }
    reopen();
    db.compact((done, total) -> true);
    try (InputStream in = db.attachments().open(blob, 1).orElseThrow()) {
      assertThat(in.readAllBytes()).hasSize(299_999).containsOnly(7);
    }
  }

  @Test
  void pinsAndUnfinishedUploadsEndWithTheProcess() {
    AttachmentStore.Upload unfinished = db.attachments().begin();
    unfinished.write(new byte[100_000], 0, 100_000);
    AttachmentStore.Upload finished = db.attachments().begin();
    finished.write(new byte[10], 0, 10);
    BlobId blob = finished.finish().blob();
    reopen();
    db.compact((done, total) -> true);
    assertThat(db.attachments().open(blob, 0)).isEmpty();
  }

  @Test
  void namesRemainAndWhatWasDroppedStaysDropped() {
    DocumentStore other = store.create("other").orElseThrow();
    other.commit(List.of(Writes.create("a", "{}")));
    store.create("third");
    String incarnation = other.incarnation();
    store.drop("other");
    reopen();
    assertThat(store.names()).containsExactly("db", "third");
    assertThat(store.find("other")).isEmpty();
    DocumentStore again = store.create("other").orElseThrow();
    assertThat(again.incarnation()).isNotEqualTo(incarnation);
    assertThat(Reads.scan(again, DocRange.ALL)).isEmpty();
    reopen();
    assertThat(store.find("other").orElseThrow().incarnation()).isEqualTo(again.incarnation());
  }

  @Test
  void whatWasCompactedStaysCompacted() {
    RevId first = create("a", "{\"v\":1}");
    RevId second = edit("a", first, "{\"v\":2}");
    db.compact((done, total) -> true);
    reopen();
    assertThat(Reads.body(db, "a", first)).isEmpty();
    assertThat(Reads.body(db, "a", second)).contains("{\"v\":2}");
  }

  @Test
  void subsetsRemainAndFollowOnWhereTheyWere() {
    Subsets subsets = db.subsets();
    subsets.keep();
    int p = subsets.feed("p");
    int q = subsets.feed("q");
    subsets.audiences(Map.of(Label.place("p"), Audience.of(p), Label.place("q"), Audience.of(q)));
    RevisionWrite patient = ScopedWrites.create("pat", ScopedWrites.json(0, "=p"));
    written(patient);
    for (int n = 0; n < 40; n++) {
      written(ScopedWrites.create("obs" + n, ScopedWrites.json(n, "@pat")));
    }
    ScopedWrites.settle(db, 100);
    written(ScopedWrites.edit("pat", patient.rev(), ScopedWrites.json(1, "=q")));
    for (int reopened = 0; reopened < 5; reopened++) {
      reopen();
      assertThat(db.subsets().kept()).isTrue();
      assertThat(db.subsets().unsettled()).isTrue();
      assertThat(db.subsets().feed("q")).isEqualTo(q);
      assertThat(db.subsets().step(7)).isTrue();
    }
    reopen();
    ScopedWrites.settle(db, 7);
    SubsetDocuments from = new SubsetDocuments(db, "p", p);
    SubsetDocuments to = new SubsetDocuments(db, "q", q);
    assertThat(Reads.scan(from, DocRange.ALL)).isEmpty();
    assertThat(Reads.changes(from, Seq.ZERO)).hasSize(41).allMatch(StoredDocument::deleted);
    assertThat(Reads.scan(to, DocRange.ALL)).hasSize(41);
    assertThat(Reads.changes(to, Seq.ZERO)).hasSize(41).noneMatch(StoredDocument::deleted);
    reopen();
    assertThat(db.subsets().unsettled()).isFalse();
    assertThat(db.subsets().audience(Label.place("q"))).isEqualTo(Audience.of(q));
  }
}
