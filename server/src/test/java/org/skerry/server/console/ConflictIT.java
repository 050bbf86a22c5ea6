package org.skerry.server.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.skerry.server.Node;

/** One conflict at the desk: seen, understood, settled, undone. */
class ConflictIT extends ConflictCase {
  @BeforeAll
  void makeDatabase() {
    admin("PUT", "/desk", "");
  }

  private static org.assertj.core.api.AbstractStringAssert<?> assertText(String text) {
    return org.assertj.core.api.Assertions.assertThat(text);
  }

  private void replicate(Node from, Node to) {
    String end =
        "{\"url\":\"%s\",\"auth\":{\"basic\":{\"username\":\"admin\",\"password\":\"%s\"}}}";
    ask(
        node(),
        "POST",
        "/_replicate",
        "{\"source\":%s,\"target\":%s}"
            .formatted(
                end.formatted(from.url() + "/shared", PASSWORD),
                end.formatted(to.url() + "/shared", PASSWORD)));
  }

  private static String edited(String answer, String from, String to) {
    return answer.replace(from, to);
  }

  @Test
  void whatTwoNodesChangedIsSettledByMembersAndSettledOnTheOtherToo() throws Exception {
    try (Node there = startNode("there")) {
      admin("PUT", "/shared", "");
      ask(there, "PUT", "/shared", "");
      String path = "/shared/Patient%2F7";
      admin("PUT", path, PATIENT.formatted("555-1000", "Lagos"));
      replicate(node(), there);
      String doc = admin("GET", path, "");
      admin("PUT", path, edited(edited(doc, "Ann", "Anna"), "555-1000", "555-2000"));
      ask(there, "PUT", path, edited(edited(doc, "Lagos", "Abuja"), "555-1000", "555-3000"));
      replicate(there, node());
      replicate(node(), there);

      signIn("/databases/shared/conflicts");
      assertThat(table("Open conflicts, a row for each document").getByRole(AriaRole.ROW))
          .hasCount(2);
      link("Patient/7").click();
      assertThat(table("The versions side by side")).containsText("Birth date");
      // Whichever wins: the person takes the number that the other node had.
      choice("Telephone, mail", "555-3000").check();
      button("Settle").click();
      assertThat(heading("The conflict is settled")).isFocused();
      assertText(admin("GET", path + "?conflicts=true", ""))
          .contains("555-3000", "Abuja", "Anna")
          .doesNotContain("_conflicts");
      replicate(node(), there);
      assertText(ask(there, "GET", path + "?conflicts=true", ""))
          .contains("555-3000", "Abuja", "Anna")
          .doesNotContain("_conflicts");
    }
  }

  @Test
  void aPatientIsShownAsAPatientAndEditedAsJson() {
    patient("desk", "Patient/1");
    signIn("/databases/desk/documents/Patient%2F1");
    link("Settle the conflict").click();
    assertThat(table("The versions side by side")).containsText("Ann Okafor");
    assertThat(table("The versions side by side")).containsText("3 Hill Road, Abuja, NG");
    assertThat(table("The versions side by side")).containsText("female");
    inspect("conflict");
    button("JSON").first().click();
    assertThat(page().getByText("\"555-2000\"").first()).isVisible();
    inspect("conflict-json");
    button("Settle: 1 decision missing").click(new Locator.ClickOptions().setForce(true));
    assertThat(page().getByText("still needs your decision")).isVisible();
    inspect("conflict-undecided");
    button("Edit as JSON").click();
    field("Content of the document").fill("{\"resourceType\": \"Patient\", \"weight\": 61.50,}");
    button("Settle: 1 decision missing").click(new Locator.ClickOptions().setForce(true));
    assertThat(page().getByText("Line 1, column")).isVisible();
    field("Content of the document").fill("{\"resourceType\": \"Patient\", \"weight\": 61.50}");
    inspect("conflict-edit");
    button("Settle").click();
    assertThat(heading("The conflict is settled")).isVisible();
    inspect("conflict-settled");
    assertText(admin("GET", "/desk/Patient%2F1?conflicts=true", ""))
        .contains("61.50")
        .doesNotContain("_conflicts", "Okafor");
  }

