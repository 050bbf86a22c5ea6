package org.skerry.server.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Sending, seeing, getting and deleting attachments. */
class AttachmentsIT extends ConsoleCase {
  /** A picture of 1 by 1. */
  private static final byte[] PICTURE =
      Base64.getDecoder()
          .decode(
              "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

  @BeforeAll
  void makeDatabase() {
    admin("PUT", "/files", "");
  }

  private static FilePayload file(String name, String type, String text) {
    return new FilePayload(name, type, text.getBytes(StandardCharsets.UTF_8));
  }

  private void open(String id) {
    admin("PUT", "/files/" + id, "{\"kept\":1.50}");
    signIn("/databases/files/documents/" + id);
  }

  private Locator files() {
    return page().getByLabel("Files to send");
  }

  @Test
  void filesAreSentOneAfterTheOtherAndTheTextStays() throws IOException {
    open("several");
    files()
        .setInputFiles(
            new FilePayload[] {
              file("note.txt", "text/plain", "seen at the clinic"),
              new FilePayload("dot.png", "image/png", PICTURE),
              file("report.bin", "application/x-unknown", "0101"),
            });
    assertThat(page().getByText("report.bin is attached.")).isVisible();
    assertThat(page().getByRole(AriaRole.TABLE, named("Attachments")).getByRole(AriaRole.ROW))
        .hasCount(4);
    inspect("document");
    org.assertj.core.api.Assertions.assertThat(admin("GET", "/files/several", ""))
        .contains("\"kept\":1.50", "\"_rev\":\"4-");
    Download download = page().waitForDownload(() -> link("Download note.txt").click());
    org.assertj.core.api.Assertions.assertThat(download.suggestedFilename()).isEqualTo("note.txt");
    try (InputStream bytes = download.createReadStream()) {
      org.assertj.core.api.Assertions.assertThat(bytes.readAllBytes())
          .isEqualTo("seen at the clinic".getBytes(StandardCharsets.UTF_8));
    }
  }

  @Test
  void whatCanBeSeenIsShown() {
    open("shown");
    files()
        .setInputFiles(
            new FilePayload[] {
              file("note.txt", "text/plain", "seen at the clinic"),
              new FilePayload("dot.png", "image/png", PICTURE),
              file("report.bin", "application/x-unknown", "0101"),
            });
    assertThat(page().getByText("report.bin is attached.")).isVisible();
    button("Show note.txt").click();
    assertThat(dialog().getByText("seen at the clinic")).isVisible();
    inspect("preview-text");
    page().keyboard().press("Escape");
    button("Show dot.png").click();
    assertThat(dialog().getByRole(AriaRole.IMG)).hasJSProperty("naturalWidth", 1);
    page().keyboard().press("Escape");
    button("Show report.bin").click();
    assertThat(dialog()).containsText("cannot be shown here");
    page().keyboard().press("Escape");
    button("Delete report.bin").click();
    button("Delete").click();
    assertThat(page().getByText("report.bin is deleted.")).isVisible();
    assertThat(button("Show report.bin")).hasCount(0);
    assertThat(button("Show note.txt")).isVisible();
  }

  @Test
  void editingKeepsTheAttachments() {
    open("edited");
    files().setInputFiles(file("note.txt", "text/plain", "seen at the clinic"));
    assertThat(button("Show note.txt")).isVisible();
    page().getByRole(AriaRole.TEXTBOX, named("Content")).fill("{\"kept\": 2.50}");
    assertThat(button("Send files")).isDisabled();
    button("Save").click();
    assertThat(page().getByText("edited is saved.")).isVisible();
    assertThat(button("Show note.txt")).isVisible();
    org.assertj.core.api.Assertions.assertThat(admin("GET", "/files/edited/note.txt", ""))
        .isEqualTo("seen at the clinic");
  }

  @Test
  void aLongUploadShowsItsProgressAndCanBeCancelled() {
    open("long");
    // The node is not reached before the test lets the request go on, so that the work is seen.
    page().route("**/files/long/**", route -> {});
    files().setInputFiles(new FilePayload("scan.tif", "image/tiff", new byte[1 << 20]));
    assertThat(page().getByRole(AriaRole.PROGRESSBAR, named("Sending scan.tif"))).isVisible();
    inspect("uploading");
    button("Cancel: Sending scan.tif").click();
    assertThat(page().getByRole(AriaRole.PROGRESSBAR)).hasCount(0);
    assertThat(button("Send files")).hasAttribute("aria-busy", "false");
    assertThat(page().getByText("scan.tif is attached.")).hasCount(0);
  }
}
