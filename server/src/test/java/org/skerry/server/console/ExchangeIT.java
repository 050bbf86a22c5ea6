package org.skerry.server.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import org.junit.jupiter.api.Test;

/** Partners and messages. The node is its own partner: one database exchanges with another. */
class ExchangeIT extends ConsoleCase {
  private Locator row(String text) {
    return page().getByRole(AriaRole.ROW).filter(new Locator.FilterOptions().setHasText(text));
  }

  private void describe(String name, String database, String more) {
    admin(
        "PUT",
        "/_exchange/" + name,
        "{\"database\":\""
            + database
            + "\",\"base\":\""
            + node().url()
            + "/fhir/"
            + database
            + "-national\",\"auth\":{\"username\":\"admin\",\"password\":\""
            + PASSWORD
            + "\"}"
            + more
            + "}");
  }

  /** Whichever test is the first one makes the database of partners. */
  private void exchanges() {
    if (!admin("GET", "/_all_dbs", "").contains("\"_exchange\"")) {
      admin("PUT", "/_exchange", "");
    }
  }

  private void databases(String name) {
    admin("PUT", "/" + name, "");
    admin("PUT", "/" + name + "-national", "");
  }

  @Test
  void aPartnerIsDescribedByFormAndItsMessagesAreRead() {
    databases("first");
    admin(
        "PUT",
        "/first/Patient%2F1",
        "{\"resourceType\":\"Patient\",\"id\":\"1\",\"name\":[{\"family\":\"Okafor\"}]}");
    signIn("/exchange");
    button("New partner").click();
    assertThat(dialog().getByLabel("Name").first()).isFocused();
    button("Save").click();
    assertThat(dialog().getByRole(AriaRole.ALERT).first()).containsText("It needs a name");
    dialog().getByLabel("Name").first().fill("centre");
    field("Database").selectOption("first");
    field("FHIR server").fill(node().url() + "/fhir/first-national");
    dialog().getByLabel("Name").nth(1).fill("admin");
    field("Password").fill(PASSWORD);
    field("Types to pull").fill("");
    field("Comment").fill("the national server");
    inspect("exchange-form");
    button("Save").click();
    assertThat(heading("centre")).isVisible();
    assertThat(page().getByText("the national server").first()).isVisible();
    assertThat(page().getByText("done").first()).isVisible();
    inspect("exchange");

    link("Messages").click();
    row("Patient/1").getByRole(AriaRole.LINK).click();
    assertThat(heading("Patient/1")).isVisible();
    assertThat(page().getByText("PUT " + node().url() + "/fhir/first-national/Patient/1"))
        .isVisible();
    assertThat(page().getByText("Answer 201").first()).isVisible();
    inspect("exchange-message");
    go("/exchange/messages?status=failure&partner=centre");
    assertThat(page().getByText("No messages").first()).isVisible();
    field("Outcome").selectOption("success");
    assertThat(row("Patient/1")).hasCount(1);
    field("Record").fill("Patient/none");
    button("Show").click();
    assertThat(page().getByText("No messages").first()).isVisible();
    button("Show all").click();
    assertThat(row("Patient/1")).hasCount(1);

    go("/exchange");
    button("Change centre").click();
    field("Seconds between two runs").fill("often");
    button("Save").click();
    assertThat(dialog().getByRole(AriaRole.ALERT)).containsText("A whole number");
    field("Seconds between two runs").fill("600");
    button("Save").click();
    assertThat(dialog()).hasCount(0);
    assertThat(page().getByText("centre is saved.").first()).isVisible();
    button("centre: Push now").click();
    assertThat(page().getByText("centre runs.").first()).isVisible();
    button("Remove centre").click();
    dialog().getByRole(AriaRole.TEXTBOX).fill("centre");
    button("Remove").last().click();
    assertThat(heading("centre")).hasCount(0);
  }

  @Test
  void whatWasSetAsideIsTriedAgainOneSomeOrAll() {
    databases("second");
    admin("PUT", "/second/Patient%2F8", "{\"resourceType\":\"Patient\",\"id\":\"x\"}");
    admin("PUT", "/second/Patient%2F9", "{\"resourceType\":\"Patient\",\"id\":\"y\"}");
    exchanges();
    describe(
        "district",
        "second",
        ",\"push\":{\"on_change\":true,\"categories\":[{\"type\":\"Patient\"}]}");
    signIn("/exchange");
    assertThat(row("Patient/8")).containsText("1");
    inspect("exchange-set-aside");
    assertThat(button("district: Try chosen again")).isDisabled();
    page().getByLabel("Choose Patient/8").press("Space");
    button("district: Try chosen again").press("Enter");
    assertThat(row("Patient/8")).containsText("2");
    String rev =
        admin("GET", "/second/Patient%2F8", "")
            .replaceAll(".*\"_rev\":\"([^\"]*)\".*", "$1")
            .strip();
    admin("PUT", "/second/Patient%2F8?rev=" + rev, "{\"resourceType\":\"Patient\",\"id\":\"8\"}");
    assertThat(row("Patient/8")).hasCount(0);
    button("district: Try all again").click();
    assertThat(page().getByText("1 record is still set aside.").first()).isVisible();
    row("Patient/9").getByRole(AriaRole.LINK).click();
    button("Try again").click();
    assertThat(link("The next message about this record")).isVisible();
  }

  @Test
  void aConflictIsReachedFromItsMessage() {
    databases("third");
    admin(
        "PUT",
        "/third-national/Patient%2F3",
        "{\"resourceType\":\"Patient\",\"id\":\"3\",\"gender\":\"female\"}");
    admin(
        "PUT",
        "/third/Patient%2F3",
        "{\"resourceType\":\"Patient\",\"id\":\"3\",\"gender\":\"male\"}");
    exchanges();
    describe("coast", "third", ",\"pull\":{\"categories\":[{\"type\":\"Patient\"}]}");
    signIn("/exchange/messages?status=conflict");
    while (row("Patient/3").count() == 0) {
      page().reload();
      page().waitForFunction("() => !document.querySelector('.waiting, [aria-busy=true]')");
    }
    row("Patient/3").getByRole(AriaRole.LINK).click();
    link("Settle the conflict").click();
    assertThat(heading("Patient/3")).isVisible();
  }
}