  @Test
  void whatNobodyDecidedIsNamedAndNothingIsTakenSilently() {
    patient("desk", "Patient/4");
    signIn("/databases/desk/documents/Patient%2F4/conflict");
    Locator settle = button("Settle: 1 decision missing");
    assertThat(settle).hasAttribute("aria-disabled", "true");
    assertThat(settle).hasAccessibleDescription("Still to decide: Telephone, mail");
    assertThat(
            page().locator(".readable dt").filter(new Locator.FilterOptions().setHasText("decide")))
        .containsText("Telephone, mail");
    // With the keyboard: Enter settles nothing and leads to what is missing.
    field("Comment").press("Enter");
    assertThat(choice("Telephone, mail", "Version A")).isFocused();
    assertThat(page().getByText("still needs your decision")).isVisible();
    field("Comment").focus();
    page().getByRole(AriaRole.BUTTON, named("Telephone, mail")).press("Enter");
    assertThat(choice("Telephone, mail", "Version A")).isFocused();

    button("Edit as JSON").press("Enter");
    Locator sure = page().getByRole(AriaRole.CHECKBOX, named("Telephone, mail: as in the text"));
    assertThat(sure).not().isChecked();
    field("Comment").press("Enter");
    assertThat(sure).isFocused();
    inspect("conflict-unconfirmed");
    field("Content of the document")
        .fill(field("Content of the document").inputValue().replace("555-2000", "555-4000"));
    assertThat(sure).isChecked();
    assertThat(button("Settle")).isVisible();
    field("Content of the document")
        .fill(field("Content of the document").inputValue().replace("555-4000", "555-2000"));
    assertThat(sure).not().isChecked();
    sure.press("Space");
    button("Settle").press("Enter");
    assertThat(heading("The conflict is settled")).isFocused();
    assertText(admin("GET", "/desk/Patient%2F4?conflicts=true", ""))
        .contains("555-2000")
        .doesNotContain("_conflicts");
  }

  @Test
  void anObservationIsShownAsAValueWithItsUnit() {
    String weight =
        """
        {"resourceType":"Observation","status":"final","effectiveDateTime":"2026-11-26T08:00:00Z",
         "subject":{"reference":"Patient/1","display":"Ann Okafor"},
         "code":{"text":"Body weight","coding":[{"system":"http://loinc.org","code":"29463-7"}]},
         "valueQuantity":{"value":%s,"unit":"kg"}}\
        """;
    write(
        "desk",
        conflict(
            "Observation/1",
            weight.formatted("60"),
            weight.formatted("61.50"),
            weight.formatted("62")));
    signIn("/databases/desk/documents/Observation%2F1/conflict");
    assertThat(table("The versions side by side")).containsText("61.50 kg");
    assertThat(table("The versions side by side")).containsText("Body weight");
    inspect("conflict-observation");
    choice("Value › value", "61.50 kg").check();
    button("Settle").click();
    assertThat(heading("The conflict is settled")).isVisible();
    assertText(admin("GET", "/desk/Observation%2F1", "")).contains("61.50");
  }

  @Test
  void aConflictIsSettledAndOpenedAgainWithTheKeyboardAlone() {
    patient("desk", "Patient/2");
    signIn("/databases/desk/documents/Patient%2F2/conflict");
    choice("Telephone, mail", "Version A").focus();
    page().keyboard().press("Space");
    assertThat(choice("Telephone, mail", "Version A")).isChecked();
    page().keyboard().press("ArrowRight");
    assertThat(choice("Telephone, mail", "Version B")).isChecked();
    page().keyboard().press("Tab");
    page().keyboard().press("Tab");
    page().keyboard().press("Tab");
    page().keyboard().press("Tab");
    assertThat(choice("Address", "proposed")).isFocused();
    field("Comment").focus();
    page().keyboard().type("asked her");
    page().keyboard().press("Enter");
    assertThat(heading("The conflict is settled")).isFocused();
    button("Undo …").focus();
    page().keyboard().press("Enter");
    inspect("undo");
    dialog().getByLabel("Comment").focus();
    page().keyboard().type("wrong number");
    page().keyboard().press("Enter");
    assertThat(page().getByText("Patient/2 is in conflict again.").first()).isVisible();
    assertThat(page().getByText("Somebody undid a settlement of this document")).isVisible();
    go("/databases/desk/conflicts/settled?doc=Patient%2F2");
    assertThat(page().getByText("undone")).isVisible();
    inspect("settlements");
    button("Patient/2").click();
    assertThat(dialog()).containsText("asked her");
    assertThat(dialog()).containsText("wrong number");
    button("What it said").first().click();
    assertThat(dialog()).containsText("Okafor");
    inspect("settlement");
  }

  @Test
  void anotherVersionThatArrivesMeanwhileIsSaidAndNothingIsWritten() {
    patient("desk", "Patient/3");
    signIn("/databases/desk/documents/Patient%2F3/conflict");
    button("All from Version A").click();
    admin(
        "POST",
        "/desk/_bulk_docs",
        "{\"new_edits\":false,\"docs\":[{\"_id\":\"Patient/3\",\"_rev\":\"2-%s\",\"_revisions\":{\"start\":2,\"ids\":[\"%s\",\"%s\"]},\"resourceType\":\"Patient\",\"third\":true}]}"
            .formatted(hash("d"), hash("d"), hash("a")));
    button("Settle").click();
    assertThat(page().getByText("Another version arrived meanwhile. Nothing was written."))
        .isVisible();
    assertThat(page().getByText("3 versions")).isVisible();
    inspect("conflict-overtaken");
    button("All from Version B").click();
    button("Settle").click();
    assertThat(heading("The conflict is settled")).isVisible();
  }

