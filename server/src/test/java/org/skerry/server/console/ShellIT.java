package org.skerry.server.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.options.AriaRole;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Signing in, the navigation, languages, themes, the keyboard. */
class ShellIT extends ConsoleCase {
  @Test
  void nothingIsShownBeforeSigningIn() {
    visit("/databases");
    assertThat(button("Sign in")).isVisible();
    assertThat(page().getByRole(AriaRole.NAVIGATION)).hasCount(0);
    inspect("sign-in");
  }

  @Test
  void aWrongPasswordIsSaidAndThePasswordAskedForAgain() {
    visit("/");
    field("Name").fill("admin");
    field("Password").fill("wrong");
    button("Sign in").click();
    assertThat(page().getByRole(AriaRole.ALERT)).containsText("Name or password is wrong.");
    assertThat(field("Password")).isFocused();
    assertThat(field("Password")).hasValue("");
    inspect("sign-in-wrong");
    field("Password").fill(PASSWORD);
    field("Password").press("Enter");
    assertThat(heading("Overview")).isVisible();
  }

  @Test
  void whoSignsOutSeesNothingAnyMore() {
    signIn("/databases");
    button("Sign out").click();
    assertThat(button("Sign in")).isVisible();
    page().reload();
    assertThat(button("Sign in")).isVisible();
  }

  @Test
  void aSessionThatEndsAsksForThePasswordOverThePage() {
    signIn("/databases");
    assertThat(button("Reload")).hasAttribute("aria-busy", "false");
    page().context().clearCookies();
    button("Reload").click();
    assertThat(dialog()).containsText("Your session ended");
    inspect("sign-in-again");
    field("Password").fill(PASSWORD);
    field("Password").press("Enter");
    assertThat(dialog()).hasCount(0);
    assertThat(link("_users")).isVisible();
    assertThat(page().getByRole(AriaRole.ALERT)).hasCount(0);
  }

  @Test
  void theLanguageChangesAtOnceAndIsRemembered() {
    signIn("/databases");
    field("Language").selectOption("fr");
    assertThat(heading("Bases de données")).isVisible();
    page().reload();
    assertThat(heading("Bases de données")).isVisible();
    assertThat(page().locator("html")).hasAttribute("lang", "fr");
    inspect("databases-french");
    page().getByLabel("Langue").selectOption("es");
    assertThat(heading("Bases de datos")).isVisible();
  }

  @Test
  void theThemeIsTheSystemsUntilOneIsChosen() {
    signIn("/databases");
    field("Colours").selectOption("dark");
    assertThat(page().locator("body")).hasCSS("background-color", "rgb(15, 23, 27)");
    page().reload();
    assertThat(page().locator("body")).hasCSS("background-color", "rgb(15, 23, 27)");
    field("Colours").selectOption("system");
    assertThat(page().locator("body")).hasCSS("background-color", "rgb(244, 246, 245)");
  }

  @Test
  void theKeyboardSkipsToTheContent() {
    signIn("/databases");
    page().reload();
    heading("Databases").waitFor();
    page().keyboard().press("Tab");
    assertThat(link("Skip to the content")).isFocused();
    page().keyboard().press("Enter");
    assertThat(page().getByRole(AriaRole.MAIN)).isFocused();
    assertThat(page()).hasURL(Pattern.compile(".*#/databases$"));
  }

  @Test
  void aNarrowScreenOpensTheNavigationByAButton() {
    signIn("/databases");
    page().setViewportSize(Look.NARROW_LIGHT.width(), Look.NARROW_LIGHT.height());
    assertThat(link("Databases")).not().isVisible();
    button("Menu").click();
    assertThat(link("Databases")).isVisible();
    inspect("menu");
  }

  @Test
  void anAddressWithoutAPageSaysSo() {
    signIn("/no/such/page");
    assertThat(heading("There is no such page")).isVisible();
    inspect("no-page");
  }

  @Test
  void anOrdinaryNodeHasNoClinic() {
    org.assertj.core.api.Assertions.assertThat(
            page().navigate(node().url() + "/_utils/clinic/index.html").status())
        .isEqualTo(404);
  }
}
