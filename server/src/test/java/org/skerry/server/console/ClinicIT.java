package org.skerry.server.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.skerry.http.Router.Route;
import org.skerry.http.console.ConsoleRoutes;

/** The demonstration's clinic: a tablet that works without its line, and the centre beside it. */
class ClinicIT extends ConsoleCase {
  private static final String EVIL =
      "<img src=x onerror=\"globalThis.ran=1\"><script>globalThis.ran=1</script>";

  @Override
  List<Route> more() {
    return ConsoleRoutes.clinicOfClassPath();
  }

  @BeforeAll
  void fillTheCentre() {
    admin("PUT", "/records", "");
    String patients =
        IntStream.range(10, 40)
            .mapToObj(i -> patient("Patient/" + i, "Ana", "Mensah" + i))
            .collect(Collectors.joining(","));
    admin(
        "POST",
        "/records/_bulk_docs",
        "{\"docs\":["
            + patients
            + ","
            + patient("Patient/grace", "Grace", "Okafor")
            + ","
            + patient("Patient/hugo", "Hugo", "Castillo")
            + ","
            + patient("Patient/evil", "Eve", EVIL.replace("\"", "\\\""))
            + ",{\"_id\":\"Patient/odd\",\"resourceType\":\"Patient\",\"name\":[null,7],\"meta\":[]}"
            + ",{\"_id\":\"Observation/1\",\"resourceType\":\"Observation\"}]}");
  }

  private static String patient(String id, String given, String family) {
    return """
    {"_id":"%s","resourceType":"Patient","id":"%s",
     "name":[{"use":"official","family":"%s","given":["%s"]}],"gender":"female",
     "birthDate":"1984-03-02","telecom":[{"system":"phone","value":"555-0100"}],
     "address":[{"city":"Kingston"}],"extension":[{"url":"u","valueDecimal":0.5}]}\
    """
        .formatted(id, id.substring(8), family, given);
  }

  private void enter() {
    page().navigate(node().url() + "/_utils/clinic/");
    field("Name").fill("admin");
    field("Password").fill(PASSWORD);
    button("Sign in").click();
    assertThat(state()).containsText("Both sides have the same.");
  }

  private Locator state() {
    return page().locator(".line [role=status]");
  }

  private Locator cut() {
    return page().getByRole(AriaRole.SWITCH);
  }

  private Locator pane(String name) {
    return page().locator(".pane." + name);
  }

  private Locator row(String pane, String name) {
    return pane(pane)
        .getByRole(AriaRole.LISTITEM)
        .filter(new Locator.FilterOptions().setHasText(name));
  }

  /** Finds patients on both sides. */
  private void find(String words) {
    field("Find a patient by name or city").fill(words);
  }

  private void edit(String pane, String name, String city) {
    row(pane, name).getByRole(AriaRole.BUTTON).filter(has("Change")).click();
    dialog().getByLabel("City").fill(city);
    dialog().getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Save")).click();
    assertThat(dialog()).hasCount(0);
  }

  private static Locator.FilterOptions has(String text) {
    return new Locator.FilterOptions().setHasText(text);
  }

  @Test
  void whatBothSidesWriteWhileTheLineIsCutMeetsAndTheConflictIsShown() {
    page().navigate(node().url() + "/_utils/clinic/");
    inspect("clinic-sign-in");
    enter();
    assertThat(pane("tablet")).containsText(Pattern.compile("3\\d patients"));
    assertThat(pane("centre")).containsText(Pattern.compile("3\\d patients"));
    inspect("clinic");

    cut().click();
    assertThat(cut()).isChecked();
    assertThat(state()).containsText("Cut: everything stays on this tablet.");
    button("Register a patient (This tablet)").click();
    dialog().getByLabel("Given names").fill("Nora");
    dialog().getByLabel("Family name").fill("Lindqvist");
    dialog().getByLabel("Date of birth").fill("1999-12-31");
    inspect("clinic-register");
    dialog().getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Save")).click();
    assertThat(row("tablet", "Nora Lindqvist")).containsText("waits to be sent");
    find("grace");
    edit("tablet", "Grace Okafor", "Morant Bay");
    assertThat(state()).containsText("2 records wait to be sent.");
    edit("centre", "Grace Okafor", "Port Antonio");
    assertThat(row("centre", "Grace Okafor")).containsText("Port Antonio");
    assertThat(row("tablet", "Grace Okafor")).containsText("Morant Bay");
    find("");
    assertThat(row("centre", "Nora Lindqvist")).hasCount(0);
    inspect("clinic-cut");

    // All that is kept in the browser: the page is loaded anew, and the line stays cut.
    page().reload();
    assertThat(state()).containsText("2 records wait to be sent.");
    assertThat(row("tablet", "Nora Lindqvist")).containsText("waits to be sent");

    cut().click();
    assertThat(state()).containsText("Both sides have the same. Nothing waits to be sent.");
    assertThat(row("centre", "Nora Lindqvist")).isVisible();
    for (String pane : List.of("tablet", "centre")) {
      assertThat(row(pane, "Grace Okafor")).containsText("2 versions");
    }
    inspect("clinic-together");
    row("tablet", "Grace Okafor").getByRole(AriaRole.BUTTON).filter(has("2 versions")).click();
    assertThat(dialog()).containsText("Morant Bay");
    assertThat(dialog()).containsText("Port Antonio");
    assertThat(dialog().locator(".differs")).hasCount(1);
    assertThat(dialog().getByRole(AriaRole.LINK))
        .hasAttribute(
            "href", Pattern.compile(".*#/databases/records/documents/Patient%2Fgrace/.*"));
    inspect("clinic-versions");
  }

