package org.skerry.server.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.skerry.server.Node;

/** The network: links to another real node, cut and restored, stopped and started, and new ones. */
class OverviewIT extends ConsoleCase {
  private static final double LONG_MS = 120_000;
  private static final String EVIL = "<img src=x onerror=globalThis.ran=1>";

  @BeforeAll
  void makeDatabase() {
    admin("PUT", "/clinic", "");
    admin("PUT", "/clinic/Patient%2F1", "{\"resourceType\":\"Patient\"}");
  }

  private Locator row(String text) {
    return page().getByRole(AriaRole.ROW).filter(new Locator.FilterOptions().setHasText(text));
  }

  private void says(String row, String text) {
    assertThat(row(row).first())
        .containsText(text, new LocatorAssertions.ContainsTextOptions().setTimeout(LONG_MS));
  }

  private String remote(Node other, String database) {
    return "{\"url\":\""
        + other.url()
        + "/"
        + database
        + "\",\"auth\":{\"basic\":{\"username\":\"admin\",\"password\":\""
        + PASSWORD
        + "\"}}}";
  }

  private void replicate(String id, String source, String target) {
    admin(
        "PUT",
        "/_replicator/" + id,
        "{\"source\":" + source + ",\"target\":" + target + ",\"continuous\":true}");
  }

  private void forget(String id) {
    String rev =
        admin("GET", "/_replicator/" + id, "").replaceAll("(?s).*\"_rev\":\"([^\"]+)\".*", "$1");
    admin("DELETE", "/_replicator/" + id + "?rev=" + rev, "");
  }

  @Test
  void aLinkThatIsCutAndRestoredShowsAsSuch() throws Exception {
    Node other = startNode("there");
    ask(other, "PUT", "/clinic", "");
    replicate("to-there", "\"clinic\"", remote(other, "clinic"));
    replicate("from-there", remote(other, "clinic"), "\"clinic\"");
    String port = Integer.toString(java.net.URI.create(other.url()).getPort());
    signIn("/overview");
    says("to-there", "running");
    says("from-there", "running");
    says("to-there", "up to date");
    assertThat(page().locator(".network .flow.good").nth(1)).isAttached();
    inspect("overview-running");

    other.close();
    // Whoever follows notices at once, whoever sends when there is something to send.
    says("from-there", "retrying");
    admin("PUT", "/clinic/Patient%2F2", "{\"resourceType\":\"Patient\"}");
    says("to-there", "retrying");
    says("to-there", "Next try:");
    says("to-there", port);
    says("to-there", "behind for");
    assertThat(page().locator(".network .cut").first()).isVisible();
    assertThat(page().getByRole(AriaRole.STATUS).first()).containsText("problem");
    inspect("overview-cut");
    row("to-there").getByRole(AriaRole.BUTTON).getByText("Details").click();
    assertThat(dialog()).containsText("broke off");
    assertThat(dialog()).containsText("Behind since");
    inspect("overview-details");
    page().keyboard().press("Escape");

    Node again = startNode("there", port);
    try {
      row("to-there").getByRole(AriaRole.BUTTON).getByText("Push now").click();
      says("to-there", "running");
      says("from-there", "running");
      assertThat(page().locator(".network .cut")).hasCount(0);
    } finally {
      forget("to-there");
      forget("from-there");
      again.close();
    }
  }

  @Test
  void aLinkIsStoppedStartedAndRemoved() {
    admin("PUT", "/halt", "");
    replicate("halting", "\"clinic\"", "\"halt\"");
    signIn("/overview");
    says("halting", "running");
    row("halting").getByRole(AriaRole.BUTTON).getByText("Stop").click();
    says("halting", "stopped");
    inspect("overview-stopped");
    row("halting").getByRole(AriaRole.BUTTON).getByText("Start").click();
    says("halting", "running");
    row("halting").getByRole(AriaRole.BUTTON).getByText("Stop").click();
    says("halting", "stopped");
    row("halting").getByRole(AriaRole.BUTTON).getByText("Remove").click();
    dialog().getByRole(AriaRole.BUTTON).getByText("Remove").click();
    assertThat(row("halting")).hasCount(0);
  }

