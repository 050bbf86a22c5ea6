package org.skerry.postgres.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.skerry.database.Database;
import org.skerry.database.ForeignRevision;
import org.skerry.postgres.testing.PostgresServer;
import org.skerry.postgres.testing.TestDatabase;
import org.skerry.revision.Leaf;
import org.skerry.store.DocRange;
import org.skerry.store.Fields;
import org.skerry.store.StoredRevision;
import org.skerry.testing.Seeded;

/**
 * Two applications, each beside its own node, whose users do whatever comes to their minds while
 * the nodes are cut off from each other; then the nodes meet, and both applications show the same.
 */
@ExtendWith(Seeded.class)
class IslandsTest {
  private static final String MAPPING =
      """
      {"tables": [
        {"name": "party", "columns": ["code", "name"],
         "collisions": [{"columns": ["code"], "rule": "%s", "sequence": "code"}],
         "stamps": {"write_date": {"update": "now"}}},
        {"name": "address", "columns": ["city"], "references": {"party": "party"}},
        {"name": "category", "columns": ["name"], "references": {"parent": "category"},
         "collisions": [{"columns": ["name"], "rule": "keep_central"}]},
        {"name": "member", "references": {"party": "party", "category": "category"},
         "row": {"natural": ["category", "party"]}}]}
      """;

  private static final String[] TABLES = {
    "CREATE TABLE party (id serial PRIMARY KEY, code varchar NOT NULL UNIQUE, name varchar,"
        + " write_date timestamp)",
    "CREATE TABLE address (id serial PRIMARY KEY, city varchar,"
        + " party integer NOT NULL REFERENCES party (id) ON DELETE CASCADE)",
    "CREATE TABLE category (id serial PRIMARY KEY, name varchar NOT NULL UNIQUE,"
        + " parent integer REFERENCES category (id))",
    "CREATE TABLE member (id serial PRIMARY KEY,"
        + " party integer NOT NULL REFERENCES party (id) ON DELETE CASCADE,"
        + " category integer NOT NULL REFERENCES category (id))",
    "CREATE SEQUENCE code",
  };

  private static final String SHOWN =
      "SELECT 'party', p.code, p.name FROM party p"
          + " UNION ALL SELECT 'address', p.code, a.city FROM address a JOIN party p"
          + " ON p.id = a.party"
          + " UNION ALL SELECT 'category', c.name, p.name FROM category c LEFT JOIN category p"
          + " ON p.id = c.parent"
          + " UNION ALL SELECT DISTINCT 'member', p.code, c.name FROM member m JOIN party p"
          + " ON p.id = m.party JOIN category c ON c.id = m.category ORDER BY 1, 2, 3";

  /** A node with its application. */
  private static final class Island implements AutoCloseable {
    final String name;
    final TestDatabase application = PostgresServer.shared().database(TABLES);
    final Coast coast = new Coast();

    Island(String name, String rule, boolean central) {
      this.name = name;
      String more = "\"central\":" + central + ",\"site\":\"" + name + "\",";
      coast.satellite(name, application, MAPPING.formatted(rule), more);
    }

    Database database() {
      return coast.database("clinic");
    }

    /** Brings both directions to their ends. */
    void settle() {
      coast.run(name, "push");
      coast.run(name, "pull");
      coast.run(name, "push");
    }

    List<String> waiting() {
      return application.rows("SELECT reason, name, detail FROM skerry.waiting ORDER BY name");
    }

    @Override
    public void close() {
      coast.close();
    }
  }

  private static String any(SplittableRandom random, String... of) {
    return of[random.nextInt(of.length)];
  }

