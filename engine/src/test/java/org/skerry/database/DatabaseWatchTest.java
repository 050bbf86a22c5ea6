package org.skerry.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.skerry.document.Body;
import org.skerry.document.DocId;
import org.skerry.store.MemoryStore;

@Timeout(300)
class DatabaseWatchTest {
  private static final String GONE = "gone";

  private final MemoryStore store = new MemoryStore();
  private final Databases databases = new Databases(store);
  private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
  private final DatabaseWatch watch =
      new DatabaseWatch(
          databases,
          "book",
          new DatabaseWatch.Watcher() {
            @Override
            public void look(Database database) {
              told.add(database.store().incarnation() + " " + database.store().now().number());
            }

            @Override
            public void gone() {
              told.add(GONE);
            }
          });

  @AfterEach
  void close() {
    watch.close();
    databases.close();
    store.close();
  }

  private static void write(Database database, String id) {
    database.update(
        new NewRevision(DocId.of(id), Optional.empty(), false, Body.parse("{}"), List.of()));
  }

  private void awaitLook(Database database) throws InterruptedException {
    String wanted = database.store().incarnation() + " " + database.store().now().number();
    while (!told.take().equals(wanted)) {
      // What stood there before may have been told too.
    }
  }

  @Test
  void whatIsThereIsToldAndEachChange() throws Exception {
    Database book = databases.findOrCreate("book");
    write(book, "a");
    watch.start();
    awaitLook(book);
    write(book, "b");
    awaitLook(book);
  }

  @Test
  void aDatabaseThatIsMadeLaterIsTold() throws Exception {
    watch.start();
    databases.findOrCreate("another");
    Database book = databases.findOrCreate("book");
    awaitLook(book);
  }

  @Test
  void aDatabaseThatIsDroppedIsGone() throws Exception {
    watch.start();
    awaitLook(databases.findOrCreate("book"));
    databases.drop("book");
    assertThat(told.take()).isEqualTo(GONE);
  }

  @RepeatedTest(50)
  void nothingIsToldOfADatabaseOnceItWasMadeAnew() throws Exception {
    watch.start();
    awaitLook(databases.findOrCreate("book"));
    databases.drop("book");
    Database anew = databases.findOrCreate("book");
    awaitLook(anew);
    write(anew, "a");
    awaitLook(anew);
    assertThat(told).doesNotContain(GONE);
  }

  @Test
  void nothingIsToldAfterTheEnd() throws Exception {
    watch.start();
    Database book = databases.findOrCreate("book");
    awaitLook(book);
    watch.close();
    write(book, "a");
    databases.drop("book");
    assertThat(told).isEmpty();
  }
}
