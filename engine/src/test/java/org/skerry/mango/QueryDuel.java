package org.skerry.mango;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.skerry.collation.JsonOrder;
import org.skerry.collation.ValueReader;
import org.skerry.database.Author;
import org.skerry.database.Database;
import org.skerry.database.Databases;
import org.skerry.database.NewRevision;
import org.skerry.document.Body;
import org.skerry.document.DocId;
import org.skerry.revision.RevId;
import org.skerry.selector.FieldPath;
import org.skerry.selector.Selector;
import org.skerry.store.Fields;
import org.skerry.store.MemoryStore;
import org.skerry.testing.Seeded;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Random queries on random documents with random indexes: whatever the planner chooses, the answer
 * is that of testing every document and sorting what matches.
 */
@ExtendWith(Seeded.class)
abstract class QueryDuel {
  private static final int ROUNDS = 40;
  private static final int QUERIES = 40;

  final MemoryStore store = new MemoryStore();
  final Databases databases = new Databases(store);

  /** What answers from indexes. */
  abstract IndexRows rows();

  @AfterEach
  void closeStore() {
    store.close();
  }

  @Test
  void anAnswerDoesNotDependOnTheIndex(SplittableRandom random) throws IOException {
    int fromIndex = 0;
    int found = 0;
    Mango mango = new Mango(rows());
    for (int round = 0; round < ROUNDS; round++) {
      RandomQueries queries = new RandomQueries(random.split());
      Contest contest = new Contest(databases.create("db" + round).orElseThrow(), mango, queries);
      contest.addIndexes();
      for (int i = 0; i < QUERIES; i++) {
        contest.write();
        contest.fight();
      }
      fromIndex += contest.fromIndex;
      found += contest.found;
    }
    assertThat(fromIndex).isGreaterThan(ROUNDS * QUERIES / 10);
    assertThat(found).isGreaterThan(ROUNDS * QUERIES / 10);
  }

  /** A database with a model beside it. */
  private static final class Contest {
    private final Database database;
    private final Mango mango;
    private final RandomQueries random;
    private final TreeMap<DocId, ObjectNode> model = new TreeMap<>();
    private int fromIndex;
    private int found;

    Contest(Database database, Mango mango, RandomQueries random) {
      this.database = database;
      this.mango = mango;
      this.random = random;
    }

    void addIndexes() {
      IndexAdministration administration = new IndexAdministration(database, Author.SYSTEM);
      for (int i = random.below(5); i >= 0; i--) {
        String fields = "['" + String.join("','", random.columns(3)) + "']";
        String filter = random.oneIn(4) ? ",'partial_filter_selector':" + random.selector(1) : "";
        administration.create(
            IndexRequest.parse(
                Asked.json("{'index':{'fields':" + fields + filter + "},'ddoc':'i" + i + "'}")));
      }
    }

    void write() {
      DocId id = DocId.of(random.pick(random.ids()));
      Optional<RevId> parent = winner(id);
      boolean deleted = parent.isPresent() && random.oneIn(5);
      String body = deleted ? "{}" : random.document(2).replace('\'', '"');
      database.update(new NewRevision(id, parent, deleted, Body.parse(body), List.of()));
      model.remove(id);
      if (!deleted && !id.isDesign()) {
        ObjectNode document = (ObjectNode) Asked.json("{}");
        document.put("_id", id.text()).put("_rev", winner(id).orElseThrow().toString());
        ValueReader.read(body.getBytes(StandardCharsets.UTF_8)).forEachEntry(document::set);
        model.put(id, document);
      }
    }

    private Optional<RevId> winner(DocId id) {
      List<RevId> revs = new ArrayList<>(1);
      database
          .store()
          .load(List.of(id), Fields.LEAVES, d -> d.deleted() || revs.add(d.winner().rev()));
      return revs.stream().findFirst();
    }

