package org.skerry.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.skerry.collation.ValueReader;
import org.skerry.database.Database;
import org.skerry.database.Databases;
import org.skerry.database.NewRevision;
import org.skerry.database.WriteResult;
import org.skerry.document.Body;
import org.skerry.document.DocId;
import org.skerry.index.Indexes;
import org.skerry.revision.RevId;
import org.skerry.scope.ScopeRules;
import org.skerry.script.ScriptLimits;
import org.skerry.script.Scripts;
import org.skerry.store.DocumentStore;
import org.skerry.store.MemoryStore;
import org.skerry.store.PurgeRequest;
import org.skerry.store.Store;
import org.skerry.store.ordered.MemoryOrderedStore;
import org.skerry.store.subset.Subsets;

/** Design documents are found as they are now, however often they were asked for before. */
class ViewsTest {
  private static final Scripts SCRIPTS = new Scripts(ScriptLimits.DEFAULT);
  private static final DocId DESIGN = DocId.of("_design/d");

  private final MemoryStore store = new MemoryStore();
  private final Indexes indexes = new Indexes(new MemoryOrderedStore());
  private final Views views = new Views(indexes, SCRIPTS);

  @AfterEach
  void close() {
    indexes.close();
    store.close();
  }

  @AfterAll
  static void closeScripts() {
    SCRIPTS.close();
  }

  private static RevId put(
      Database database, DocId id, Optional<RevId> parent, boolean deleted, String json) {
    WriteResult result =
        database.update(
            new NewRevision(id, parent, deleted, Body.parse(json.replace('\'', '"')), List.of()));
    assertThat(result).isInstanceOf(WriteResult.Written.class);
    return ((WriteResult.Written) result).rev();
  }

  private static RevId putViews(Database database, Optional<RevId> parent, String views) {
    return put(database, DESIGN, parent, false, "{'type':'word','views':" + views + "}");
  }

  /** Asked twice: what is remembered is what is found. */
  private List<String> viewsOf(Database database) {
    List<String> first = names(views.find(database, "d"));
    assertThat(names(views.find(database, "d"))).isEqualTo(first);
    return first;
  }

  private static List<String> names(Views.Found found) {
    return switch (found) {
      case Views.Found.Group(ViewGroup group) -> List.of(group.view("a").isPresent() ? "a" : "b");
      case Views.Found.NoViews none -> List.of();
      case Views.Found.Missing missing -> List.of("missing");
      case Views.Found.Deleted deleted -> List.of("deleted");
    };
  }

  @Test
  void aDesignDocumentIsFoundAsItIsNow() {
    Database database = new Databases(store).create("db").orElseThrow();
    assertThat(viewsOf(database)).containsExactly("missing");
    RevId first = putViews(database, Optional.empty(), "{'a':{'map':'function (doc) {}'}}");
    assertThat(viewsOf(database)).containsExactly("a");
    put(database, DocId.of("other"), Optional.empty(), false, "{}");
    assertThat(viewsOf(database)).containsExactly("a");
    RevId second = putViews(database, Optional.of(first), "{'b':{'map':'function (doc) {}'}}");
    assertThat(viewsOf(database)).containsExactly("b");
    RevId third = putViews(database, Optional.of(second), "{}");
    assertThat(viewsOf(database)).isEmpty();
    put(database, DESIGN, Optional.of(third), true, "{}");
    assertThat(viewsOf(database)).containsExactly("deleted");
  }

  /** The feed may stand where it stood. */
  @Test
  void whatWasPurgedIsNotFound() {
    Database database = new Databases(store).create("db").orElseThrow();
    RevId rev = putViews(database, Optional.empty(), "{'a':{'map':'function (doc) {}'}}");
    assertThat(viewsOf(database)).containsExactly("a");
    database.store().purge(List.of(new PurgeRequest(DESIGN, List.of(rev))));
    assertThat(viewsOf(database)).containsExactly("missing");
  }

  /** Counting them is a walk over all, and each write to the site would bring another. */
  @Test
  void aSitesDocumentsAreNotCountedToFindItsViews() {
    Database database = new Databases(uncounted(Store.class, store)).create("db").orElseThrow();
    database.scope(
        Optional.of(
            ScopeRules.parse(
                ValueReader.read(
                    "{\"rules\":[{\"type\":\"word\",\"everyone\":true}]}"
                        .getBytes(StandardCharsets.US_ASCII)))));
    Database site = database.seenBy("a");
    RevId first = putViews(database, Optional.empty(), "{'a':{'map':'function (doc) {}'}}");
    assertThat(viewsOf(site)).containsExactly("a");
    putViews(database, Optional.of(first), "{'b':{'map':'function (doc) {}'}}");
    assertThat(viewsOf(site)).containsExactly("b");
  }

  /** The same, where nobody may ask how many documents a site has. */
  private static <T> T uncounted(Class<T> kind, Object behind) {
    return kind.cast(
        Proxy.newProxyInstance(
            kind.getClassLoader(),
            new Class<?>[] {kind},
            (proxy, method, arguments) -> {
              if (kind == Subsets.class && method.getName().equals("totals")) {
                throw new AssertionError("a site's documents are counted");
              }
              return uncounted(called(behind, method, arguments));
            }));
  }

  private static Object called(Object behind, Method method, Object[] arguments) throws Throwable {
    try {
      return method.invoke(behind, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private static Object uncounted(Object answer) {
    return switch (answer) {
      case Optional<?> some when some.isPresent() && some.get() instanceof DocumentStore one ->
          Optional.of(uncounted(DocumentStore.class, one));
      case Subsets subsets -> uncounted(Subsets.class, subsets);
      case null, default -> answer;
    };
  }
}
