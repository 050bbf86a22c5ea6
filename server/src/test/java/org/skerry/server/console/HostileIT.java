package org.skerry.server.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Ids, bodies and attachments that somebody made to run in another's browser. They would set {@code
 * ran}; each page that shows them must show them as the text that they are.
 */
class HostileIT extends ConsoleCase {
  private static final String EVIL =
      "\"'><img src=x onerror=\"globalThis.ran=1\"><script>globalThis.ran=1</script>{{7*7}}${7*7}";

  private static final String PICTURE =
      """
      <svg xmlns="http://www.w3.org/2000/svg" width="40" height="40" onload="globalThis.ran=1">
      <script>globalThis.ran=1; fetch('http://elsewhere.test/');</script><rect width="40" height="40"/></svg>
      """;

  @BeforeAll
  void write() {
    admin("PUT", "/evil", "");
    admin("PUT", "/evil/" + encoded(EVIL), "{\"name\":" + quoted(EVIL) + "}");
    admin("PUT", "/evil/javascript:globalThis.ran=1", "{}");
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  private void nothingRan() {
    org.assertj.core.api.Assertions.assertThat(page().evaluate("() => globalThis.ran ?? null"))
        .isNull();
    assertThat(page().locator("img[src=x]")).hasCount(0);
  }

  private String document() {
    return "/databases/evil/documents/" + encoded(EVIL).replace("+", "%20");
  }

  @Test
  void idsAndBodiesAreShownAsTheText() {
    signIn("/databases/evil?contents=yes");
    assertThat(link(EVIL)).isVisible();
    nothingRan();
    go("/databases/evil/search");
    page().getByRole(AriaRole.TEXTBOX, named("Selector")).fill("{\"name\": {\"$exists\": true}}");
    button("Search").click();
    assertThat(link(EVIL)).isVisible();
    nothingRan();
    go("/databases/evil/changes");
    assertThat(link(EVIL)).isVisible();
    nothingRan();
    link(EVIL).click();
    assertThat(heading(EVIL)).isVisible();
    nothingRan();
    inspect("hostile");
    go(document() + "/history");
    page()
        .getByRole(AriaRole.BUTTON, named("Open revision 1-"))
        .or(page().locator("button.tree-row"))
        .first()
        .click();
    assertThat(dialog()).containsText("globalThis.ran=1");
    nothingRan();
  }

  /** Everything that an address could take for its own. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "a/b/c",
        "a?b=c&d#e",
        "100%25 + 1",
        "%2e%2e%2f",
        "a\\b",
        " blanks ",
        "ünïcødé 日本 👩‍⚕️",
        ":name",
        "..a",
        "_design/look"
      })
  void everyIdLeadsToItsDocument(String id) {
    admin("PUT", "/evil/" + encoded(id).replace("+", "%20"), "{\"me\":" + quoted(id) + "}");
    signIn("/databases/evil?from=" + encoded(id));
    page().getByRole(AriaRole.ROWHEADER).getByRole(AriaRole.LINK).first().click();
    assertThat(page().getByRole(AriaRole.HEADING).first()).hasText(id.strip());
    Locator content = page().getByRole(AriaRole.TEXTBOX, named("Content"));
    content.fill("{\"me\": \"changed\"}");
    button("Save").click();
    assertThat(button("Save")).isDisabled();
    org.assertj.core.api.Assertions.assertThat(
            admin("GET", "/evil/" + encoded(id).replace("+", "%20"), ""))
        .contains("changed", "\"_rev\":\"2-");
    link("History").click();
    assertThat(page().locator("button.tree-row")).hasCount(2);
  }

  @Test
  void aDatabaseMayHaveSlashesInItsName() {
    admin("PUT", "/north%2Fclinic%2B1", "");
    admin("PUT", "/north%2Fclinic%2B1/a%2Fb", "{}");
    signIn("/databases");
    link("north/clinic+1").click();
    link("a/b").click();
    assertThat(page().getByRole(AriaRole.TEXTBOX, named("Content"))).hasValue("{}");
  }

  @Test
  void linksToIdsLeadToPagesAndNowhereElse() {
    signIn("/databases/evil");
    link("javascript:globalThis.ran=1").click();
    assertThat(heading("javascript:globalThis.ran=1")).isVisible();
    nothingRan();
  }

  @Test
  void attachmentsAreSeenAndNotRun() {
    admin("PUT", "/evil/carrier", "{}");
    signIn("/databases/evil/documents/carrier");
    String html =
        "<html><body><script>parent.ran=1;globalThis.ran=1</script><h1>page</h1></body></html>";
    String evilName = "<img src=x onerror=globalThis.ran=1>.html";
    page()
        .getByLabel("Files to send")
        .setInputFiles(
            new FilePayload[] {
              new FilePayload(evilName, "text/html", html.getBytes(StandardCharsets.UTF_8)),
              new FilePayload(
                  "drawing.svg", "image/svg+xml", PICTURE.getBytes(StandardCharsets.UTF_8)),
              new FilePayload("page.pdf", "application/pdf", html.getBytes(StandardCharsets.UTF_8)),
            });
    assertThat(page().getByText("page.pdf is attached.")).isVisible();
    button("Show " + evilName).click();
    assertThat(dialog().getByText("parent.ran=1")).isVisible();
    nothingRan();
    page().keyboard().press("Escape");
    button("Show drawing.svg").click();
    assertThat(dialog().getByRole(AriaRole.IMG)).hasJSProperty("naturalWidth", 40);
    nothingRan();
    page().keyboard().press("Escape");
    button("Show page.pdf").click();
    assertThat(dialog().locator("iframe")).isVisible();
    nothingRan();
  }

  @Test
  void anAttachmentThatIsOpenedAsAPageHasNoRights() {
    admin("PUT", "/evil/opened", "{}");
    String rev = DocumentsIT.rev(admin("GET", "/evil/opened", ""));
    signIn("/databases/evil");
    page()
        .evaluate(
            "rev => fetch('../evil/opened/page.html?rev=' + rev, {method: 'PUT', headers:"
                + " {'Content-Type': 'text/html'}, body:"
                + " '<script>document.title=\"ran\"</script>'})",
            rev);
    expectComplaint("Blocked script execution");
    Response opened = page().navigate(node().url() + "/evil/opened/page.html");
    org.assertj.core.api.Assertions.assertThat(opened.headerValue("content-security-policy"))
        .isEqualTo("sandbox");
    org.assertj.core.api.Assertions.assertThat(page().title()).isNotEqualTo("ran");
  }
}
