package org.skerry.postgres.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.skerry.postgres.capture.pgoutput.Cell;
import org.skerry.postgres.capture.pgoutput.Relation;
import org.skerry.postgres.capture.pgoutput.Tuple;
import org.skerry.postgres.mapping.Mapping;
import org.skerry.postgres.mapping.MappingReader;
import org.skerry.postgres.row.RowRef;
import org.skerry.testing.Seeded;
import tools.jackson.databind.json.JsonMapper;

@ExtendWith(Seeded.class)
class NetEffectTest {
  private static final Mapping MAPPING =
      MappingReader.read(
          new JsonMapper()
              .readTree(
                  "{\"tables\":[{\"name\":\"party\",\"columns\":[\"name\",\"notes\"]},"
                      + "{\"name\":\"word\",\"columns\":[\"text\"],\"mode\":\"pull\"}]}"));
  private static final Relation PARTY = relation("public", "party", Relation.Identity.KEY);

  private static Relation relation(String schema, String name, Relation.Identity identity) {
    return new Relation(
        1,
        schema,
        name,
        identity,
        List.of(
            new Relation.Column("id", true, 23),
            new Relation.Column("name", false, 25),
            new Relation.Column("notes", false, 25)));
  }

  private static Tuple row(Relation relation, String... values) {
    return new Tuple(
        relation,
        Arrays.stream(values)
            .map(
                value ->
                    switch (value) {
                      case "-" -> Cell.NULL;
                      case "~" -> Cell.UNCHANGED;
                      default -> new Cell.Text(value);
                    })
            .toList());
  }

  private static RowChange inserted(String... values) {
    return new RowChange.Inserted(row(PARTY, values));
  }

  private static RowChange updated(String... values) {
    return new RowChange.Updated(Optional.empty(), row(PARTY, values));
  }

  private static RowChange moved(String from, String... values) {
    return new RowChange.Updated(Optional.of(row(PARTY, from, "-", "-")), row(PARTY, values));
  }

  private static RowChange deleted(String id) {
    return new RowChange.Deleted(row(PARTY, id, "-", "-"));
  }

  /** Where the log tells rows as they were. */
  private static Tuple whole(String... values) {
    return row(relation("public", "party", Relation.Identity.FULL), values);
  }

  private static RowChange was(Tuple before, Tuple after) {
    return new RowChange.Updated(Optional.of(before), after);
  }

  private static RowRef ref(String id) {
    return new RowRef("party", id);
  }

  private static List<Effect> net(RowChange... changes) {
    return NetEffect.of(MAPPING, List.of(changes));
  }

  private static Effect.Stands stands(List<Effect> effects) {
    assertThat(effects).hasSize(1);
    return (Effect.Stands) effects.getFirst();
  }

  @Test
  void aRowThatWasChangedTwiceIsToldOnce() {
    Effect.Stands row = stands(net(updated("1", "Ada", "long"), updated("1", "Ida", "~")));
    assertThat(row.known()).contains(ref("1"));
    assertThat(row.values().value("name")).contains("Ida");
    assertThat(row.values().value("notes")).contains("long");
  }

  @Test
  void whatWasMadeAndDeletedIsNothing() {
    assertThat(net(inserted("1", "Ada", "-"), updated("1", "Ida", "-"), deleted("1"))).isEmpty();
  }

  @Test
  void aRowThatWasDeletedAndMadeAgainIsAChangedOne() {
    Effect.Stands row = stands(net(deleted("1"), inserted("1", "Ida", "-")));
    assertThat(row.known()).contains(ref("1"));
  }

  @Test
  void aKeyThatChangesTwiceIsKnownByTheFirst() {
    Effect.Stands row = stands(net(moved("1", "2", "Ada", "-"), moved("2", "3", "Ada", "-")));
    assertThat(row.known()).contains(ref("1"));
    assertThat(row.row()).isEqualTo(ref("3"));
  }

  @Test
  void aRowThatGetsTheKeyOfADeletedOneDoesNotHideThat() {
    assertThat(net(deleted("2"), moved("1", "2", "Ada", "-")))
        .hasSize(2)
        .contains(new Effect.Gone(MAPPING.table("party").orElseThrow(), ref("2")));
  }

