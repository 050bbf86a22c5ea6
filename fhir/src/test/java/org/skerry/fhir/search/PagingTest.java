package org.skerry.fhir.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.skerry.fhir.search.query.BadSearchException;

class PagingTest extends SearchCase {
  private void patient(String id, String family, String born) {
    put(
        "Patient/" + id,
        (family.isEmpty() ? "" : "'name':[{'family':'" + family + "'}],")
            + (born.isEmpty() ? "" : "'birthDate':'" + born + "',")
            + "'active':true");
  }

  /** All pages of a search, parted by bars. */
  private String pages(String url) {
    List<String> pages = new ArrayList<>();
    Optional<String> next = Optional.empty();
    do {
      SearchAnswer answer = ask(url + next.map(cursor -> "&_cursor=" + cursor).orElse(""));
      pages.add(ids(answer.page().matches()));
      next = answer.page().next();
    } while (next.isPresent());
    return String.join(" | ", pages);
  }

  @Test
  void pagesFollowEachOtherById() {
    for (String id : List.of("e", "b", "a", "d", "c")) {
      patient(id, "x", "");
    }
    assertThat(pages("Patient?_count=2")).isEqualTo("a b | c d | e");
    assertThat(pages("Patient?name=x&_count=2")).isEqualTo("a b | c d | e");
    assertThat(pages("Patient?_sort=-_id&_count=2")).isEqualTo("e d | c b | a");
    assertThat(pages("Patient?_sort=_id&_count=5")).isEqualTo("a b c d e");
  }

  @Test
  void pagesAreSorted() {
    patient("a", "Zeta", "1990");
    patient("b", "alpha", "1980-05-05");
    patient("c", "", "1985");
    patient("d", "Álpha", "");
    patient("e", "", "");
    assertThat(pages("Patient?_sort=family&_count=2")).isEqualTo("b d | a c | e");
    assertThat(pages("Patient?_sort=-family&_count=2")).isEqualTo("a d | b e | c");
    assertThat(pages("Patient?_sort=birthdate&_count=2")).isEqualTo("b c | a d | e");
    assertThat(pages("Patient?_sort=family,birthdate&_count=1")).isEqualTo("b | d | a | c | e");
    assertThat(pages("Patient?_sort=-birthdate&active=true&_count=3")).isEqualTo("a c b | e d");
  }

  @Test
  void whatHasManyValuesIsSortedByItsOuterOne() {
    put("Patient/a", "'name':[{'given':['M','B']}]");
    put("Patient/b", "'name':[{'given':['A','Z']}]");
    put("Patient/c", "'name':[{'given':['C']}]");
    assertThat(pages("Patient?_sort=given&_count=1")).isEqualTo("b | a | c");
    assertThat(pages("Patient?_sort=-given&_count=1")).isEqualTo("b | a | c");
  }

  @Test
  void aPageNamesTheSameAfterwards() {
    for (String id : List.of("a", "c", "e", "g")) {
      patient(id, "x", "2000");
    }
    SearchAnswer first = ask("Patient?name=x&_count=2");
    assertThat(ids(first.page().matches())).isEqualTo("a c");
    String second = "Patient?name=x&_count=2&_cursor=" + first.page().next().orElseThrow();
    assertThat(found(second)).isEqualTo("e g");
    patient("b", "x", "");
    patient("f", "x", "");
    patient("e", "x", "1999");
    assertThat(found(second)).as("what is new is not in it, what changed is").isEqualTo("e g");
    reopen();
    assertThat(found(second)).as("after a restart").isEqualTo("e g");
    write("Patient/e", "");
    assertThat(found(second)).isEqualTo("g");
    assertThat(found("Patient?name=x")).isEqualTo("a b c f g");
    assertThat(ask(second).page().total())
        .as("that of the first page")
        .isEqualTo(OptionalLong.of(4));
  }