  @Test
  void whatARuleProposesIsSaidAndWhatItLeavesToAPersonIsSettledAsProposed() {
    admin("PUT", "/byrule", "");
    admin(
        "PUT",
        "/byrule/_conflict_policy",
        "{\"rules\":[{\"name\":\"by hand\",\"type\":\"Patient\",\"method\":\"manual\"}]}");
    write(
        "byrule",
        conflict(
            "Patient/1",
            PATIENT.formatted("555-1000", "Lagos"),
            PATIENT.formatted("555-2000", "Lagos"),
            PATIENT.formatted("555-1000", "Abuja")));
    signIn("/databases/byrule/conflicts");
    assertThat(page().getByText("The whole document")).isVisible();
    link("Patient/1").click();
    assertThat(page().getByText("Proposed by the rule “by hand”")).isVisible();
    button("Settle").click();
    assertThat(heading("The conflict is settled")).isVisible();
    assertText(admin("GET", "/byrule/Patient%2F1?conflicts=true", ""))
        .contains("555-2000", "Abuja")
        .doesNotContain("_conflicts");
  }

  @Test
  void ofVeryManyVersionsOneIsTakenFromTheirPages() {
    write(
        "desk",
        IntStream.range(0, 70)
            .mapToObj(
                i -> "{\"_id\":\"crowded\",\"_rev\":\"1-%032x\",\"n\":%d}".formatted(i + 1, i))
            .collect(Collectors.joining(",")));
    signIn("/databases/desk/documents/crowded/conflict");
    assertThat(page().getByText("70 versions are too many to be compared")).isVisible();
    assertThat(page().getByText("Versions 1 to 64 of 70")).isVisible();
    button("Settle").click(new Locator.ClickOptions().setForce(true));
    assertThat(page().getByRole(AriaRole.ALERT).first()).containsText("Choose a version");
    button("Next").press("Enter");
    assertThat(page().getByText("Versions 65 to 70 of 70")).isVisible();
    inspect("conflict-crowded");
    button("Take version 70").press("Enter");
    assertThat(page().getByText("Chosen: version 70")).isVisible();
    button("Settle").click();
    assertThat(heading("The conflict is settled")).isFocused();
    assertText(admin("GET", "/desk/crowded?conflicts=true", ""))
        .contains("\"n\":0")
        .doesNotContain("_conflicts");
  }

  @Test
  void versionsWithoutACommonOriginAreShownAsTheyAre() {
    write(
        "desk",
        "{\"_id\":\"twice\",\"_rev\":\"1-%s\",\"n\":1},{\"_id\":\"twice\",\"_rev\":\"1-%s\",\"n\":2}"
            .formatted(hash("a"), hash("b")));
    signIn("/databases/desk/documents/twice/conflict");
    assertThat(page().getByText("The versions have no common origin.")).isVisible();
    inspect("conflict-no-origin");
    choice("n", "Version B").check();
    button("Settle").click();
    assertThat(heading("The conflict is settled")).isVisible();
    assertText(admin("GET", "/desk/twice", "")).contains("\"n\":1");
  }

  @Test
  void whatIsNoConflictAnyMoreSaysHowItWasSettled() {
    admin("PUT", "/desk/calm", "{}");
    signIn("/databases/desk/documents/calm/conflict");
    assertThat(page().getByText("This document is not in conflict")).isVisible();
    link("How it was settled").click();
    assertThat(page().getByText("Nothing was settled here")).isVisible();
  }

  @Test
  void hostileContentsStayText() {
    String evil = "<img src=x onerror=alert(1)>";
    write(
        "desk",
        conflict(
            "hostile" + "<b>",
            "{\"%s\":\"a\",\"n\":{\"%s\":[1]}}".formatted(evil, evil),
            "{\"%s\":\"<script>alert(2)</script>\",\"n\":{\"%s\":[2]}}".formatted(evil, evil),
            "{\"%s\":\"'\\\"><svg onload=alert(3)>\",\"n\":{\"%s\":[3]}}".formatted(evil, evil)));
    signIn("/databases/desk/conflicts");
    link("hostile<b>").click();
    assertThat(page().getByText("<script>alert(2)</script>").first()).isVisible();
    assertThat(page().getByText(Pattern.compile("svg onload")).first()).isVisible();
    button("JSON").first().click();
    assertThat(page().locator("main img, main script, main svg[onload]")).hasCount(0);
    inspect("conflict-hostile");
    button("All from Version B").click();
    button("Settle").click();
    assertThat(heading("The conflict is settled")).isVisible();
    go("/databases/desk/conflicts/settled");
    button("hostile<b>").click();
    assertThat(dialog().locator("img, script")).hasCount(0);
  }
}
