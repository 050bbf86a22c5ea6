package org.skerry.fhir.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.skerry.document.DocId;
import org.skerry.fhir.search.query.BadSearchException;
import org.skerry.fhir.search.query.QueryParameter;

/** What conditional interactions find, for which nobody waits for the index. */
class MatchesTest extends SearchCase {
  private static final int MANY = 1_000;

  private static final List<QueryParameter> QUERIES =
      List.of(
          new QueryParameter("identifier", "urn:s|1"),
          new QueryParameter("identifier:not", "urn:s|1"),
          new QueryParameter("family", "ok"),
          new QueryParameter("family", "ok,ra"),
          new QueryParameter("gender:missing", "true"),
          new QueryParameter("_id", "1,2,3"),
          new QueryParameter("birthdate", "ge1970"),
          new QueryParameter("general-practitioner.family", "ok"));

  private List<DocId> matches(QueryParameter... query) {
    return search.of(database).matches("Patient", List.of(query), Optional.empty(), MANY);
  }

  private List<DocId> followed(QueryParameter... query) {
    search.of(database).catchUp();
    return matches(query);
  }

  private void change(SplittableRandom random) {
    String id = "Patient/" + random.nextInt(6);
    if (random.nextInt(5) == 0) {
      write(id, "{\"resourceType\":\"Observation\"}");
    } else if (random.nextInt(4) == 0) {
      write("Practitioner/1", "{\"resourceType\":\"Practitioner\",\"name\":[{\"family\":\"Ok\"}]}");
    } else {
      String gender = random.nextBoolean() ? "'gender':'female'," : "";
      put(
          id,
          gender
              + ("'identifier':[{'system':'urn:s','value':'" + random.nextInt(3) + "'}],")
              + ("'birthDate':'" + (1968 + random.nextInt(4)) + "-01-01',")
              + "'generalPractitioner':[{'reference':'Practitioner/1'}],"
              + ("'name':[{'family':'" + (random.nextBoolean() ? "Okafor" : "Rahman") + "'}]"));
    }
  }

  @Test
  void whatTheIndexLacksIsFoundAsIfItHadFollowed(SplittableRandom random) {
    for (int i = 0; i < 60; i++) {
      // Sometimes more than is looked at one by one.
      int changes = random.nextInt(8) == 0 ? 40 : random.nextInt(6);
      IntStream.range(0, changes).forEach(change -> change(random));
      QueryParameter one = QUERIES.get(random.nextInt(QUERIES.size()));
      QueryParameter other = QUERIES.get(random.nextInt(QUERIES.size()));
      List<DocId> found = matches(one, other);
      assertThat(found).as(one + " " + other).isEqualTo(followed(one, other));
    }
  }

  @Test
  void noMoreAreToldThanAreWanted() {
    for (int i = 0; i < 5; i++) {
      put("Patient/" + i, "'active':true");
      QueryParameter active = new QueryParameter("active", "true");
      assertThat(search.of(database).matches("Patient", List.of(active), Optional.empty(), 2))
          .hasSize(Math.min(i + 1, 2));
    }
  }

  @Test
  void whatIsGoneIsNotFoundThoughTheIndexStillHasIt() {
    QueryParameter active = new QueryParameter("active", "true");
    put("Patient/1", "'active':true");
    put("Patient/2", "'active':true");
    assertThat(followed(active)).hasSize(2);
    write("Patient/1", "");
    put("Patient/2", "'active':false");
    assertThat(matches(active)).isEmpty();
  }

  @Test
  void aConditionIsNeeded() {
    assertThatThrownBy(this::matches).isInstanceOf(BadSearchException.class);
  }
}