  @Test
  void aReplicationIsMadeByFormAndItsPasswordStaysOutOfTheAddress() {
    signIn("/overview");
    button("New replication").click();
    assertThat(field("From (source)")).isFocused();
    button("Begin").click();
    assertThat(dialog().getByRole(AriaRole.ALERT).first()).containsText("Fill this in");
    field("From (source)").fill("clinic");
    field("To (target)").fill(node().url().replace("://", "://admin:hidden@") + "/formed");
    field("Name").fill("admin");
    field("Password").fill(PASSWORD);
    field("Create the target if it is not there").check();
    field("Which documents").selectOption("selector");
    field("Those that a selector finds").fill("{\"resourceType\":\"Patient\"");
    button("Begin").click();
    assertThat(dialog().getByRole(AriaRole.ALERT).first()).containsText("A selector is a JSON");
    inspect("new-replication");
    field("Those that a selector finds").fill("{\"resourceType\":\"Patient\"}");
    field("Name of the replication").fill("formed");
    button("Begin").click();
    assertThat(dialog()).hasCount(0);
    says("formed", "running");
    org.assertj.core.api.Assertions.assertThat(admin("GET", "/_replicator/formed", ""))
        .contains("\"url\":\"" + node().url() + "/formed\"", "\"username\":\"admin\"")
        .doesNotContain("hidden");
    assertThat(page().locator("body")).not().containsText(PASSWORD);
    forget("formed");
  }

  @Test
  void aReplicationIsMadeWithTheKeyboardAlone() {
    signIn("/overview");
    button("New replication").focus();
    page().keyboard().press("Enter");
    assertThat(field("From (source)")).isFocused();
    page().keyboard().type("clinic");
    page().keyboard().press("Tab");
    page().keyboard().type("keys");
    page().keyboard().press("Tab");
    page().keyboard().press("Tab");
    assertThat(field("Create the target if it is not there")).isFocused();
    page().keyboard().press("Space");
    page().keyboard().press("Shift+Tab");
    page().keyboard().press("Shift+Tab");
    page().keyboard().press("Enter");
    assertThat(dialog()).hasCount(0);
    assertThat(button("New replication")).isFocused();
    says("clinic → keys", "running");
    row("clinic → keys")
        .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Stop"))
        .focus();
    page().keyboard().press("Enter");
    says("clinic → keys", "stopped");
  }

  @Test
  void refusedDocumentsAreToldWithTheirReasonAndSentAgain() {
    admin("PUT", "/ward", "");
    admin("PUT", "/ward/Patient%2F1", "{\"resourceType\":\"Patient\"}");
    admin("PUT", "/strict", "");
    admin(
        "PUT",
        "/strict/_design/rules",
        "{\"validate_doc_update\":\"function (doc) { throw {forbidden: '" + EVIL + "'} }\"}");
    replicate("refusing", "\"ward\"", "\"strict\"");
    signIn("/overview");
    says("refusing", "1 refused");
    inspect("overview-refused");
    row("refusing").getByRole(AriaRole.LINK).getByText("1 refused").click();
    says("Patient/1", EVIL);
    inspect("refused");
    String rev =
        admin("GET", "/strict/_design/rules", "").replaceAll("(?s).*\"_rev\":\"([^\"]+)\".*", "$1");
    admin("DELETE", "/strict/_design/rules?rev=" + rev, "");
    button("Send again").click();
    assertThat(heading("Overview")).isVisible();
    assertThat(page().getByText("1 accepted, 0 still refused.")).isVisible();
    org.assertj.core.api.Assertions.assertThat(admin("GET", "/strict/Patient%2F1", ""))
        .contains("Patient");
    forget("refusing");
  }

  @Test
  void hostileNamesStayText() {
    admin(
        "PUT",
        "/_replicator/%3Cimg%20src%3Dx%20onerror%3DglobalThis.ran%3D1%3E",
        "{\"source\":\"http://127.0.0.1:1/%3Cimg%20src%3Dx%20onerror%3DglobalThis.ran%3D1%3E\",\"target\":\"clinic\"}");
    signIn("/overview");
    says(EVIL, "retrying");
    row(EVIL).getByRole(AriaRole.BUTTON).getByText("Details").click();
    assertThat(dialog()).containsText(EVIL);
    assertThat(page().locator("img[src=x]")).hasCount(0);
    org.assertj.core.api.Assertions.assertThat(page().evaluate("() => globalThis.ran ?? null"))
        .isNull();
    forget("%3Cimg%20src%3Dx%20onerror%3DglobalThis.ran%3D1%3E");
  }

  @Test
  void othersThanAdministratorsAreToldSo() {
    admin(
        "PUT",
        "/_users/org.couchdb.user:nora",
        "{\"type\":\"user\",\"name\":\"nora\",\"roles\":[],\"password\":\"tide\"}");
    signIn("/overview", "nora", "tide");
    assertThat(page().getByText("This page is for server administrators")).isVisible();
    assertThat(link("Overview")).hasCount(0);
    inspect("admins-only");
    visit("/");
    assertThat(page()).hasURL(Pattern.compile(".*#/$"));
    assertThat(heading("Databases")).isVisible();
  }
}