  private static List<String> known(List<Effect> effects) {
    return effects.stream()
        .map(
            effect ->
                switch (effect) {
                  case Effect.Stands stands ->
                      stands.known().map(RowRef::id).orElse("new")
                          + " is "
                          + stands.row().id()
                          + ", "
                          + stands.values().value("name").orElse("-");
                  case Effect.Gone gone -> gone.known().id() + " is gone";
                  case Effect.Emptied all -> "all are gone";
                })
        .sorted()
        .toList();
  }

  @Test
  void rowsThatExchangeTheirKeysKeepTheirDocuments() {
    assertThat(
            known(
                net(
                    was(whole("1", "Ada", "-"), whole("2", "Ada", "-")),
                    was(whole("2", "Ida", "-"), whole("1", "Ida", "-")))))
        .containsExactly("1 is 2, Ada", "2 is 1, Ida");
  }

  @Test
  void rowsThatMakeRoomForAnotherKeepTheirDocuments() {
    assertThat(
            known(
                net(
                    was(whole("1", "Ada", "-"), whole("2", "Ada", "-")),
                    was(whole("2", "Ida", "-"), whole("3", "Ida", "-")),
                    was(whole("3", "Eda", "-"), whole("4", "Eda", "-")),
                    new RowChange.Inserted(whole("1", "Uma", "-")))))
        .containsExactly("1 is 2, Ada", "2 is 3, Ida", "3 is 4, Eda", "new is 1, Uma");
  }

  @Test
  void whoeverComesBeforeAnotherIsDeletedIsNotTheDeletedOne() {
    assertThat(
            known(
                net(
                    was(whole("1", "Ada", "-"), whole("2", "Ada", "-")),
                    new RowChange.Deleted(whole("2", "Ida", "-")))))
        .containsExactly("1 is 2, Ada", "2 is gone");
    assertThat(
            known(
                net(
                    new RowChange.Inserted(whole("2", "Uma", "-")),
                    new RowChange.Deleted(whole("2", "Ida", "-")))))
        .containsExactly("2 is gone", "new is 2, Uma");
  }

  @Test
  void ofTwoRowsWithOneKeyTheOneThatCameIsChangedAgain() {
    assertThat(
            known(
                net(
                    was(whole("1", "Ada", "-"), whole("2", "Ada", "-")),
                    was(whole("2", "Ada", "-"), whole("2", "Adam", "-")),
                    was(whole("2", "Ida", "-"), whole("5", "Ida", "-")))))
        .containsExactly("1 is 2, Adam", "2 is 5, Ida");
  }

  @Test
  void aTableThatChangesItsColumnsMeanwhileIsNotCompared() {
    Relation wider =
        new Relation(
            1,
            "public",
            "party",
            Relation.Identity.FULL,
            List.of(new Relation.Column("id", true, 23), new Relation.Column("name", false, 1043)));
    assertThat(
            known(
                net(
                    was(whole("1", "Ada", "-"), whole("2", "Ada", "-")),
                    was(row(wider, "2", "Ada "), row(wider, "3", "Ada ")))))
        .containsExactly("1 is 3, Ada ");
  }

