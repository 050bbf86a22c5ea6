package org.skerry.server.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FilePayload;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the browser's own viewer shows of an attachment: only the whole browser has one. */
class PdfIT extends ConsoleCase {
  /** A page of 200 by 100 points with one word on it. */
  private static final String PDF =
      """
      %PDF-1.4
      1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
      2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
      3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 100]/Contents 4 0 R\
      /Resources<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>endobj
      4 0 obj<</Length 40>>stream
      BT /F 24 Tf 20 40 Td (Referral) Tj ET
      endstream endobj
      trailer<</Root 1 0 R>>
      """;

  @Override
  Browser browser() {
    return Chromium.whole();
  }

  @Test
  void aPdfIsShownByTheBrowsersViewer() {
    admin("PUT", "/files", "");
    admin("PUT", "/files/letter", "{}");
    signIn("/databases/files/documents/letter");
    page()
        .getByLabel("Files to send")
        .setInputFiles(
            new FilePayload(
                "letter.pdf",
                "application/pdf; charset=binary",
                PDF.getBytes(StandardCharsets.UTF_8)));
    button("Show letter.pdf").click();
    assertThat(dialog().locator("iframe[title='letter.pdf']"))
        .hasAttribute("src", Pattern.compile("^blob:.*"));
    // The page, what is shown, the viewer, and what it shows.
    page().waitForCondition(() -> page().frames().size() > 3);
    page()
        .screenshot(
            new Page.ScreenshotOptions()
                .setPath(Path.of("target", "screenshots", "preview-pdf.png")));
  }
}