  @Test
  void withALineEachSideShowsWhatTheOtherWrites() {
    enter();
    find("hugo");
    edit("tablet", "Hugo Castillo", "Montego Bay");
    assertThat(row("centre", "Hugo Castillo")).containsText("Montego Bay");
    edit("centre", "Hugo Castillo", "Negril");
    assertThat(row("tablet", "Hugo Castillo")).containsText("Negril");
    assertThat(state()).containsText("Nothing waits to be sent.");
    org.assertj.core.api.Assertions.assertThat(admin("GET", "/records/Patient%2Fhugo", ""))
        .contains("\"valueDecimal\":0.5", "\"use\":\"official\"", "http://centre.example");
    admin("PUT", "/records/Patient%2Fgone", patient("Patient/gone", "Gone", "Soon"));
    find("gone");
    assertThat(row("tablet", "Gone Soon")).isVisible();
    String rev =
        admin("GET", "/records/Patient%2Fgone", "")
            .replaceAll("(?s).*\"_rev\":\"([^\"]+)\".*", "$1");
    admin("DELETE", "/records/Patient%2Fgone?rev=" + rev, "");
    assertThat(row("centre", "Gone Soon")).hasCount(0);
    assertThat(row("tablet", "Gone Soon")).hasCount(0);
  }

  @Test
  void namesThatSomebodyMadeToRunAreShownAsTheText() {
    enter();
    find("onerror");
    for (String pane : List.of("tablet", "centre")) {
      assertThat(row(pane, "Eve")).containsText(EVIL);
    }
    row("tablet", "Eve").getByRole(AriaRole.BUTTON).click();
    assertThat(dialog()).containsText(EVIL);
    dialog().press("Escape");
    find("Patient/odd");
    assertThat(row("tablet", "Patient/odd")).isVisible();
    org.assertj.core.api.Assertions.assertThat(page().evaluate("() => globalThis.ran ?? null"))
        .isNull();
    assertThat(page().locator("img[src=x]")).hasCount(0);
  }

  @Test
  void everythingCanBeDoneWithTheKeyboardAndInFrench() {
    enter();
    page().getByLabel("Language").selectOption("fr");
    assertThat(heading("Une petite clinique")).isVisible();
    cut().focus();
    page().keyboard().press("Space");
    assertThat(cut()).isChecked();
    button("Enregistrer un patient (Cette tablette)").focus();
    page().keyboard().press("Enter");
    page().keyboard().press("Tab");
    assertThat(dialog()).isVisible();
    dialog().getByLabel("Prénoms").focus();
    page().keyboard().press("Enter");
    assertThat(dialog()).containsText("Donnez au moins un nom.");
    page().keyboard().type("Zoé");
    page().keyboard().press("Enter");
    assertThat(row("tablet", "Zoé")).isVisible();
    cut().focus();
    page().keyboard().press("Space");
    assertThat(row("centre", "Zoé")).isVisible();
  }

  @Test
  void whoSignsOutLeavesNoRecordsInTheBrowser() {
    enter();
    button("Sign out").click();
    assertThat(button("Sign in")).isVisible();
    org.assertj.core.api.Assertions.assertThat(
            page().evaluate("async () => (await indexedDB.databases()).map((one) => one.name)"))
        .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.LIST)
        .isEmpty();
  }

  @Test
  void thePageItselfIsLoadedWithoutALineAndCatchesUpLater() {
    enter();
    page().locator("html[data-kept=yes]").waitFor();
    page().context().setOffline(true);
    for (String failure :
        new String[] {"Failed to load resource: net::", "Problem: Failed to fetch"}) {
      expectComplaint(failure);
    }
    page().reload();
    find("Okafor");
    assertThat(row("tablet", "Grace")).isVisible();
    inspect("clinic-offline");
    page().reload();
    assertThat(heading("A small clinic")).isVisible();
    page().context().setOffline(false);
    assertThat(state())
        .containsText(
            "Both sides have the same.",
            new com.microsoft.playwright.assertions.LocatorAssertions.ContainsTextOptions()
                .setTimeout(120_000));
    button("Sign out").click();
    assertThat(field("Name")).isVisible();
    page().context().setOffline(true);
    page().reload();
    assertThat(page().getByText("The centre cannot be reached.")).isVisible();
    page().context().setOffline(false);
  }
}
