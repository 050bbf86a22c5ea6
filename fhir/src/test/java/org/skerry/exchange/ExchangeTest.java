package org.skerry.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.skerry.testing.Seeded;

/** Two nodes that are no replicas: a clinic that pulls from a centre and pushes to it. */
@ExtendWith(Seeded.class)
@Timeout(600)
class ExchangeTest extends ExchangeCase {
  @Test
  void whatThePartnerHasArrives() {
    centre.publish("Patient");
    for (int i = 0; i < 20; i++) {
      centre.put("Patient/p" + i, family("F" + i) + ",\"multipleBirthInteger\":" + i);
    }
    Runner runner = clinic.partner(centre, "pull", "Patient");
    assertRuns(runner);
    assertThat(clinic.contents()).hasSize(20);
    assertThat(clinic.contents().equals(centre.contents())).isTrue();
    assertThat(clinic.messages("?limit=100")).hasSize(20);
    assertRuns(runner);
    assertThat(clinic.messages("?limit=100")).as("nothing is new").hasSize(20);
  }

  @Test
  void digitsAndPrimitiveExtensionsArriveAsTheyWere() {
    centre.publish("Observation");
    centre.put(
        "Observation/o",
        "\"status\":\"final\",\"code\":{\"text\":\"x\"},\"valueQuantity\":{\"value\":1.50},"
            + "\"_issued\":{\"extension\":[{\"url\":\"http://x\",\"valueDecimal\":2.0}]}");
    assertRuns(clinic.partner(centre, "pull", "Observation"));
    String there = clinic.send("GET", "/fhir/clinic/Observation/o", "").body();
    assertThat(there).contains("\"value\":1.50").contains("\"_issued\"").contains("2.0");
  }

  @Test
  void changesAndDeletionsFollow() {
    centre.publish("Patient");
    centre.put("Patient/1", family("Okafor"));
    centre.put("Patient/2", family("Rahman"));
    Runner runner = clinic.partner(centre, "pull", "Patient");
    assertRuns(runner);
    centre.put("Patient/1", family("Castillo"));
    centre.delete("Patient/2");
    assertRuns(runner);
    assertThat(familyOf(clinic, "Patient/1")).isEqualTo("Castillo");
    assertThat(clinic.contents()).containsOnlyKeys("Patient/1");
    assertThat(clinic.versions("Patient/1")).isEqualTo(1);
    centre.put("Patient/2", family("Back"));
    assertRuns(runner);
    assertThat(familyOf(clinic, "Patient/2")).isEqualTo("Back");
  }

  @Test
  void bothSidesEditedIsAConflictAndNothingIsLost() {
    centre.publish("Patient");
    centre.put("Patient/1", family("Okafor"));
    Runner runner = clinic.partner(centre, "pull push", "Patient");
    assertRuns(runner);
    centre.put("Patient/1", family("Centre"));
    clinic.put("Patient/1", family("Clinic"));
    assertRuns(runner);
    assertThat(clinic.versions("Patient/1")).isEqualTo(2);
    assertThat(familyOf(centre, "Patient/1")).as("not overwritten").isEqualTo("Centre");
    assertThat(clinic.messages("").get(0).path("conflict").path("id").asString())
        .isEqualTo("Patient/1");
    assertRuns(runner);
    assertThat(familyOf(centre, "Patient/1")).as("waits until settled").isEqualTo("Centre");
    assertThat(clinic.versions("Patient/1")).isEqualTo(2);
  }

