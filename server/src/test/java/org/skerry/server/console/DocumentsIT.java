package org.skerry.server.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Browsing, writing, editing and deleting documents. */
class DocumentsIT extends ConsoleCase {
  @BeforeAll
  void makeDatabases() {
    admin("PUT", "/clinic", "");
    admin("PUT", "/pages", "");
    String many =
        IntStream.range(0, 60)
            .mapToObj(i -> "{\"_id\":\"Patient/%02d\",\"number\":%d}".formatted(i, i))
            .collect(Collectors.joining(","));
    admin("POST", "/pages/_bulk_docs", "{\"docs\":[" + many + "]}");
  }

  private Locator content() {
    return page().getByRole(AriaRole.TEXTBOX, named("Content"));
  }

  private static org.assertj.core.api.AbstractStringAssert<?> assertText(String text) {
    return org.assertj.core.api.Assertions.assertThat(text);
  }

  private static String numbers(int count) {
    return IntStream.range(0, count).mapToObj(Integer::toString).collect(Collectors.joining(","));
  }

  @Test
  void ofATextOfVeryManyLinesTheBeginningIsShown() {
    admin("PUT", "/clinic/long", "{\"n\":[" + numbers(240_000) + "]}");
    signIn("/databases/clinic/documents/long");
    assertThat(page().getByText("This text has 240,0")).isVisible();
    assertThat(page().locator("textarea")).hasCount(0);
    inspect("document-long");
  }

  @Test
  void aLongTextIsEditedWithoutNumbersAndCheckedWhenItIsSaved() {
    admin("PUT", "/clinic/longer", "{\"n\":[" + numbers(21_000) + "]}");
    signIn("/databases/clinic/documents/longer");
    button("Edit the whole text").press("Enter");
    assertThat(content()).isFocused();
    assertThat(page().getByText("This text is long")).isVisible();
    assertThat(page().locator(".gutter")).hasCount(0);
    content().evaluate("area => area.setSelectionRange(1, 1)");
    page().keyboard().insertText("\"first\": 1.50 ");
    button("Save").click();
    assertThat(page().getByText("Line 2, column")).isVisible();
    content().focus();
    content().evaluate("area => area.setSelectionRange(14, 14)");
    page().keyboard().insertText(",");
    button("Save").click();
    assertThat(page().getByText("longer is saved.")).isVisible();
    assertText(admin("GET", "/clinic/longer", "")).contains("1.50", "20999");
  }

  @Test
  void aDocumentIsWrittenAndEditedWithTheKeyboardAlone() {
    signIn("/databases/clinic");
    link("New document").focus();
    page().keyboard().press("Enter");
    field("Id").focus();
    page().keyboard().type("Patient/1");
    page().keyboard().press("Tab");
    page().keyboard().press("Tab");
    assertThat(content()).isFocused();
    page().keyboard().press("Control+A");
    page().keyboard().type("{\"resourceType\": \"Patient\", \"weight\": 61.50}");
    inspect("new-document");
    page().keyboard().press("Tab");
    page().keyboard().press("Tab");
    assertThat(button("Save")).isFocused();
    page().keyboard().press("Enter");
    assertThat(heading("Patient/1")).isVisible();
    assertThat(content()).hasValue("{\n  \"resourceType\": \"Patient\",\n  \"weight\": 61.50\n}");
    assertThat(button("Save")).isDisabled();
    content().focus();
    page().keyboard().press("Control+A");
    page().keyboard().type("{\"weight\": 12345678901234567890.10}");
    button("Save").focus();
    page().keyboard().press("Enter");
    assertThat(page().getByText("Patient/1 is saved.").last()).isVisible();
    assertThat(button("Save")).isDisabled();
    assertText(admin("GET", "/clinic/Patient%2F1", ""))
        .contains("12345678901234567890.10")
        .contains("\"_rev\":\"2-");
  }

  @Test
  void whatIsNoJsonIsSaidByLineAndNotSent() {
    admin("PUT", "/clinic/broken", "{\"a\":1}");
    signIn("/databases/clinic/documents/broken");
    content().fill("{\n  \"a\": 1,\n  \"b\": 2,\n}");
    button("Save").click();
    assertThat(page().getByText("Line 3, column 9:")).isVisible();
    assertThat(content()).hasAttribute("aria-invalid", "true");
    inspect("invalid-json");
    button("Show the place").click();
    assertThat(content()).isFocused();
    page().keyboard().press("Delete");
    button("Save").click();
    assertThat(page().getByText("broken is saved.")).isVisible();
    content().fill("{\"_rev\": \"1-a\"}");
    assertThat(page().getByText("names that begin with _")).isVisible();
  }

