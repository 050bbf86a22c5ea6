package org.skerry.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.skerry.document.DocId;
import org.skerry.revision.RevId;
import org.skerry.store.subset.Audience;
import org.skerry.store.subset.Label;
import org.skerry.store.subset.Standing;
import org.skerry.store.subset.SubsetDocuments;
import org.skerry.store.subset.Subsets;

/** Two sites of a database, each with a place of its name, and what they are asked. */
abstract class SubsetCase extends ContractCase {
  Subsets subsets;
  SubsetDocuments p;
  SubsetDocuments q;

  SubsetCase(Callable<Store> opener) {
    super(opener);
  }

  @BeforeEach
  void openSites() {
    subsets = db.subsets();
    assertThat(subsets.kept()).isFalse();
    subsets.keep();
    p = site("p");
    q = site("q");
  }

  /** A site of that name, to which the place of that name belongs. */
  SubsetDocuments site(String name) {
    int feed = subsets.feed(name);
    mean(name, feed);
    return new SubsetDocuments(db, name, feed);
  }

  void mean(String place, int... feeds) {
    subsets.audiences(Map.of(Label.place(place), Audience.of(feeds)));
    settle();
  }

  void settle() {
    ScopedWrites.settle(db, 100);
  }

  RevId put(String id, String... labels) {
    RevisionWrite write = ScopedWrites.create(id, ScopedWrites.json(1, labels));
    written(write);
    return write.rev();
  }

  RevId put(String id, RevId parent, String... labels) {
    RevisionWrite write = ScopedWrites.edit(id, parent, ScopedWrites.json(2, labels));
    written(write);
    return write.rev();
  }

  RevId delete(String id, RevId parent) {
    RevisionWrite write = ScopedWrites.delete(id, parent);
    written(write);
    return write.rev();
  }

  void putMany(int count, IntFunction<List<String>> labels) {
    db.commit(
        IntStream.range(0, count)
            .<RevisionWrite>mapToObj(
                n ->
                    ScopedWrites.create(
                        "d" + n, ScopedWrites.json(n, labels.apply(n).toArray(String[]::new))))
            .toList());
  }

  static List<String> ids(SubsetDocuments site) {
    return Reads.ids(Reads.scan(site, DocRange.ALL));
  }

  static List<String> feed(SubsetDocuments site) {
    return Reads.ids(Reads.changes(site, Seq.ZERO));
  }

  Standing look(SubsetDocuments site, String id) {
    return subsets.look(site.feed(), List.of(DocId.of(id))).getFirst();
  }

  static List<RevId> missing(SubsetDocuments site, String id, RevId rev) {
    List<RevId> found = new ArrayList<>();
    site.missing(
        List.of(new RevisionQuery(DocId.of(id), List.of(rev))),
        (doc, revs, ancestors) -> found.addAll(revs));
    return found;
  }
}
