package org.skerry.atom;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.skerry.store.MemoryStore;
import org.skerry.store.ordered.MemoryOrderedStore;

class NumberingTest {
  private final MemoryStore store = new MemoryStore();
  private final MemoryOrderedStore derived = new MemoryOrderedStore();
  private Newsroom room = new Newsroom(store, derived);

  @BeforeEach
  void define() {
    room.define("patient", "{\"database\":\"clinic\",\"type\":\"Patient\",\"page_size\":3}");
  }

  private static String patient(String family) {
    return "{\"resourceType\":\"Patient\",\"name\":[{\"family\":\"" + family + "\"}]}";
  }

  @Test
  void aFeedWithoutEventsHasOneEmptyPage() {
    assertThat(room.pages("patient")).containsExactly(List.of());
  }

  @Test
  void aDocumentIsToldWhenItComesChangesAndGoes() {
    room.write("Patient/1", patient("Okafor"));
    assertThat(room.told("patient")).containsExactly("CREATED Patient/1");
    room.write("Patient/1", patient("Castillo"));
    assertThat(room.told("patient")).endsWith("UPDATED Patient/1");
    room.delete("Patient/1");
    assertThat(room.told("patient")).endsWith("DELETED Patient/1");
    room.write("Patient/1", patient("Rahman"));
    assertThat(room.told("patient"))
        .containsExactly(
            "CREATED Patient/1", "UPDATED Patient/1", "DELETED Patient/1", "CREATED Patient/1");
  }

  @Test
  void changesBetweenTwoLooksAreOneEvent() {
    room.write("Patient/1", patient("Okafor"));
    room.write("Patient/1", patient("Castillo"));
    room.write("Patient/2", patient("Rahman"));
    room.delete("Patient/2");
    assertThat(room.told("patient")).containsExactly("CREATED Patient/1");
  }

  @Test
  void otherDocumentsAreNotTold() {
    room.write("Observation/1", "{\"resourceType\":\"Observation\"}");
    room.write("note", "{\"text\":\"nothing\"}");
    room.write("_design/views", "{\"views\":{},\"resourceType\":\"Patient\"}");
    room.write("Patient/1", patient("Okafor"));
    assertThat(room.told("patient")).containsExactly("CREATED Patient/1");
  }

  @Test
  void aDocumentThatLeavesTheCategoryIsToldOnceMore() {
    room.define("sites", "{\"database\":\"clinic\",\"selector\":{\"site\":{\"$gt\":3}}}");
    room.write("a", "{\"site\":4}");
    assertThat(room.told("sites")).containsExactly("CREATED a");
    room.write("a", "{\"site\":1}");
    assertThat(room.told("sites")).endsWith("UPDATED a").hasSize(2);
    room.write("a", "{\"site\":2}");
    assertThat(room.told("sites")).hasSize(2);
    room.write("a", "{\"site\":5}");
    assertThat(room.told("sites")).endsWith("UPDATED a").hasSize(3);
    room.delete("a");
    assertThat(room.told("sites")).endsWith("DELETED a").hasSize(4);
  }

  @Test
  void pagesFillUpAndTheirSizeMayChange() {
    for (int i = 1; i <= 7; i++) {
      room.write("Patient/" + i, patient("P" + i));
    }
    assertThat(room.pages("patient")).extracting(List::size).containsExactly(3, 3, 1);
    List<List<Event>> before = room.pages("patient");
    room.define("patient", "{\"database\":\"clinic\",\"type\":\"Patient\",\"page_size\":2}");
    for (int i = 8; i <= 11; i++) {
      room.write("Patient/" + i, patient("P" + i));
    }
    assertThat(room.pages("patient")).extracting(List::size).containsExactly(3, 3, 2, 2, 1);
    assertThat(room.pages("patient").subList(0, 2)).isEqualTo(before.subList(0, 2));
  }

  @Test
  void nothingIsToldTwiceWhenWhatIsDerivedIsLost() {
    room.write("Patient/1", patient("Okafor"));
    room.write("Patient/2", patient("Castillo"));
    List<List<Event>> before = room.pages("patient");
    room = new Newsroom(store, new MemoryOrderedStore());
    assertThat(room.pages("patient")).isEqualTo(before);
    room.delete("Patient/2");
    assertThat(room.told("patient")).endsWith("DELETED Patient/2").hasSize(3);
  }

  @Test
  void aWiderSelectorTellsOfWhatWasPassedOver() {
    room.write("Patient/1", patient("Okafor"));
    room.write("Group/1", "{\"resourceType\":\"Group\"}");
    assertThat(room.told("patient")).hasSize(1);
    room.define(
        "patient",
        "{\"database\":\"clinic\",\"selector\":{\"resourceType\":{\"$in\":[\"Patient\",\"Group\"]}}}");
    assertThat(room.told("patient")).containsExactly("CREATED Patient/1", "CREATED Group/1");
  }

  @Test
  void aDatabaseMadeAnewGoesOnInTheSamePages() {
    room.write("Patient/1", patient("Okafor"));
    List<List<Event>> before = room.pages("patient");
    room.databases.drop("clinic");
    room = new Newsroom(store, derived);
    room.write("Patient/1", patient("Okafor"));
    room.write("Patient/2", patient("Castillo"));
    List<List<Event>> after = room.pages("patient");
    assertThat(after.getFirst().getFirst()).isEqualTo(before.getFirst().getFirst());
    assertThat(room.told("patient")).as("the same revision is no news").hasSize(2);
  }

  @Test
  void aDeletionBearsTheFilterTagOfWhatWasDeleted() {
    room.define(
        "location",
        "{\"database\":\"clinic\",\"type\":\"Location\",\"filter\":{\"bean\":\"places\","
            + "\"members\":[\"address.country\",\"address.city\",\"nowhere\"]}}");
    room.write(
        "Location/1",
        "{\"resourceType\":\"Location\",\"address\":{\"country\":\"K&L\",\"city\":\"100% <b>\"}}");
    List<Event> events = room.pages("location").getFirst();
    String tag =
        "<feedFilter><beanName>places</beanName><filter>K&amp;L%100 "
            + " &lt;b&gt;%</filter></feedFilter>";
    assertThat(events.getFirst().filter()).contains(tag);
    room.delete("Location/1");
    assertThat(room.pages("location").getFirst().getLast().filter()).contains(tag);
  }

  @Test
  void moreEventsThanABatchAreToldInTheOrderOfTheirChanges() {
    for (int i = 0; i < 1_234; i++) {
      room.write("Patient/" + i, patient("P" + i));
    }
    assertThat(room.told("patient")).hasSize(1_234).startsWith("CREATED Patient/0");
    assertThat(room.told("patient").get(1_000)).isEqualTo("CREATED Patient/1000");
  }
}
