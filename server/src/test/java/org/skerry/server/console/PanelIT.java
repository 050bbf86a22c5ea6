package org.skerry.server.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import org.junit.jupiter.api.Test;

/** The pages that tell of the node itself: tasks, audit, users, configuration, figures. */
class PanelIT extends ConsoleCase {
  private static final String EVIL = "<img src=x onerror=globalThis.ran=1>";
  private static final String EVIL_PATH = "%3Cimg%20src%3Dx%20onerror%3DglobalThis.ran%3D1%3E";

  private Locator row(String text) {
    return page().getByRole(AriaRole.ROW).filter(new Locator.FilterOptions().setHasText(text));
  }

  private void nothingRan() {
    org.assertj.core.api.Assertions.assertThat(page().evaluate("() => globalThis.ran ?? null"))
        .isNull();
    assertThat(page().locator("img[src=x]")).hasCount(0);
  }

  @Test
  void tasksShowWhatRunsAndEndIt() {
    admin("PUT", "/busy", "");
    signIn("/tasks");
    assertThat(page().getByText("Nothing works in the background")).isVisible();
    inspect("tasks-none");
    admin(
        "POST",
        "/_replicate",
        "{\"source\":\"busy\",\"target\":\"busier\",\"create_target\":true,\"continuous\":true}");
    assertThat(row("busy → busier")).containsText("written");
    inspect("tasks");
    row("busy → busier").getByRole(AriaRole.BUTTON).getByText("Cancel").click();
    assertThat(row("busy → busier")).hasCount(0);
    assertThat(page().getByText("The replication is cancelled.")).isVisible();
  }

  @Test
  void theAuditLogIsFilteredAndPaged() {
    for (int i = 0; i < 51; i++) {
      admin("PUT", "/audited" + i, "");
    }
    signIn("/audit");
    assertThat(row("Database created").first()).isVisible();
    assertThat(page().getByText("Page 1")).isVisible();
    inspect("audit");
    button("Next").click();
    assertThat(page().getByText("Page 2")).isVisible();
    button("Back").click();
    assertThat(page().getByText("Page 1")).isVisible();

    field("Kind").selectOption("signins");
    assertThat(row("Signed in").first()).isVisible();
    assertThat(row("Database created")).hasCount(0);
    field("By").fill("nobody-at-all");
    button("Show").click();
    assertThat(page().getByText("No such event")).isVisible();
    inspect("audit-none");
    button("Show all").click();
    field("About").fill("audited7");
    field("About").press("Enter");
    assertThat(row("audited7")).hasCount(1);
    row("audited7").getByRole(AriaRole.LINK).click();
    assertThat(heading("audited7")).isVisible();
  }

  @Test
  void aUserIsCreatedAndSignsInAndIsDeleted() {
    signIn("/users");
    button("New user").click();
    assertThat(field("Name")).isFocused();
    page().keyboard().type("ida");
    field("Password").fill("low water");
    field("Password once more").fill("high water");
    button("Create").click();
    assertThat(dialog().getByRole(AriaRole.ALERT)).containsText("differ");
    inspect("new-user");
    field("Password once more").fill("low water");
    field("Roles").fill("nurse, clinic-a");
    button("Create").click();
    assertThat(row("ida")).containsText("clinic-a");
    inspect("users");

    button("Change ida").click();
    field("New password").fill("spring tide");
    field("Password once more").fill("spring tide");
    field("Roles").fill("nurse");
    button("Save").click();
    assertThat(row("ida")).not().containsText("clinic-a");
    page().context().clearCookies();
    page().reload();
    signIn("/users", "ida", "spring tide");
    assertThat(page().getByText("This page is for server administrators")).isVisible();

    page().context().clearCookies();
    page().reload();
    signIn("/users");
    button("Delete ida").click();
    dialog().getByRole(AriaRole.TEXTBOX).fill("ida");
    button("Delete the user").click();
    assertThat(row("ida")).hasCount(0);
  }

  @Test
  void aServerAdministratorIsMadeAndRemoved() {
    signIn("/users");
    assertThat(button("Delete admin")).hasCount(0);
    button("New administrator").click();
    field("Name").fill("harbour");
    field("Password").fill("slack water");
    field("Password once more").fill("slack water");
    button("Save").click();
    assertThat(row("harbour")).isVisible();
    button("Delete harbour").click();
    inspect("delete-admin");
    dialog().getByRole(AriaRole.TEXTBOX).fill("harbour");
    button("Delete the administrator").click();
    assertThat(row("harbour")).hasCount(0);
  }

