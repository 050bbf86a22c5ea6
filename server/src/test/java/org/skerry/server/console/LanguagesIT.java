package org.skerry.server.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Other languages have longer words: every page still fits on a phone, and shows no key in place of
 * a text.
 */
class LanguagesIT extends ConsoleCase {
  private static final String[] PAGES = {
    "/databases",
    "/databases/clinic",
    "/databases/clinic/search",
    "/databases/clinic/changes",
    "/databases/clinic/settings",
    "/databases/clinic/conflicts",
    "/databases/clinic/conflicts/settled",
    "/databases/clinic/conflicts/rules",
    "/databases/clinic/new",
    "/conflicts",
    "/databases/clinic/documents/one",
    "/databases/clinic/documents/one/history",
    "/databases/clinic/documents/none",
    "/overview",
    "/tasks",
    "/audit",
    "/users",
    "/sites",
    "/exchange",
    "/satellites",
    "/config",
    "/figures",
  };

  @BeforeAll
  void makeDatabase() {
    admin("PUT", "/clinic", "");
    admin("PUT", "/clinic/one", "{\"a\":1}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"fr", "es"})
  void everyPageFits(String language) {
    signIn("/databases");
    field("Language").selectOption(language);
    assertThat(page().locator("html")).hasAttribute("lang", language);
    page().setViewportSize(Look.NARROW_LIGHT.width(), Look.NARROW_LIGHT.height());
    for (String route : PAGES) {
      go(route);
      assertThat(page().locator("h1")).isVisible();
      page().waitForFunction("() => !document.querySelector('.waiting, [aria-busy=true]')");
      page()
          .screenshot(
              new Page.ScreenshotOptions()
                  .setPath(
                      Path.of("target", "screenshots", language + route.replace('/', '-') + ".png"))
                  .setFullPage(true));
      org.assertj.core.api.Assertions.assertThat(
              (Integer) page().evaluate("() => document.documentElement.scrollWidth"))
          .as(route)
          .isLessThanOrEqualTo(Look.NARROW_LIGHT.width());
      org.assertj.core.api.Assertions.assertThat(page().locator("body").innerText())
          .as(route)
          .doesNotContainPattern(
              "\\b(shell|databases|documents|history|search|changes|json|overview|tasks|audit|users"
                  + "|sites|exchange|satellites|config|figures|conflicts)\\.[a-z]");
    }
  }
}
