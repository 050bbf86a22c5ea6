package org.skerry.server.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.options.AriaRole;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The work-list, settling many, and the rules. */
class ConflictListIT extends ConflictCase {
  private static final String LIST = "Open conflicts, a row for each document";

  private static org.assertj.core.api.AbstractStringAssert<?> assertText(String text) {
    return org.assertj.core.api.Assertions.assertThat(text);
  }

  @Test
  void tenThousandConflictsAreAPageOfFifty() {
    admin("PUT", "/crowd", "");
    for (int i = 0; i < 10; i++) {
      write("crowd", many("note" + i, 1000));
    }
    patient("crowd", "Patient/1");
    List<String> asked = new ArrayList<>();
    page()
        .onRequest(
            request -> {
              if (!request.url().contains("/_utils/")) {
                asked.add(request.url());
              }
            });
    signIn("/conflicts");
    assertThat(table("Conflicts by database")).containsText("crowd");
    assertThat(page().getByText("10,001").first()).isVisible();
    inspect("conflicts-everywhere");
    link("crowd").click();
    assertThat(page().getByText("10,001 conflicts wait")).isVisible();
    assertThat(page().getByText("still looking")).isHidden();
    assertThat(table(LIST).getByRole(AriaRole.ROW)).hasCount(51);
    inspect("conflicts-list");
    asked.clear();
    button("Next").click();
    assertThat(page().getByText("51 to 100 of 10,001")).isVisible();
    assertThat(table(LIST).getByRole(AriaRole.ROW)).hasCount(51);
    org.assertj.core.api.Assertions.assertThat(asked).hasSize(1);
    button("Back").click();
    assertThat(page().getByText("1 to 50 of 10,001")).isVisible();
    asked.clear();
    field("Kind").selectOption("Patient");
    assertThat(page().getByText("1 conflict waits")).isVisible();
    assertThat(table(LIST).getByRole(AriaRole.ROW)).hasCount(2);
    org.assertj.core.api.Assertions.assertThat(asked).hasSize(1);
    field("Age").selectOption("86400");
    assertThat(page().getByText("No conflict matches")).isVisible();
    inspect("conflicts-none");
    button("Show all conflicts").click();
    assertThat(page().getByText("1 to 50 of 10,001")).isVisible();
  }

  @Test
  void manyOfOnePatternAreSettledAtOnce() {
    admin("PUT", "/bulk", "");
    write("bulk", many("note", 230));
    patient("bulk", "Patient/1");
    signIn("/databases/bulk/conflicts");
    table(LIST).getByRole(AriaRole.BUTTON).filter(named()).first().click();
    assertThat(page().getByText("230 conflicts wait")).isVisible();
    link("Settle many at once").click();
    assertThat(heading("230 conflicts wait")).isVisible();
    assertThat(page().getByText("and 225 others")).isVisible();
    inspect("conflicts-many");
    button("Show first").click();
    assertThat(heading("What would be settled")).isFocused();
    assertThat(page().getByText("230 conflicts would be settled.")).isVisible();
    assertThat(table("What would be settled").getByRole(AriaRole.ROW)).hasCount(21);
    assertThat(table("What would be settled")).containsText("Name: winner");
    inspect("conflicts-many-plan");
    assertText(admin("GET", "/bulk/_conflicts", "")).contains("\"total\":231");
    button("Settle 230").click();
    assertThat(page().getByText("230 conflicts are settled.").first()).isVisible();
    inspect("conflicts-many-done");
    assertText(admin("GET", "/bulk/_conflicts", "")).contains("\"total\":1");
    assertText(admin("GET", "/bulk/note%2F00007", "")).contains("winner");
  }

  private static com.microsoft.playwright.Locator.FilterOptions named() {
    return new com.microsoft.playwright.Locator.FilterOptions()
        .setHasText(Pattern.compile("^Name$"));
  }

  @Test
  void whatARuleDoesNotDecideStaysOpenAndIsNamed() {
    admin("PUT", "/rest", "");
    write("rest", many("note", 3));
    signIn("/databases/rest/conflicts/many");
    page().getByText("Another rule, as JSON").click();
    field("Rule").fill("{\"method\": \"merge\", \"members\": {}}");
    inspect("conflicts-many-json");
    button("Show first").click();
    assertThat(page().getByText("0 conflicts would be settled.")).isVisible();
    assertThat(page().getByText("3 would stay open:")).isVisible();
    inspect("conflicts-many-plan-open");
    button("Settle 3").click();
    assertThat(page().getByText("3 stay open:")).isVisible();
    assertThat(link("note/00001").first()).isVisible();
    inspect("conflicts-many-refused");
  }