  @Test
  void aSettingIsFoundChangedAndReset() {
    signIn("/config");
    field("Search in names and values").fill("replicator max_jobs");
    assertThat(row("max_jobs")).containsText("500");
    assertThat(row("level")).hasCount(0);
    button("Change replicator/max_jobs").click();
    assertThat(field("New value")).isFocused();
    assertThat(button("Next")).isDisabled();
    field("New value").fill("many");
    button("Next").click();
    button("Change it").click();
    assertThat(dialog().getByRole(AriaRole.ALERT).first()).containsText("did not accept");
    field("New value").fill("400");
    button("Next").click();
    assertThat(dialog()).containsText("500");
    inspect("change-setting");
    button("Change it").click();
    assertThat(row("max_jobs")).containsText("400");
    button("Change replicator/max_jobs").click();
    button("Usual value").click();
    button("Change it").click();
    assertThat(row("max_jobs")).containsText("500");
  }

  @Test
  void secretsAreNotShown() {
    admin("PUT", "/_node/_local/_config/chttpd_auth/secret", "\"4f2ac1tidepool\"");
    signIn("/config");
    assertThat(row("secret").first()).containsText("not shown");
    assertThat(page().locator("body")).not().containsText("4f2ac1tidepool");
    inspect("config");
    button("Change chttpd_auth/secret").click();
    assertThat(field("New value")).hasValue("");
    assertThat(field("New value")).hasAttribute("type", "password");
    field("New value").fill("another5ecret");
    button("Next").click();
    assertThat(dialog()).not().containsText("another5ecret");
  }

  @Test
  void aSettingThatIsNotListedIsAdded() {
    signIn("/config");
    button("Other setting").click();
    field("Section").fill("chttpd_auth");
    field("Setting").fill("timeout");
    field("Value").fill("1200");
    inspect("new-setting");
    button("Next").click();
    button("Change it").click();
    field("Search in names and values").fill("timeout");
    assertThat(row("timeout").filter(new Locator.FilterOptions().setHasText("1200"))).isVisible();
  }

  @Test
  void figuresAreDrawnWhileThePageIsOpen() {
    signIn("/figures");
    Locator chart = page().getByRole(AriaRole.IMG).and(page().locator(".chart svg")).first();
    assertThat(chart).isVisible();
    assertThat(page().locator(".chart svg")).hasCount(11);
    chart.locator("xpath=..").getByText("As a table").click();
    assertThat(page().getByRole(AriaRole.TABLE).first()).isVisible();
    inspect("figures");
    button("Pause").click();
    assertThat(button("Go on")).isVisible();
  }

  @Test
  void hostileNamesStayText() {
    admin(
        "PUT",
        "/_users/org.couchdb.user:" + EVIL_PATH,
        "{\"type\":\"user\",\"name\":\""
            + EVIL
            + "\",\"roles\":[\""
            + EVIL
            + "\"],\"password\":\"x y z\"}");
    admin("PUT", "/_node/_local/_config/evil/" + EVIL_PATH, "\"" + EVIL + "\"");
    signIn("/users");
    assertThat(row(EVIL).first()).isVisible();
    nothingRan();
    button("Delete " + EVIL).first().click();
    assertThat(dialog()).containsText(EVIL);
    page().keyboard().press("Escape");
    go("/config");
    assertThat(row(EVIL).first()).isVisible();
    nothingRan();
    go("/audit");
    assertThat(row(EVIL).first()).isVisible();
    nothingRan();
  }

  @Test
  void othersSeeASentenceOnEveryOneOfThesePages() {
    admin(
        "PUT",
        "/_users/org.couchdb.user:otto",
        "{\"type\":\"user\",\"name\":\"otto\",\"roles\":[],\"password\":\"tide\"}");
    signIn("/tasks", "otto", "tide");
    for (String route : new String[] {"/tasks", "/audit", "/users", "/config", "/figures"}) {
      go(route);
      assertThat(page().getByText("This page is for server administrators")).isVisible();
      assertThat(page().getByRole(AriaRole.ALERT)).hasCount(0);
    }
  }
}