  @Test
  void totalsAreTold() {
    for (int i = 0; i < 7; i++) {
      patient("p" + i, i < 3 ? "x" : "y", "");
    }
    assertThat(total("Patient?_count=2")).isEqualTo(OptionalLong.of(7));
    assertThat(total("Patient?name=x&_count=2")).isEqualTo(OptionalLong.of(3));
    assertThat(total("Patient?name=x&_total=none&_count=2")).isEmpty();
    assertThat(total("Patient?name=x&active=true&_total=accurate&_count=2"))
        .isEqualTo(OptionalLong.of(3));
    assertThat(total("Patient?name=x&_count=0")).isEqualTo(OptionalLong.of(3));
    assertThat(found("Patient?name=x&_count=0")).isEmpty();
  }

  private OptionalLong total(String url) {
    return ask(url).page().total();
  }

  @Test
  void linksThatAreNoneAreRefused() {
    patient("a", "x", "");
    for (String bad : List.of("nonsense", "e30", "eyJrIjoxfQ", "%F0%9F%98%80")) {
      assertThatThrownBy(() -> ask("Patient?_cursor=" + bad))
          .as(bad)
          .isInstanceOf(BadSearchException.class);
    }
  }

  @Test
  void unknownParametersAreIgnoredUnlessHandlingIsStrict() {
    patient("a", "x", "");
    SearchAnswer answer = ask("Patient?name=x&colour=blue&_sort=colour");
    assertThat(ids(answer.page().matches())).isEqualTo("a");
    assertThat(answer.ignored()).containsExactly("colour", "_sort=colour");
    assertThat(answer.used()).extracting(one -> one.name()).containsExactly("name", "_sort");
    assertThatThrownBy(() -> ask("Patient?colour=blue", true))
        .isInstanceOf(BadSearchException.class)
        .hasMessageContaining("colour");
    assertThatThrownBy(() -> ask("Patient?_list=blue"))
        .as("ignoring it would find too much")
        .isInstanceOf(BadSearchException.class);
    for (String bad : List.of("_count=many", "_total=perhaps", "_count=-1", "_contained=true")) {
      assertThatThrownBy(() -> ask("Patient?" + bad))
          .as(bad)
          .isInstanceOf(BadSearchException.class);
    }
  }

  @Test
  void severalTypesAreSearchedAtOnce() {
    patient("a", "x", "");
    patient("z", "x", "");
    put("Observation/b", "'meta':{'lastUpdated':'2020-01-01T00:00:00Z'}");
    put("Organization/c", "'meta':{'lastUpdated':'2019-01-01T00:00:00Z'}");
    assertThat(found("Patient,Observation?_id=a,b")).isEqualTo("b a");
    assertThat(found("")).isEqualTo("b c a z");
    assertThat(pages("?_count=3")).isEqualTo("b c a | z");
    assertThat(pages("?_sort=_lastUpdated&_count=1")).isEqualTo("c | b | a | z");
    assertThatThrownBy(() -> ask("Nothing?_id=1")).isInstanceOf(BadSearchException.class);
  }

  @Test
  void documentsThatAreNoResourcesAreNotFound() {
    write("notes", "{\"resourceType\":\"Patient\"}");
    write("Patient/b", "{\"resourceType\":\"Observation\"}");
    write("Patient/c", "{\"name\":\"x\"}");
    write("Plan/d", "{\"resourceType\":\"Plan\"}");
    write(
        "Patient/e",
        "{\"resourceType\":\"Patient\",\"name\":\"x\",\"birthDate\":7,\"active\":[[1]]}");
    assertThat(found("Patient?")).isEqualTo("e");
    assertThat(found("Patient?birthdate=7000")).isEmpty();
  }

  @Test
  void changesAreFoundAtOnce() {
    patient("a", "x", "");
    assertThat(found("Patient?name=x")).isEqualTo("a");
    patient("a", "y", "");
    assertThat(found("Patient?name=x")).isEmpty();
    assertThat(found("Patient?name=y")).isEqualTo("a");
    write("Patient/a", "");
    assertThat(found("Patient?")).isEmpty();
  }
}