  private static String act(SplittableRandom random, int number) {
    String party = "(SELECT id FROM party ORDER BY md5(id || '" + number + "') LIMIT 1)";
    String category = "(SELECT id FROM category ORDER BY md5(id || '" + number + "') LIMIT 1)";
    return switch (random.nextInt(12)) {
      case 0, 1, 2 ->
          "INSERT INTO party (code, name) VALUES (nextval('code'), 'P" + random.nextInt(99) + "')";
      case 3, 4 ->
          "INSERT INTO address (city, party) SELECT 'C"
              + random.nextInt(99)
              + "', id FROM "
              + party
              + " AS p (id) WHERE id IS NOT NULL";
      case 5 ->
          "INSERT INTO category (name, parent) SELECT n, "
              + category
              + " FROM (VALUES ('"
              + any(random, "Nurse", "Doctor", "Patient", "Kin")
              + "')) AS v (n)"
              + " WHERE NOT EXISTS (SELECT FROM category c WHERE c.name = n)";
      case 6, 7 ->
          "INSERT INTO member (party, category) SELECT p, c FROM (SELECT "
              + party
              + " AS p, "
              + category
              + " AS c) AS v WHERE p IS NOT NULL AND c IS NOT NULL AND NOT EXISTS"
              + " (SELECT FROM member m WHERE m.party = v.p AND m.category = v.c)";
      case 8, 9 -> "UPDATE party SET name = 'U" + random.nextInt(99) + "' WHERE id = " + party;
      case 10 -> "DELETE FROM address WHERE party = " + party;
      default -> "DELETE FROM party WHERE id = " + party;
    };
  }

  private static void live(Island island, SplittableRandom random, int actions) {
    int number = 0;
    while (number < actions) {
      List<String> together = new ArrayList<>();
      for (int i = random.nextInt(1, 4); i > 0; i--) {
        together.add(act(random, random.nextInt() ^ number++));
      }
      island.application.together(together.toArray(String[]::new));
    }
  }

  /** Gives one node whatever the other one has. */
  private static void carry(Database from, Database to) {
    List<ForeignRevision> all = new ArrayList<>();
    from.store()
        .scan(
            DocRange.ALL,
            new Fields(true, Fields.Bodies.LEAVES),
            document -> {
              for (Leaf leaf : document.leaves()) {
                StoredRevision revision = document.revision(leaf.rev()).orElseThrow();
                all.add(
                    new ForeignRevision(
                        document.id(),
                        document.tree().orElseThrow().path(leaf.rev()).orElseThrow(),
                        leaf.deleted(),
                        revision.body(),
                        List.of()));
              }
              return true;
            });
    to.merge(all);
  }

  private static void meet(Island one, Island other) {
    String before = "";
    for (int round = 0; round < 20; round++) {
      one.settle();
      other.settle();
      carry(one.database(), other.database());
      carry(other.database(), one.database());
      String now = one.database().store().now() + " " + other.database().store().now();
      if (now.equals(before)) {
        break;
      }
      before = now;
      one.application.run("UPDATE skerry.waiting SET next = now()");
      other.application.run("UPDATE skerry.waiting SET next = now()");
    }
  }

  /** What a person would do: what is in the way of a deletion goes as well. */
  private static void decide(Island island) {
    for (String child : List.of("address", "member")) {
      island.application.run(
          "DELETE FROM "
              + child
              + " WHERE party IN (SELECT r.id::int FROM skerry.waiting w"
              + " JOIN skerry.row r USING (name) WHERE w.reason = 'referenced'"
              + " AND w.tbl = 'party')");
    }
  }

  private static void live(SplittableRandom random, String rule) {
    try (Island hill = new Island("hill", rule, true);
        Island lake = new Island("lake", rule, false)) {
      for (int day = 0; day < 2; day++) {
        live(hill, random, 25);
        live(lake, random, 25);
        meet(hill, lake);
      }
      decide(hill);
      decide(lake);
      meet(hill, lake);
      assertThat(hill.application.rows(SHOWN))
          .as(() -> "waiting: " + hill.waiting() + " and " + lake.waiting())
          .isEqualTo(lake.application.rows(SHOWN));
      for (Island island : List.of(hill, lake)) {
        // And the application goes on.
        island.application.run("INSERT INTO party (code, name) VALUES (nextval('code'), 'next')");
      }
    }
  }

  @Test
  void bothShowTheSameWhenCodesGetSuffixes(SplittableRandom random) {
    live(random, "suffix");
  }

  @Test
  void bothShowTheSameWhenCodesAreRenumbered(SplittableRandom random) {
    live(random, "renumber_local");
  }
}
