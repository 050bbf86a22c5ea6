package org.skerry.server.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A conflict whose sides have different attachments. */
class ConflictAttachmentsIT extends ConflictCase {
  /** A picture of 1 by 1. */
  private static final String PICTURE =
      "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

  @BeforeEach
  void makeConflict() {
    admin("PUT", "/scans", "");
    write(
        "scans",
        conflict(
            "Patient/1",
            with("{\"name\":\"Ann\"", note("as it was")),
            with("{\"name\":\"Ann\"", note("written at the hospital")),
            with(
                "{\"name\":\"Ann\"",
                note("written at the clinic")
                    + ",\"scan.png\":{\"content_type\":\"image/png\",\"data\":\""
                    + PICTURE
                    + "\"}")));
  }

  private static String with(String body, String attachments) {
    return body + ",\"_attachments\":{" + attachments + "}}";
  }

  private static String note(String text) {
    String bytes = Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    return "\"note.txt\":{\"content_type\":\"text/plain\",\"data\":\"" + bytes + "\"}";
  }

  private static String textOf(Download download) throws IOException {
    try (InputStream bytes = download.createReadStream()) {
      return new String(bytes.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void bothSidesAreSeenAndFetchedAndOneIsTaken() throws IOException {
    signIn("/databases/scans/documents/Patient%2F1/conflict");
    button("Show note.txt: Version A").press("Enter");
    assertThat(dialog().getByText("written at the hospital")).isVisible();
    page().keyboard().press("Escape");
    button("Show note.txt: Version B").click();
    assertThat(dialog().getByText("written at the clinic")).isVisible();
    inspect("conflict-attachment-preview");
    page().keyboard().press("Escape");
    assertThat(button("Show note.txt: Version B")).isFocused();
    for (String[] side :
        new String[][] {{"A", "written at the hospital"}, {"B", "written at the clinic"}}) {
      Locator get = link("Download note.txt: Version " + side[0]);
      org.assertj.core.api.Assertions.assertThat(textOf(page().waitForDownload(get::click)))
          .isEqualTo(side[1]);
    }
    button("Show scan.png: Version B").click();
    assertThat(dialog().locator("img.preview-picture")).isVisible();
    page().keyboard().press("Escape");
    inspect("conflict-attachments");

    choice("Attachments › note.txt", "Version B").check();
    button("Settle").click();
    assertThat(heading("The conflict is settled")).isFocused();
    org.assertj.core.api.Assertions.assertThat(admin("GET", "/scans/Patient%2F1/note.txt", ""))
        .isEqualTo("written at the clinic");
    org.assertj.core.api.Assertions.assertThat(
            admin("GET", "/scans/Patient%2F1?conflicts=true", ""))
        .contains("scan.png")
        .doesNotContain("_conflicts");
  }
}