  @Test
  void aSettledConflictGoesToThePartner() {
    centre.publish("Patient");
    centre.put("Patient/1", family("Okafor"));
    Runner runner = clinic.partner(centre, "pull push", "Patient");
    assertRuns(runner);
    centre.put("Patient/1", family("Centre"));
    clinic.put("Patient/1", family("Clinic"));
    assertRuns(runner);
    String losing =
        clinic
            .expect("GET", "/clinic/Patient%2F1?conflicts=true", "")
            .path("_conflicts")
            .path(0)
            .asString();
    clinic.expect("DELETE", "/clinic/Patient%2F1?rev=" + losing, "");
    clinic.put("Patient/1", family("Both"));
    assertRuns(runner);
    assertThat(familyOf(centre, "Patient/1")).isEqualTo("Both");
    assertThat(centre.versions("Patient/1")).isEqualTo(1);
    assertRuns(runner);
    assertThat(clinic.versions("Patient/1")).isEqualTo(1);
  }

  @Test
  void aDeletionThereLeavesWhatWasChangedHere() {
    centre.publish("Patient");
    centre.put("Patient/1", family("Okafor"));
    Runner runner = clinic.partner(centre, "pull", "Patient");
    assertRuns(runner);
    clinic.put("Patient/1", family("Clinic"));
    centre.delete("Patient/1");
    assertRuns(runner);
    assertThat(familyOf(clinic, "Patient/1")).isEqualTo("Clinic");
    assertThat(clinic.messages("").get(0).path("details").asString()).contains("it stays");
  }

  @Test
  void theSameRecordOnBothSidesIsNeverOverwritten() {
    centre.publish("Patient");
    centre.put("Patient/same", family("Okafor"));
    clinic.put("Patient/same", family("Okafor"));
    centre.put("Patient/other", family("Centre"));
    clinic.put("Patient/other", family("Clinic"));
    assertRuns(clinic.partner(centre, "pull push", "Patient"));
    assertThat(clinic.versions("Patient/same")).isEqualTo(1);
    assertThat(clinic.versions("Patient/other")).isEqualTo(2);
    assertThat(familyOf(centre, "Patient/other")).isEqualTo("Centre");
  }

  @Test
  void whatChangesHereGoesThereAndDoesNotComeBack() {
    centre.publish("Patient");
    Runner runner = clinic.partner(centre, "push pull", "Patient");
    clinic.put("Patient/1", family("Okafor"));
    clinic.put("Observation/1", "\"status\":\"final\",\"code\":{\"text\":\"x\"}");
    assertRuns(runner);
    assertThat(centre.contents()).containsOnlyKeys("Patient/1");
    clinic.put("Patient/1", family("Castillo"));
    assertRuns(runner);
    assertThat(familyOf(centre, "Patient/1")).isEqualTo("Castillo");
    clinic.delete("Patient/1");
    assertRuns(runner);
    assertThat(centre.contents()).isEmpty();
    int messages = clinic.messages("?limit=100").size();
    assertRuns(runner);
    assertThat(clinic.messages("?limit=100")).as("no echo").hasSize(messages).hasSize(3);
  }

  @Test
  void aPushAgainstAnotherVersionBecomesAConflictHere() {
    centre.publish("Patient");
    centre.put("Patient/1", family("Okafor"));
    assertRuns(clinic.partner(centre, "pull", "Patient"));
    centre.put("Patient/1", family("Centre"));
    clinic.put("Patient/1", family("Clinic"));
    assertRuns(clinic.partner(centre, "push", "Patient"));
    assertThat(familyOf(centre, "Patient/1")).isEqualTo("Centre");
    assertThat(clinic.versions("Patient/1")).isEqualTo(2);
  }

  @Test
  void aPartnerThatIsDownMovesNothing() {
    centre.publish("Patient");
    for (int i = 0; i < 20; i++) {
      centre.put("Patient/p" + i, family("F" + i));
    }
    Runner runner = clinic.partner(centre, "pull", "Patient");
    centre.breaks(() -> true);
    assertThat(runner.runOnce().error()).isPresent();
    assertThat(clinic.contents()).isEmpty();
    assertThat(runner.letters()).isEmpty();
    centre.breaks(() -> false);
    assertRuns(runner);
    assertThat(clinic.contents()).hasSize(20);
  }

