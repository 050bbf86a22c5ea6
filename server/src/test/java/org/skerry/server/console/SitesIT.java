package org.skerry.server.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.skerry.database.Author;
import org.skerry.database.ForeignRevision;
import org.skerry.document.Body;
import org.skerry.document.DocId;
import org.skerry.revision.RevId;
import org.skerry.revision.RevPath;

/** Sites, places and scope rules. */
class SitesIT extends ConsoleCase {
  private static final String RULES =
      "{\"rules\":[{\"type\":\"patient\",\"site\":\"/at\"},{\"type\":\"note\",\"follow\":\"/of\"}]}";

  private Locator row(String text) {
    return page().getByRole(AriaRole.ROW).filter(new Locator.FilterOptions().setHasText(text));
  }

  @Test
  void aSiteAndAPlaceAreMadeChangedAndRemoved() {
    signIn("/sites");
    assertThat(page().getByText("No sites")).isVisible();
    inspect("sites-none");
    button("New place").click();
    field("Id").fill("north");
    field("Name").fill("North district");
    button("Save").click();
    assertThat(row("North district")).isVisible();
    button("New site").click();
    assertThat(field("Id")).isFocused();
    button("Save").click();
    assertThat(dialog().getByRole(AriaRole.ALERT)).containsText("needs an id");
    field("Id").fill("hill");
    field("Name").fill("Hill clinic");
    field("Users").fill("ann, ben");
    field("Places").fill("north");
    inspect("new-site");
    button("Save").click();
    assertThat(row("Hill clinic")).containsText("ben");
    inspect("sites");

    button("Change Hill clinic").click();
    field("Users").fill("ann");
    field("Levels below").fill("many");
    button("Save").click();
    assertThat(dialog().getByRole(AriaRole.ALERT)).containsText("A number");
    field("Levels below").fill("0");
    button("Save").click();
    assertThat(row("Hill clinic")).not().containsText("ben");
    field("Find").fill("nowhere");
    assertThat(row("Hill clinic")).hasCount(0);
    field("Find").fill("");
    button("Remove Hill clinic").click();
    dialog().getByRole(AriaRole.TEXTBOX).fill("hill");
    button("Remove").last().click();
    assertThat(row("Hill clinic")).hasCount(0);
    button("Remove North district").click();
    dialog().getByRole(AriaRole.TEXTBOX).fill("north");
    button("Remove").last().click();
    assertThat(row("North district")).hasCount(0);
  }

  @Test
  void howASiteStandsIsShownForADatabase() {
    admin("PUT", "/care", "");
    admin("PUT", "/care/_scope", RULES);
    admin("PUT", "/_sites/shore", "{\"name\":\"Shore\"}");
    admin("PUT", "/care/p1", "{\"type\":\"patient\",\"at\":\"shore\"}");
    admin("PUT", "/care/n1", "{\"type\":\"note\",\"of\":\"p1\"}");
    admin("PUT", "/_sites/cape", "{\"name\":\"Cape\",\"search\":true}");
    admin("PUT", "/care/_centre/p1?site=cape", "");
    bringEarly("shore", "n9", "{\"type\":\"note\",\"of\":\"p9\"}");
    signIn("/sites");
    field("State in database").selectOption("care");
    assertThat(row("Shore")).containsText("2 documents");
    assertThat(row("Shore")).containsText("no device yet");
    inspect("sites-state");
    button("What cape fetched").click();
    assertThat(dialog()).containsText("p1");
    inspect("sites-fetched");
    button("Release p1").click();
    assertThat(dialog()).containsText("It has fetched nothing.");
    page().keyboard().press("Escape");
    button("What is held for shore").click();
    assertThat(dialog()).containsText("waits for p9");
    inspect("sites-held");
    button("Discard n9").click();
    inspect("sites-held-discard");
    button("Discard").last().click();
    assertThat(dialog()).containsText("Nothing is held any more.");
    page().keyboard().press("Escape");
    assertThat(row("Shore")).not().containsText("held");
    admin("DELETE", "/_sites/cape?rev=" + rev("/_sites/cape"), "");
    admin("DELETE", "/_sites/shore?rev=" + rev("/_sites/shore"), "");
  }

  /** As a replication of the site brings a note before its patient. */
  private void bringEarly(String site, String id, String json) {
    RevPath path = RevPath.of(RevId.parse("1-967a00dff5e02add41819138abb3284d"));
    node()
        .databases()
        .find("care")
        .orElseThrow()
        .seenBy(site)
        .merge(
            List.of(new ForeignRevision(DocId.of(id), path, false, Body.parse(json), List.of())),
            new Author(Optional.of("sam"), Set.of()));
  }

  private String rev(String path) {
    String json = admin("GET", path, "");
    int at = json.indexOf("\"_rev\":\"") + 8;
    return json.substring(at, json.indexOf('"', at));
  }

  @Test
  void rulesAreEditedAndWhatIsWrongIsShownWhereItStands() {
    admin("PUT", "/ruled", "");
    signIn("/databases/ruled/settings");
    Locator editor =
        page()
            .getByRole(
                AriaRole.TEXTBOX, new Page.GetByRoleOptions().setName("Rules").setExact(true));
    assertThat(page().getByText("This database has no rules yet")).isVisible();
    editor.fill("{\n  \"rules\": [\n    {\"type\": \"patient\",\n     \"site\": 7}\n  ]\n}");
    button("Save the rules").click();
    assertThat(page().getByText("Line 4, column 6")).isVisible();
    inspect("scope-wrong");
    editor.fill(RULES);
    button("Save the rules").click();
    assertThat(page().getByText("The rules are saved.")).isVisible();
    inspect("scope");
    button("Remove the rules").click();
    dialog().getByRole(AriaRole.TEXTBOX).fill("ruled");
    button("Remove the rules").last().click();
    assertThat(page().getByText("This database has no rules yet")).isVisible();
  }
}
