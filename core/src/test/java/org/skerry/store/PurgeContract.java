package org.skerry.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.skerry.store.Writes.id;
import static org.skerry.store.Writes.merge;
import static org.skerry.store.Writes.rev;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.skerry.document.AttachmentRef;
import org.skerry.document.BlobId;
import org.skerry.revision.RevId;
import org.skerry.store.PurgeLog.Purge;

/** What is purged was never here, and followers hear of it. */
abstract class PurgeContract extends ContractCase {
  PurgeContract(Callable<Store> opener) {
    super(opener);
  }

  private static PurgeRequest request(String id, String... revs) {
    return new PurgeRequest(id(id), Stream.of(revs).map(Writes::rev).toList());
  }

  private List<RevId> purge(String id, RevId... revs) {
    return db.purge(List.of(new PurgeRequest(id(id), Arrays.asList(revs)))).getFirst();
  }

  private List<RevId> purge(String id, String rev) {
    return purge(id, rev(rev));
  }

  @Test
  void aDocumentWithoutALeafLeftIsGone() {
    RevId first = create("a", "{\"v\":1}");
    RevId second = edit("a", first, "{\"v\":2}");
    create("b", "{}");
    assertThat(purge("a", second)).containsExactly(second);
    assertThat(Reads.document(db, "a")).isEmpty();
    assertThat(Reads.body(db, "a", first)).isEmpty();
    assertThat(Reads.body(db, "a", second)).isEmpty();
    assertThat(Reads.ids(Reads.changes(db, Seq.ZERO))).containsExactly("b");
    assertThat(Reads.ids(Reads.scan(db, DocRange.ALL))).containsExactly("b");
    assertThat(db.pending(Seq.ZERO)).isEqualTo(1);
    assertThat(db.totals()).isEqualTo(new Totals(1, 0, 0, 1));
    List<List<RevId>> missing = new ArrayList<>();
    db.missing(
        List.of(new RevisionQuery(id("a"), List.of(first, second))),
        (doc, revs, ancestors) -> missing.add(revs));
    assertThat(missing).containsExactly(List.of(first, second));
  }

  @Test
  void aLeafAmongOthersGoesAndTheDocumentChanges() {
    db.commit(
        List.of(
            merge("a", "1-a"),
            merge("a", "2-b", "1-a"),
            merge("a", "3-c", "2-b", "1-a"),
            merge("a", "2-d", "1-a")));
    Seq before = db.now();
    assertThat(purge("a", "3-c")).containsExactly(rev("3-c"));
    assertThat(Reads.leaves(db, "a")).containsExactly("2-d");
    assertThat(Reads.tree(db, "a").revisions()).containsExactly(rev("2-d"), rev("1-a"));
    assertThat(Reads.body(db, "a", rev("2-b"))).isEmpty();
    assertThat(Reads.body(db, "a", rev("1-a"))).isPresent();
    assertThat(Reads.ids(Reads.changes(db, before))).containsExactly("a");
    assertThat(db.totals()).isEqualTo(new Totals(1, 0, 0, 1));
  }

  @Test
  void anAncestorOrAStrangerIsNotPurged() {
    RevId first = create("a", "{\"v\":1}");
    RevId second = edit("a", first, "{\"v\":2}");
    assertThat(purge("a", first, rev("7-unknown"))).isEmpty();
    assertThat(purge("nobody", first)).isEmpty();
    assertThat(Reads.leaves(db, "a")).containsExactly(second.toString());
    assertThat(Reads.body(db, "a", first)).isPresent();
    assertThat(db.totals().purges()).isEqualTo(2);
  }

  @Test
  void tombstonesArePurgedLikeAnyLeaf() {
    RevisionWrite deletion = Writes.delete("a", create("a", "{}"));
    written(deletion);
    assertThat(purge("a", deletion.rev())).containsExactly(deletion.rev());
    assertThat(db.totals()).isEqualTo(new Totals(0, 0, 0, 1));
    assertThat(commit(Writes.create("a", "{}"))).isInstanceOf(Outcome.Written.class);
  }

  @Test
  void whatWasPurgedMayComeBack() {
    RevId first = create("a", "{\"v\":1}");
    purge("a", first);
    assertThat(commit(merge("a", "2-x", first.toString()))).isInstanceOf(Outcome.Written.class);
    assertThat(commit(Writes.create("a", "{\"v\":1}"))).isInstanceOf(Outcome.Stale.class);
    purge("a", "2-x");
    assertThat(create("a", "{\"v\":1}")).isEqualTo(first);
    assertThat(Reads.body(db, "a", first)).contains("{\"v\":1}");
  }

  @Test
  void longHistoriesGoWhole() {
    String[] path = new String[200];
    for (int i = 0; i < path.length; i++) {
      path[i] = (path.length - i) + "-long";
    }
    for (int from = path.length - 1; from >= 0; from--) {
      written(merge("a", Arrays.copyOfRange(path, from, path.length)));
    }
    written(merge("a", "120-other", "119-long", "118-long"));
    assertThat(purge("a", "200-long")).hasSize(1);
    assertThat(Reads.leaves(db, "a")).containsExactly("120-other");
    assertThat(Reads.tree(db, "a").size()).isEqualTo(120);
    assertThat(Reads.body(db, "a", rev("120-long"))).isEmpty();
    assertThat(Reads.body(db, "a", rev("119-long"))).isPresent();
    assertThat(purge("a", "120-other")).hasSize(1);
    assertThat(Reads.document(db, "a")).isEmpty();
    written(merge("a", "1-new"));
    assertThat(Reads.tree(db, "a").revisions()).containsExactly(rev("1-new"));
    db.compact((done, total) -> true);
    assertThat(Reads.leaves(db, "a")).containsExactly("1-new");
  }

