package org.skerry.subset;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.skerry.database.Author;
import org.skerry.database.Database;
import org.skerry.database.NewRevision;
import org.skerry.document.Body;
import org.skerry.document.DocId;
import org.skerry.revision.RevId;
import org.skerry.store.DocRange;
import org.skerry.store.Fields;
import org.skerry.store.PurgeRequest;

/** Who is a site, and as which one somebody comes. */
class SiteBookTest extends SubsetCase {
  @Test
  void whoSignsInAsWhichSite() {
    site("a", "{\"users\":[\"ann\"],\"roles\":\"clinic-a\"}");
    site("b", "{\"roles\":[\"clinic-b\",\"clinic-a\"]}");
    SiteBook book = sites.book();

    assertThat(book.of("clinic", Optional.of("ann"), Set.of("clinic-b")).map(Site::id))
        .contains("a");
    assertThat(book.of("clinic", Optional.of("bob"), Set.of("clinic-b")).map(Site::id))
        .contains("b");
    assertThat(book.of("clinic", Optional.of("eve"), Set.of())).isEmpty();
  }

  @Test
  void whoIsNamedByTwoSitesIsInEachDatabaseTheOneThatHasAPartOfIt() {
    site("a", "{\"users\":\"ann\",\"databases\":[\"stock\"]}");
    site("b", "{\"users\":\"ann\",\"databases\":[\"clinic\",\"stock\"]}");
    site("c", "{\"roles\":\"staff\"}");
    rules(PATIENTS);
    put(clinic, "p1", "{\"type\":\"patient\",\"at\":\"b\"}", Author.SYSTEM);
    SiteBook book = sites.book();

    assertThat(book.of("stock", Optional.of("ann"), Set.of()).map(Site::id)).contains("a");
    assertThat(book.of("clinic", Optional.of("ann"), Set.of("staff")).map(Site::id)).contains("b");
    assertThat(book.of("other", Optional.of("ann"), Set.of("staff")).map(Site::id)).contains("c");
    assertThat(book.of("other", Optional.of("ann"), Set.of())).isEmpty();
    assertThat(subsetting.seen(clinic, new Author(Optional.of("ann"), Set.of())).subset())
        .hasValueSatisfying(part -> assertThat(part.site()).isEqualTo("b"));
  }

  @Test
  void aSiteThatIsPurgedIsNone() {
    site("a", "{\"users\":\"ann\"}");
    site("b", "{\"users\":\"ben\"}");
    rules(PATIENTS);
    put(clinic, "p1", "{\"type\":\"patient\",\"at\":\"a\"}", Author.SYSTEM);
    assertThat(ids("a")).containsExactly("p1");
    Database seen = as("a");
    RevId rev = winner(places, "a").orElseThrow();

    places.store().purge(List.of(new PurgeRequest(DocId.of("a"), List.of(rev))));
    keeper.settle(clinic);

    assertThat(sites.book().site("a")).isEmpty();
    assertThat(sites.book().of("clinic", Optional.of("ann"), Set.of())).isEmpty();
    assertThat(sites.book().sites()).extracting(Site::id).containsExactly("b");
    List<String> left = new ArrayList<>();
    seen.store().scan(DocRange.ALL, Fields.LEAVES, document -> left.add(document.id().text()));
    assertThat(left).isEmpty();
  }

  @Test
  void whatIsKnownOfSitesFollowsEachChangeOfThem() {
    site("a", "{\"name\":\"one\"}");
    site("b", "{\"type\":\"place\"}");
    assertThat(sites.book().sites()).extracting(Site::name).containsExactly("one");
    site("a", "{\"name\":\"two\"}");
    site("b", "{\"name\":\"a site now\"}");
    site("c", "{}");
    assertThat(sites.book().sites())
        .extracting(Site::name)
        .containsExactly("two", "a site now", "c");
    assertThat(sites.book().places()).isEmpty();
    RevId rev = winner(places, "c").orElseThrow();
    places.update(
        new NewRevision(DocId.of("c"), Optional.of(rev), true, Body.EMPTY, List.of()),
        Author.SYSTEM);
    assertThat(sites.book().sites()).extracting(Site::id).containsExactly("a", "b");
    assertThat(sites.book()).isSameAs(sites.book());
  }

  /** Otherwise whoever follows sites would take the same ones for others, and wait for them. */
  @Test
  void whoAsksTogetherIsToldOfTheSameSites() throws InterruptedException {
    for (int round = 0; round < 5; round++) {
      put(places, "s" + round, "{}", Author.SYSTEM);
      Set<SiteBook> books = Collections.newSetFromMap(new IdentityHashMap<>());
      CountDownLatch all = new CountDownLatch(8);
      List<Thread> askers = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        askers.add(
            Thread.ofPlatform()
                .start(
                    () -> {
                      all.countDown();
                      try {
                        all.await();
                      } catch (InterruptedException e) {
                        return;
                      }
                      SiteBook book = sites.book();
                      synchronized (books) {
                        books.add(book);
                      }
                    }));
      }
      for (Thread asker : askers) {
        asker.join();
      }
      assertThat(books).hasSize(1);
      assertThat(books.iterator().next().sites()).hasSize(round + 1);
    }
  }
}