  @Test
  void interruptedAtRandomTheEndsAreEqual(SplittableRandom random) {
    centre.publish("Patient", "Observation");
    for (int i = 0; i < 60; i++) {
      centre.put("Patient/c" + i, family("F" + i));
      centre.put(
          "Observation/c" + i,
          "\"status\":\"final\",\"code\":{\"text\":\"x\"},\"subject\":{\"reference\":\"Patient/c"
              + i
              + "\"}");
      clinic.put("Patient/k" + i, family("G" + i));
    }
    Runner runner = clinic.partner(centre, "pull push", "Patient", "Observation");
    for (int i = 0; i < 10; i++) {
      // At first there are eighteen pages to read, with a batch of records each. A run that has
      // little to do still asks for two pages, a change there, and sends one.
      int left = i < 4 ? 2 + random.nextInt(6) : random.nextInt(4);
      int[] requests = {0};
      centre.breaks(() -> requests[0]++ == left);
      assertThat(runner.runOnce().error()).as("break " + i).isPresent();
      centre.breaks(() -> false);
      centre.put("Patient/c" + random.nextInt(60), family("H" + i));
      clinic.put("Patient/k" + random.nextInt(60), family("I" + i));
    }
    assertRuns(runner);
    assertRuns(runner);
    assertThat(clinic.contents().keySet()).hasSize(180);
    for (String id : centre.contents().keySet()) {
      assertThat(clinic.contents().get(id)).as(id).isEqualTo(centre.contents().get(id));
    }
    assertThat(runner.letters()).isEmpty();
    clinic.contents().keySet().forEach(id -> assertThat(clinic.versions(id)).isEqualTo(1));
  }

  @Test
  void aPoisonedRecordIsSetAsideAndOthersPass() {
    centre.publish("Patient");
    centre.put("Patient/1", family("Okafor"));
    centre.expect(
        "PUT", "/clinic/Patient%2F2", "{\"resourceType\":\"Patient\",\"id\":\"another\"}");
    centre.put("Patient/3", family("Rahman"));
    Runner runner = clinic.partner(centre, "pull", "Patient");
    assertRuns(runner);
    assertThat(clinic.contents()).containsOnlyKeys("Patient/1", "Patient/3");
    assertThat(runner.letters()).hasSize(1);
    assertThat(runner.letters().getFirst().next()).isPresent();
    assertThat(clinic.messages("?status=failure")).hasSize(1);
    for (int i = 0; i < 3; i++) {
      runner.retry(Set.of());
    }
    Letter dead = runner.letters().getFirst();
    assertThat(dead.attempts()).isEqualTo(4);
    assertThat(dead.next()).as("lies until somebody asks").isEmpty();
    centre.expect(
        "PUT",
        "/clinic/Patient%2F2?rev="
            + centre.expect("GET", "/clinic/Patient%2F2", "").path("_rev").asString(),
        "{\"resourceType\":\"Patient\",\"id\":\"2\"}");
    runner.retry(Set.of("Patient/2"));
    assertThat(clinic.contents()).hasSize(3);
    assertThat(runner.letters()).isEmpty();
  }

  @Test
  void aRecordWaitsForWhatItRefersTo() {
    centre.publish("Observation", "Patient");
    Runner runner = clinic.partner(centre, "pull", "Observation", "Patient");
    String subject =
        "\"status\":\"final\",\"code\":{\"text\":\"x\"},\"subject\":{\"reference\":\"Patient/";
    centre.put("Observation/1", subject + "1\"}");
    assertRuns(runner);
    assertThat(clinic.contents()).isEmpty();
    assertThat(runner.letters()).extracting(Letter::waitsFor).allMatch(Optional::isPresent);
    centre.put("Patient/1", family("Okafor"));
    assertRuns(runner);
    assertThat(clinic.contents()).containsOnlyKeys("Patient/1", "Observation/1");
    assertThat(runner.letters()).isEmpty();
    centre.put("Observation/2", subject + "nobody\"}");
    assertRuns(runner);
    assertThat(clinic.contents()).doesNotContainKey("Observation/2");
    for (int i = 0; i < 3; i++) {
      runner.retry(Set.of());
    }
    assertThat(clinic.contents()).as("not withheld for ever").containsKey("Observation/2");
  }