  @Test
  void severalDocumentsArePurgedAtOnce() {
    RevId a = create("a", "{}");
    db.commit(List.of(merge("b", "1-x"), merge("b", "1-y")));
    assertThat(
            db.purge(
                List.of(
                    request("a", a.toString()),
                    request("b", "1-x", "1-y", "1-x"),
                    request("c", "1-z"))))
        .containsExactly(List.of(a), List.of(rev("1-x"), rev("1-y")), List.of());
    assertThat(Reads.scan(db, DocRange.ALL)).isEmpty();
    assertThat(db.purge(List.of())).isEmpty();
    assertThat(db.totals()).isEqualTo(new Totals(0, 0, 0, 3));
  }

  @Test
  void attachmentsOfPurgedRevisionsAreSwept() {
    BlobId blob = blob();
    AttachmentRef ref =
        new AttachmentRef("f", "x/y", 1, blob, "md5-x", AttachmentRef.Encoding.IDENTITY, 5, 5);
    RevisionWrite first = Writes.edit("a", Optional.empty(), false, "{}", List.of(ref));
    written(first);
    RevisionWrite second =
        Writes.edit("a", Optional.of(first.rev()), false, "{\"v\":2}", List.of(ref));
    written(second);
    purge("a", second.rev());
    db.compact((done, total) -> true);
    assertThat(db.attachments().open(blob, 0)).isEmpty();
    assertThat(db.sizes().active()).isZero();
    assertThat(db.sizes().external()).isZero();
  }

  private BlobId blob() {
    try (AttachmentStore.Upload upload = db.attachments().begin()) {
      upload.write(new byte[] {1, 2, 3, 4, 5}, 0, 5);
      try (AttachmentStore.Pin pin = upload.finish()) {
        return pin.blob();
      }
    }
  }

  @Test
  void compactionAfterAPurgeFindsNothingOfIt() {
    RevId first = create("a", "{\"v\":1}");
    RevId second = edit("a", first, "{\"v\":2}");
    RevId third = edit("a", second, "{\"v\":3}");
    db.compact((done, total) -> true);
    purge("a", third);
    db.compact((done, total) -> true);
    assertThat(create("a", "{\"v\":1}")).isEqualTo(first);
    db.compact((done, total) -> true);
    assertThat(Reads.body(db, "a", first)).contains("{\"v\":1}");
    assertThat(db.totals()).isEqualTo(new Totals(1, 0, 0, 1));
  }

  @Test
  void theLogTellsWhatWasAskedForInItsOrder() {
    RevId a = create("a", "{}");
    RevId b = create("b", "{}");
    db.purge(List.of(new PurgeRequest(id("a"), List.of(a)), request("c", "3-x")));
    purge("b", b);
    PurgeLog log = db.purges();
    assertThat(log.last()).isEqualTo(3);
    assertThat(log.remembered()).isZero();
    List<Purge> all = log.read(0, 100);
    assertThat(all).extracting(Purge::seq).containsExactly(1L, 2L, 3L);
    assertThat(all).extracting(purge -> purge.id().text()).containsExactly("a", "c", "b");
    assertThat(all)
        .extracting(Purge::revs)
        .containsExactly(List.of(a), List.of(rev("3-x")), List.of(b));
    assertThat(all).extracting(Purge::uuid).doesNotHaveDuplicates();
    assertThat(log.read(1, 1)).containsExactly(all.get(1));
    assertThat(log.read(3, 100)).isEmpty();
  }

  @Test
  void compactionForgetsPurgesBeyondTheLimit() {
    assertThat(db.purges().limit()).isEqualTo(1_000);
    for (int i = 0; i < 5; i++) {
      purge("d" + i, "1-x");
    }
    db.purges().limit(2);
    assertThat(db.purges().limit()).isEqualTo(2);
    assertThat(db.purges().read(0, 100)).hasSize(5);
    db.compact((done, total) -> true);
    assertThat(db.purges().read(0, 100)).extracting(Purge::seq).containsExactly(4L, 5L);
    assertThat(db.purges().remembered()).isEqualTo(3);
    assertThat(db.purges().last()).isEqualTo(5);
    purge("e", "1-x");
    assertThat(db.purges().read(3, 100)).extracting(Purge::seq).containsExactly(4L, 5L, 6L);
    assertThatThrownBy(() -> db.purges().limit(0)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aPurgeMovesTheFeedsEndAndWakes() throws InterruptedException {
    RevId a = create("a", "{}");
    Seq before = db.now();
    CountDownLatch woken = new CountDownLatch(1);
    Registration registration = db.onAdvance(woken::countDown);
    purge("a", a);
    assertThat(woken.await(5, TimeUnit.MINUTES)).isTrue();
    registration.close();
    assertThat(db.now()).isNotEqualTo(before);
    assertThat(Reads.changes(db, before)).isEmpty();
    assertThat(db.pending(before)).isZero();
    Seq end = db.changes(ChangeRange.after(before, 10), Fields.LEAVES, document -> true);
    assertThat(end).isEqualTo(db.now());
  }

  @Test
  void aDroppedDatabaseIsGoneForPurgesToo() {
    store.drop("db");
    assertThatThrownBy(() -> purge("a", "1-x")).isInstanceOf(DatabaseGoneException.class);
    assertThatThrownBy(() -> db.purges().last()).isInstanceOf(DatabaseGoneException.class);
    assertThatThrownBy(() -> db.purges().read(0, 1)).isInstanceOf(DatabaseGoneException.class);
  }
}