  @Test
  void rulesAreWrittenByFormAndByJson() {
    admin("PUT", "/ruled", "");
    patient("ruled", "Patient/1");
    signIn("/databases/ruled/conflicts/rules");
    assertThat(page().getByText("There is no rule")).isVisible();
    button("Add a rule").click();
    field("Name").fill("patients");
    field("FHIR types").fill("Patient");
    button("Add a member").click();
    field("Member").fill("/telecom");
    page().getByLabel("What decides").last().selectOption("winner");
    inspect("rules");
    button("Save the rules").click();
    assertThat(page().getByText("The rules are saved.")).isVisible();
    assertText(admin("GET", "/ruled/_conflict_policy", "")).contains("\"/telecom\":\"winner\"");
    button("JSON").click();
    field("Rules").fill("[{\"name\": \"x\", \"type\": \"A\", \"method\": \"never\"}]");
    button("Save the rules").click();
    assertThat(page().getByText("unknown method")).isVisible();
    inspect("rules-refused");
    field("Rules").fill("[{\"name\": \"x\", \"type\": \"A\", \"method\": \"winner\"}]");
    button("Save the rules").click();
    assertThat(page().getByText("The rules are saved.").last()).isVisible();
    assertText(admin("GET", "/ruled/_conflict_policy", "")).contains("\"method\":\"winner\"");
    page().reload();
    assertThat(field("Name")).hasValue("x");
  }

  @Test
  void settlingManyIsCancelledBetweenTwoPages() {
    admin("PUT", "/long", "");
    write("long", many("note", 250));
    signIn("/databases/long/conflicts/many");
    List<com.microsoft.playwright.Route> held = new ArrayList<>();
    List<String> sent = new ArrayList<>();
    page()
        .route(
            "**/_conflicts/_settle",
            route -> {
              sent.add(route.request().url());
              if (sent.size() == 1) {
                route.resume();
              } else {
                held.add(route);
              }
            });
    button("Settle 250").click();
    assertThat(page().getByText("40 %")).isVisible();
    button("Cancel: Settling conflicts of long").click();
    assertThat(page().getByText("Then it was cancelled.")).isVisible();
    assertThat(page().getByText("100 conflicts are settled.").first()).isVisible();
    assertThat(heading("150 conflicts wait")).isVisible();
    held.forEach(com.microsoft.playwright.Route::abort);
    assertText(admin("GET", "/long/_conflicts?limit=1", "")).contains("\"total\":150");
  }

  @Test
  void whoIsNoAdministratorSeesTheConflictsOfDatabasesThatWereOpened() {
    admin(
        "PUT",
        "/_users/org.couchdb.user:ada",
        "{\"name\":\"ada\",\"password\":\"a long word\",\"roles\":[],\"type\":\"user\"}");
    admin("PUT", "/ward", "");
    admin("PUT", "/ward/_security", "{\"members\":{\"names\":[\"ada\"]}}");
    write("ward", many("note", 2));
    signIn("/conflicts", "ada", "a long word");
    assertThat(page().getByText("No conflict waits")).isVisible();
    go("/databases/ward/conflicts");
    link("note/00000").click();
    choice("Name", "Version B").check();
    button("Settle").click();
    assertThat(heading("The conflict is settled")).isVisible();
    link("Next: note/00001").click();
    assertThat(heading("note/00001")).isVisible();
    go("/databases/ward/conflicts/settled");
    assertThat(table("Settlements, the newest first")).containsText("ada");
    go("/conflicts");
    assertThat(table("Conflicts by database")).containsText("ward");
    inspect("conflicts-opened");
    go("/databases/ward/conflicts/rules");
    button("Add a rule").click();
    field("FHIR types").fill("Patient");
    button("Save the rules").click();
    assertThat(page().getByText("Your user may not do this.")).isVisible();
    assertText(admin("GET", "/ward/_conflict_policy", "")).contains("[]");
  }

  @Test
  void theDeskSpeaksFrenchAndSpanish() {
    admin("PUT", "/tongues", "");
    patient("tongues", "Patient/1");
    signIn("/databases/tongues/documents/Patient%2F1/conflict");
    field("Language").selectOption("fr");
    assertThat(page().getByText("Date de naissance").first()).isVisible();
    inspect("conflict-fr");
    field("Langue").selectOption("es");
    assertThat(page().getByText("Fecha de nacimiento").first()).isVisible();
  }
}