  @Test
  void aSaveThatComesSecondShowsBothAndLosesNothing() {
    admin("PUT", "/clinic/raced", "{\"name\":\"Okafor\",\"city\":\"Lagos\",\"bed\":4}");
    signIn("/databases/clinic/documents/raced");
    content().fill("{\n  \"name\": \"Okafor\",\n  \"city\": \"Lagos\",\n  \"bed\": 7\n}");
    String rev = rev(admin("GET", "/clinic/raced", ""));
    admin("PUT", "/clinic/raced?rev=" + rev, "{\"name\":\"Okafor\",\"city\":\"Abuja\",\"bed\":4}");
    button("Save").click();
    Locator both =
        page().getByRole(AriaRole.GROUP, named("Somebody else saved this document meanwhile"));
    assertThat(both).containsText("\"city\": \"Abuja\"");
    assertThat(both).containsText("\"bed\": 7");
    inspect("overtaken");
    assertText(admin("GET", "/clinic/raced", "")).contains("Abuja", "\"_rev\":\"2-");
    button("Go on editing mine").click();
    content().fill("{\n  \"name\": \"Okafor\",\n  \"city\": \"Abuja\",\n  \"bed\": 7\n}");
    button("Save").click();
    assertThat(page().getByText("raced is saved.")).isVisible();
    assertText(admin("GET", "/clinic/raced", "")).contains("Abuja", "\"bed\": 7");
  }

  @Test
  void aSaveOverADeletedDocumentAsksFirst() {
    admin("PUT", "/clinic/gone", "{\"a\":1}");
    signIn("/databases/clinic/documents/gone");
    content().fill("{\"a\": 2}");
    admin("DELETE", "/clinic/gone?rev=" + rev(admin("GET", "/clinic/gone", "")), "");
    button("Save").click();
    assertThat(page().getByText("Somebody deleted this document meanwhile")).isVisible();
    button("Write it again").click();
    assertThat(page().getByText("gone is saved.")).isVisible();
    assertText(admin("GET", "/clinic/gone", "")).contains("\"a\": 2", "\"_rev\":\"3-");
  }

  @Test
  void changesThatAreNotSavedAreNotLeftByAccident() {
    admin("PUT", "/clinic/unsaved", "{\"a\":1}");
    signIn("/databases/clinic/documents/unsaved");
    content().fill("{\"a\": 2}");
    link("Databases").first().click();
    assertThat(dialog()).containsText("Leave without saving?");
    inspect("leaving");
    button("Stay here").click();
    assertThat(content()).hasValue("{\"a\": 2}");
    link("Databases").first().click();
    button("Leave, discard changes").click();
    assertThat(heading("Databases")).isVisible();
  }

  @Test
  void aDocumentIsDeletedAndSaysSoAfterwards() {
    admin("PUT", "/clinic/doomed", "{\"a\":1}");
    signIn("/databases/clinic/documents/doomed");
    button("Delete …").click();
    button("Delete the document").click();
    assertThat(heading("clinic")).isVisible();
    go("/databases/clinic/documents/doomed");
    assertThat(page().getByText("This document was deleted")).isVisible();
    inspect("document-deleted");
    link("Write it").click();
    assertThat(field("Id")).hasValue("doomed");
  }

  @Test
  void theListIsReadPageByPageInBothDirections() {
    signIn("/databases/pages");
    assertThat(link("Patient/00")).isVisible();
    inspect("documents");
    button("Next").click();
    assertThat(link("Patient/25")).isVisible();
    assertThat(link("Patient/24")).hasCount(0);
    button("Next").click();
    assertThat(link("Patient/59")).isVisible();
    assertThat(button("Next")).isDisabled();
    button("Back").click();
    assertThat(link("Patient/25")).isVisible();
    assertThat(link("Patient/49")).isVisible();
    assertThat(link("Patient/50")).hasCount(0);
    button("Back").click();
    assertThat(link("Patient/00")).isVisible();
    assertThat(button("Back")).isDisabled();
  }

  @Test
  void theListBeginsAtWhatIsTyped() {
    signIn("/databases/pages");
    field("Jump to an id, or to where ids begin so").fill("Patient/31");
    assertThat(link("Patient/31")).isVisible();
    assertThat(link("Patient/30")).hasCount(0);
    page().getByLabel("Show contents").check();
    assertThat(page().getByText("{\"number\":31}")).isVisible();
    inspect("documents-contents");
    assertThat(page()).hasURL(Pattern.compile(".*from=Patient%2F31.*"));
  }

  @Test
  void anIdThatExistsIsNotWrittenOver() {
    admin("PUT", "/clinic/taken", "{\"a\":1}");
    signIn("/databases/clinic/new");
    field("Id").fill("taken");
    button("Save").click();
    assertThat(page().getByText("A document with this id exists already.")).isVisible();
    assertText(admin("GET", "/clinic/taken", "")).contains("\"_rev\":\"1-");
  }

  static String rev(String document) {
    return document.replaceAll("(?s).*?\"_rev\":\"([^\"]*)\".*", "$1");
  }
}
