package org.skerry.server.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Searching by selector, and watching changes. */
class FindingIT extends ConsoleCase {
  @BeforeAll
  void makeDatabase() {
    admin("PUT", "/clinic", "");
    String many =
        IntStream.range(0, 40)
            .mapToObj(
                i ->
                    "{\"_id\":\"p%02d\",\"resourceType\":\"%s\",\"born\":%d,\"name\":[{\"family\":\"Okafor %d\"}]}"
                        .formatted(i, i % 4 == 0 ? "Practitioner" : "Patient", 1960 + i, i))
            .collect(Collectors.joining(","));
    admin("POST", "/clinic/_bulk_docs", "{\"docs\":[" + many + "]}");
  }

  private Locator selector() {
    return page().getByRole(AriaRole.TEXTBOX, named("Selector"));
  }

  @Test
  void aSearchSaysWhichIndexWouldHelpAndMakesIt() {
    signIn("/databases/clinic/search");
    field("Examples").selectOption("A member has a value");
    assertThat(selector()).hasValue("{\n  \"resourceType\": \"Patient\"\n}");
    field("Members to show").fill("name.0.family, born");
    button("Search").click();
    assertThat(heading("25 documents on this page")).isVisible();
    assertThat(link("p01")).isVisible();
    assertThat(page().getByText("No index fits this search")).isVisible();
    inspect("search");
    button("Next").click();
    assertThat(heading("5 documents on this page")).isVisible();
    button("Back").click();
    assertThat(heading("25 documents on this page")).isVisible();
    button("Make this index").click();
    assertThat(page().getByText("The index is made.")).isVisible();
    button("Search").click();
    assertThat(page().getByText("Answered by the index")).isVisible();
    inspect("search-indexed");
  }

  @Test
  void aSelectorThatIsNoneIsSaid() {
    signIn("/databases/clinic/search");
    selector().fill("{\"born\": {\"$gte\" 1990}}");
    button("Search").click();
    assertThat(page().getByText("Line 1, column 18:")).isVisible();
    selector().fill("{\"born\": {\"$nonsense\": 1990}}");
    button("Search").click();
    assertThat(page().getByRole(AriaRole.ALERT)).containsText("did not accept");
    inspect("search-refused");
    selector().fill("{\"born\": {\"$gt\": 3000}}");
    button("Search").click();
    assertThat(page().getByText("Nothing fits")).isVisible();
  }

  @Test
  void changesShowAsTheyHappenAndCanBePaused() {
    signIn("/databases/clinic/changes");
    assertThat(
            page()
                .getByText(
                    "live", new com.microsoft.playwright.Page.GetByTextOptions().setExact(true)))
        .isVisible();
    admin("PUT", "/clinic/fresh", "{}");
    assertThat(link("fresh")).isVisible();
    button("Pause").click();
    admin("PUT", "/clinic/later", "{}");
    assertThat(page().getByText("1 change came since.")).isVisible();
    assertThat(link("later")).hasCount(0);
    inspect("changes");
    button("Go on").click();
    assertThat(link("later")).isVisible();
  }
}