  /** Each row says something of its own; keys may come twice until the end. */
  @Test
  void keysThatAreDeferredLeaveEachRowItsDocument(SplittableRandom random) {
    for (int round = 0; round < 300; round++) {
      int count = 1 + random.nextInt(5);
      List<String> keys = new ArrayList<>();
      List<String> names = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        keys.add("" + i);
        names.add("row" + i);
      }
      List<RowChange> changes = new ArrayList<>();
      for (int step = 0; step < 10; step++) {
        // At the end each goes where nobody else is.
        int who = step < 5 ? random.nextInt(count) : step % count;
        String to = step < 5 ? "" + random.nextInt(6) : "x" + who;
        String name = random.nextInt(3) == 0 ? "row" + who + " " + step : names.get(who);
        changes.add(was(whole(keys.get(who), names.get(who), "-"), whole(to, name, "-")));
        keys.set(who, to);
        names.set(who, name);
      }
      List<String> expected = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        expected.add(i + " is " + keys.get(i) + ", " + names.get(i));
      }
      assertThat(known(NetEffect.of(MAPPING, changes))).isEqualTo(expected);
    }
  }

  @Test
  void whatIsNotToldIsNotKnown() {
    Effect.Stands row = stands(net(updated("1", "Ada", "~")));
    assertThat(row.values().has("notes")).isFalse();
    assertThat(row.values().has("name")).isTrue();
  }

  @Test
  void afterEmptyingATableOnlyWhatCameLaterStands() {
    List<Effect> effects =
        net(inserted("1", "Ada", "-"), new RowChange.Emptied(PARTY), inserted("2", "Ida", "-"));
    assertThat(effects).hasSize(2);
    assertThat(effects.getFirst()).isInstanceOf(Effect.Emptied.class);
  }

  @Test
  void tablesThatAreNotCapturedAreLeftOut() {
    assertThat(
            net(
                new RowChange.Inserted(
                    row(relation("public", "word", Relation.Identity.KEY), "1", "a", "-")),
                new RowChange.Inserted(
                    row(relation("other", "party", Relation.Identity.KEY), "1", "a", "-"))))
        .isEmpty();
  }

  @Test
  void aChangeThatDoesNotTellItsRowIsCounted() {
    NetEffect net = new NetEffect(MAPPING);
    net.add(new RowChange.Deleted(row(PARTY, "-", "-", "-")));
    assertThat(net.unkeyed()).isEqualTo(1);
    assertThat(net.effects()).isEmpty();
  }

  @Test
  void netEffectsLeaveTheSameRowsAsTheChangesThemselves(SplittableRandom random) {
    for (int round = 0; round < 500; round++) {
      // Key to identity of the row; what the book knows before.
      Map<String, String> before = new TreeMap<>();
      for (int id = 0; id < random.nextInt(5); id++) {
        before.put("" + id, "row" + id);
      }
      Map<String, String> after = new TreeMap<>(before);
      List<RowChange> changes = changes(random, after);
      assertThat(applied(before, NetEffect.of(MAPPING, changes))).isEqualTo(after);
    }
  }

  private static List<RowChange> changes(SplittableRandom random, Map<String, String> rows) {
    List<RowChange> changes = new ArrayList<>();
    // A row that comes where one was deleted goes on with its document.
    Map<String, String> graves = new HashMap<>();
    for (int i = 0; i < random.nextInt(12); i++) {
      String id = "" + random.nextInt(6);
      String other = "" + random.nextInt(6);
      if (!rows.containsKey(id)) {
        rows.put(id, Optional.ofNullable(graves.remove(id)).orElse("new"));
        changes.add(inserted(id, "n", "-"));
      } else if (random.nextInt(3) == 0) {
        Optional.of(rows.remove(id))
            .filter(row -> !row.equals("new"))
            .ifPresent(row -> graves.put(id, row));
        changes.add(deleted(id));
      } else if (!rows.containsKey(other)) {
        graves.remove(other);
        rows.put(other, rows.remove(id));
        changes.add(moved(id, other, "n", "-"));
      } else {
        changes.add(updated(id, "n", "-"));
      }
    }
    return changes;
  }

  /** As the book would: what is known by its key before becomes what stands. */
  private static Map<String, String> applied(Map<String, String> before, List<Effect> effects) {
    Map<String, String> left = new HashMap<>(before);
    Map<String, String> standing = new TreeMap<>();
    for (Effect effect : effects) {
      switch (effect) {
        case Effect.Stands stands ->
            standing.put(
                stands.row().id(),
                stands.known().map(known -> String.valueOf(before.get(known.id()))).orElse("new"));
        case Effect.Gone gone -> left.remove(gone.known().id());
        case Effect.Emptied emptied -> left.clear();
      }
    }
    for (Effect effect : effects) {
      if (effect instanceof Effect.Stands stands) {
        stands.known().ifPresent(known -> left.remove(known.id()));
      }
    }
    Map<String, String> all = new TreeMap<>(left);
    all.putAll(standing);
    return all;
  }
}