  @Test
  void whatAGuardRefusesIsSetAside() {
    centre.publish("Patient");
    centre.put("Patient/1", family("Okafor"));
    clinic.expect(
        "PUT",
        "/clinic/_design/rules",
        "{\"validate_doc_update\":\"function (doc) { if (doc.resourceType) throw({forbidden:"
            + " 'not here'}) }\"}");
    Runner runner = clinic.partner(centre, "pull", "Patient");
    assertRuns(runner);
    assertThat(runner.letters()).extracting(Letter::problem).containsExactly("not here");
  }

  @Test
  void attachmentsStayWhenThePartnerChangesTheRecord() {
    centre.publish("Patient");
    centre.put("Patient/1", family("Okafor"));
    Runner runner = clinic.partner(centre, "pull push", "Patient");
    assertRuns(runner);
    String rev = clinic.expect("GET", "/clinic/Patient%2F1", "").path("_rev").asString();
    clinic.expect("PUT", "/clinic/Patient%2F1/note.txt?rev=" + rev, "hello");
    assertRuns(runner);
    centre.put("Patient/1", family("Castillo"));
    assertRuns(runner);
    assertThat(familyOf(clinic, "Patient/1")).isEqualTo("Castillo");
    assertThat(clinic.send("GET", "/clinic/Patient%2F1/note.txt", "").body()).isEqualTo("hello");
  }

  @Test
  void twoClinicsThatTakeTheSameVersionMakeTheSameRevision() {
    centre.publish("Patient");
    centre.put("Patient/1", family("Okafor"));
    assertRuns(clinic.partner(centre, "pull", "Patient"));
    try (Site other = new Site()) {
      assertRuns(other.partner(centre, "pull", "Patient"));
      assertThat(
              List.of(
                  clinic.expect("GET", "/clinic/Patient%2F1", "").path("_rev").asString(),
                  other.expect("GET", "/clinic/Patient%2F1", "").path("_rev").asString()))
          .containsOnly(clinic.expect("GET", "/clinic/Patient%2F1", "").path("_rev").asString());
    }
  }

  private static String document(String data) {
    return "\"status\":\"current\",\"content\":[{\"attachment\":{\"data\":\"" + data + "\"}}]";
  }

  private static String dataOf(Site site, String id) {
    return site.get(id).path("content").path(0).path("attachment").path("data").asString();
  }

  @Test
  void dataOfDocumentsGoBothWaysWhoeverKeepsThemBesideTheResource() {
    centre.publish("DocumentReference");
    String first = "AAAA".repeat(2_000);
    String second = "BBBB".repeat(2_000);
    centre.put("DocumentReference/1", document(first));
    centre.put("DocumentReference/2", document(second));
    Runner runner = clinic.partner(centre, "pull push", "DocumentReference");
    assertRuns(runner);
    assertThat(dataOf(clinic, "DocumentReference/1")).isEqualTo(first);
    assertThat(dataOf(clinic, "DocumentReference/2")).isEqualTo(second);
    assertThat(clinic.contents().toString()).doesNotContain("AAAA").contains("attached-data");
    assertThat(clinic.contents().equals(centre.contents())).isTrue();
    clinic.put("DocumentReference/1", document("CCCC".repeat(2_000)));
    assertRuns(runner);
    assertThat(dataOf(centre, "DocumentReference/1")).isEqualTo("CCCC".repeat(2_000));
    assertRuns(runner);
    assertThat(clinic.versions("DocumentReference/1")).isEqualTo(1);
    assertThat(clinic.messages("?limit=100")).as("two came, one went, no echo").hasSize(3);
  }
}