    void fight() throws IOException {
      String direction = random.oneIn(2) ? "asc" : "desc";
      String sort =
          random.oneIn(2)
              ? ""
              : ",'sort':[{'"
                  + String.join("':'" + direction + "'},{'", random.columns(2))
                  + "':'"
                  + direction
                  + "'}]";
      String wanted = random.oneIn(2) ? "" : ",'use_index':'i" + random.below(5) + "'";
      String fields =
          random.oneIn(2)
              ? ""
              : ",'fields':['_id','" + String.join("','", random.columns(2)) + "']";
      String selector = random.selector(2);
      String request = "{'selector':" + selector + sort + wanted + fields;
      Plan plan = mango.explain(database, Asked.find(request + "}"));
      if (plan.index().isEmpty()) {
        return;
      }
      fromIndex += plan.index().get() instanceof MangoIndex.Json ? 1 : 0;
      List<String> expected = expected(selector, plan);
      found += Math.min(1, expected.size());
      assertThat(answers(request, expected.size() + 1))
          .as("%s from %s of %s", request, plan.index().get(), model.values())
          .isEqualTo(expected);
    }

    /** All pages of an answer, of random lengths. */
    private List<String> answers(String request, int most) throws IOException {
      List<String> all = new ArrayList<>();
      String bookmark = "nil";
      int before;
      do {
        before = all.size();
        FindRequest page =
            Asked.find(
                request
                    + ",'limit':"
                    + (1 + random.below(random.oneIn(2) ? 3 : 50))
                    + ",'bookmark':'"
                    + bookmark
                    + "'}");
        Search.Result result =
            mango.search(database, mango.plan(database, page)).run(one -> all.add(shown(one)));
        bookmark = result.bookmark();
        assertThat(result.stats().returned()).isEqualTo(all.size() - before);
      } while (all.size() > before && all.size() <= most);
      return all;
    }

    private static String shown(Found found) {
      return switch (found) {
        case Found.Whole whole -> whole.id() + " " + whole.revision().rev();
        case Found.Members members ->
            ValueReader.read(members.json()).path("_id").asString() + " " + members.json().length;
      };
    }

    private List<String> expected(String json, Plan plan) {
      JsonNode selector = Asked.json(json);
      if (Asked.normal(json).isEmptyCombination()) {
        return List.of();
      }
      Selector parsed = Selector.parse(selector);
      MangoIndex index = plan.index().orElseThrow();
      Comparator<ObjectNode> order = order(index);
      return model.values().stream()
          .filter(parsed::matches)
          .filter(document -> holds(index, plan.request().sort(), document))
          .sorted(plan.request().sort().descending() ? order.reversed() : order)
          .map(document -> shown(document, plan.request()))
          .toList();
    }

    private static String shown(ObjectNode document, FindRequest request) {
      DocId id = DocId.of(document.path("_id").asString());
      if (request.showsAll()) {
        return id + " " + document.path("_rev").asString();
      }
      byte[] projected =
          new Projection(request.fields())
              .of(document.toString().getBytes(StandardCharsets.UTF_8), Map.of());
      return id + " " + projected.length;
    }

    /** An index has no document without what is sorted by, and none that its filter leaves out. */
    private static boolean holds(MangoIndex index, Sort sort, ObjectNode document) {
      boolean complete = sort.names().stream().allMatch(name -> value(name, document).isPresent());
      boolean passes =
          !(index instanceof MangoIndex.Json one)
              || one.partialFilter().isEmpty()
              || one.partialFilter().get().matches(document);
      return complete && passes;
    }

    private static Optional<JsonNode> value(String path, JsonNode document) {
      return FieldPath.parse(path).find(document) instanceof FieldPath.Found(JsonNode value)
          ? Optional.of(value)
          : Optional.empty();
    }

    private static Comparator<ObjectNode> order(MangoIndex index) {
      Comparator<ObjectNode> ids =
          Comparator.comparing(document -> DocId.of(document.path("_id").asString()));
      Comparator<ObjectNode> order = (_, _) -> 0;
      for (String column : index instanceof MangoIndex.Json ? index.columns() : List.<String>of()) {
        order =
            order.thenComparing(
                document -> value(column, document).orElseThrow(), JsonOrder.UNICODE);
      }
      return order.thenComparing(ids);
    }
  }
}
