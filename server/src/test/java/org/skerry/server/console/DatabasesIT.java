package org.skerry.server.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Making, watching, guarding and deleting databases. */
class DatabasesIT extends ConsoleCase {
  private Locator row(String name) {
    return page().getByRole(AriaRole.ROW).filter(new Locator.FilterOptions().setHasText(name));
  }

  @Test
  void aDatabaseIsCreatedWithTheKeyboardAlone() {
    signIn("/databases");
    button("New database").focus();
    page().keyboard().press("Enter");
    assertThat(field("Name")).isFocused();
    page().keyboard().type("Not A Name");
    assertThat(dialog().getByRole(AriaRole.ALERT)).containsText("cannot be a database’s name");
    inspect("create-database");
    field("Name").fill("");
    page().keyboard().type("clinic-keys");
    page().keyboard().press("Enter");
    assertThat(heading("clinic-keys")).isVisible();
    assertThat(page()).hasURL(Pattern.compile(".*#/databases/clinic-keys$"));
    assertThat(page().getByRole(AriaRole.STATUS).first()).containsText("was created");
  }

  @Test
  void aNameThatIsTakenSaysSo() {
    admin("PUT", "/taken", "");
    signIn("/databases");
    button("New database").click();
    field("Name").fill("taken");
    button("Create").click();
    assertThat(dialog()).containsText("That name is taken. Choose another name.".split("\\. ")[0]);
    page().keyboard().press("Escape");
    assertThat(dialog()).hasCount(0);
    assertThat(button("New database")).isFocused();
  }

  @Test
  void theListShowsWhatIsInThem() {
    admin("PUT", "/counted", "");
    admin("POST", "/counted/_bulk_docs", "{\"docs\":[{\"_id\":\"a\"},{\"_id\":\"b\"}]}");
    signIn("/databases");
    assertThat(row("counted")).containsText("2");
    inspect("databases");
    field("Names that begin with").fill("coun");
    assertThat(row("_users")).hasCount(0);
    assertThat(row("counted")).isVisible();
    field("Names that begin with").fill("nothing-like-it");
    assertThat(page().getByText("No database has such a name")).isVisible();
  }

  @Test
  void aDatabaseIsDeletedWhenItsNameIsTyped() {
    admin("PUT", "/doomed", "");
    signIn("/databases/doomed/settings");
    button("Delete …").click();
    assertThat(button("Delete the database")).isDisabled();
    assertThat(dialog().getByRole(AriaRole.TEXTBOX)).isFocused();
    inspect("delete-database");
    dialog().getByRole(AriaRole.TEXTBOX).fill("doome");
    assertThat(button("Delete the database")).isDisabled();
    dialog().getByRole(AriaRole.TEXTBOX).fill("doomed");
    button("Delete the database").click();
    assertThat(heading("Databases")).isVisible();
    assertThat(row("doomed")).hasCount(0);
  }

  @Test
  void compactionRunsAndSaysWhenItIsDone() {
    admin("PUT", "/compacted", "");
    signIn("/databases/compacted/settings");
    button("Compact now").click();
    assertThat(page().getByText("compacted is compacted.")).isVisible();
  }

  @Test
  void whoMayUseADatabaseIsWrittenByName() throws Exception {
    admin("PUT", "/guarded", "");
    admin("PUT", "/guarded/_security", "{\"admins\":{\"names\":[\"eve\"]},\"note\":\"kept\"}");
    signIn("/databases/guarded/settings");
    assertThat(field("Administrators: users")).hasValue("eve");
    assertThat(page().getByText("No members are named")).isVisible();
    inspect("database-settings");
    field("Members: users").fill("ada,  bob");
    button("Save the list").click();
    assertThat(page().getByText("No members are named")).hasCount(0);
    assertThat(page().getByText("Who may use the database is saved.")).isVisible();
    org.assertj.core.api.Assertions.assertThat(admin("GET", "/guarded/_security", ""))
        .contains("\"ada\",\"bob\"", "\"eve\"", "\"note\":\"kept\"");
  }

  @Test
  void whoMayNotListOpensADatabaseByItsName() {
    admin("PUT", "/shared", "");
    admin(
        "PUT",
        "/_users/org.couchdb.user:ada",
        "{\"type\":\"user\",\"name\":\"ada\",\"roles\":[],\"password\":\"engine\"}");
    signIn("/databases", "ada", "engine");
    field("Open a database").fill("shared");
    inspect("open-by-name");
    field("Open a database").press("Enter");
    assertThat(heading("shared")).isVisible();
    go("/databases/shared/settings");
    assertThat(page().getByText("Delete this database")).hasCount(0);
    go("/databases");
    assertThat(link("shared")).isVisible();
  }

  @Test
  void aDatabaseThatIsNotThereSaysWhatToDo() {
    signIn("/databases/nowhere");
    assertThat(page().getByRole(AriaRole.ALERT)).containsText("It is not there");
    assertThat(button("Try again")).isVisible();
    inspect("database-missing");
  }
}
