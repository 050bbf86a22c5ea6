package org.skerry.server.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.skerry.http.Router.Route;
import org.skerry.server.Node;
import org.skerry.server.QuickSettings;
import org.skerry.server.settings.Setting;
import org.skerry.server.settings.SettingsReader;
import org.skerry.server.settings.SettingsSource;

/**
 * A node for a class of tests, and a fresh visit with the browser for each test. What a page
 * complains about in the browser's console, or tries to load from elsewhere, fails the test.
 */
@Timeout(300)
@ExtendWith(Chromium.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ConsoleCase {
  static final String PASSWORD = "not a secret in a test";

  private static final int PATIENCE_MS = 120_000;
  private static final Path SCREENSHOTS = Path.of("target", "screenshots");

  /** What browsers note when an answer is an error, which tests cause on purpose. */
  private static final String REFUSED = "Failed to load resource: the server responded with";

  private Path folder;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final List<String> complaints = new ArrayList<>();
  private final List<String> expected = new ArrayList<>();
  private Node node;
  private BrowserContext visit;
  private Page page;

  @BeforeAll
  void startNode(@TempDir Path temporary) throws IOException {
    folder = temporary;
    node = startNode("here");
  }

  /** A node with a folder of its own. */
  final Node startNode(String name) throws IOException {
    return startNode(name, "0");
  }

  /** The same at a port; one that was there under that name has again what it had. */
  final Node startNode(String name, String port) throws IOException {
    Path settings = QuickSettings.file();
    SettingsSource source =
        () ->
            SettingsReader.read(
                Optional.of(settings),
                Map.of(SettingsReader.PASSWORD_VARIABLE, PASSWORD),
                Map.of(Setting.DATA, folder.resolve(name).toString(), Setting.PORT, port));
    return Node.start(source.read(), source, more(), password -> {});
  }

  /** What pages are looked at with. */
  Browser browser() {
    return Chromium.browser();
  }

  /** What the node serves beside the console. */
  List<Route> more() {
    return List.of();
  }

  @AfterAll
  void stopNode() {
    client.close();
    if (node != null) {
      node.close();
    }
  }

  @BeforeEach
  void open() {
    visit =
        browser()
            .newContext(
                new Browser.NewContextOptions()
                    .setLocale("en-GB")
                    .setViewportSize(Look.WIDE_LIGHT.width(), Look.WIDE_LIGHT.height()));
    visit.setDefaultTimeout(PATIENCE_MS);
    PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MS);
    page = visit.newPage();
    page.onPageError(complaints::add);
    page.onConsoleMessage(
        message -> {
          if (message.type().equals("error") && !message.text().startsWith(REFUSED)) {
            complaints.add(message.text());
          }
        });
    page.onRequest(
        request -> {
          if (!isOwn(request.url())) {
            complaints.add("asks elsewhere: " + request.url());
          }
        });
  }

  /**
   * Tells what a test saw when it failed, before the visit ends: the page's address and text, what
   * the browser complained about, and where the picture is.
   */
  @RegisterExtension
  final AfterTestExecutionCallback witness =
      context ->
          context.getExecutionException().ifPresent(failure -> tell(context.getDisplayName()));

  private void tell(String test) {
    if (page == null || page.isClosed()) {
      return;
    }
    String name = getClass().getSimpleName() + "-" + test.replaceAll("[^A-Za-z0-9]+", "-");
    Path picture = SCREENSHOTS.resolve("failed-" + name + ".png");
    System.err.printf(
        "%s failed at %s, picture %s; the browser complained about %s; the page said:%n%s%n",
        name, page.url(), picture.toAbsolutePath(), complaints, text());
    try {
      page.screenshot(new Page.ScreenshotOptions().setPath(picture).setFullPage(true));
    } catch (PlaywrightException e) {
      System.err.println("no picture: " + e.getMessage());
    }
  }

  private String text() {
    try {
      return page.locator("body").innerText();
    } catch (PlaywrightException e) {
      return "(nothing: " + e.getMessage() + ")";
    }
  }

  @AfterEach
  void leave() {
    if (visit != null) {
      visit.close();
    }
    List<String> heard =
        complaints.stream().filter(text -> expected.stream().noneMatch(text::startsWith)).toList();
    complaints.clear();
    expected.clear();
    assertThat(heard).as("what the browser complains about").isEmpty();
  }

  /** The node, what the page made itself, and the browser's own viewer of PDF. */
  private boolean isOwn(String url) {
    return url.startsWith(node.url())
        || url.startsWith("blob:" + node.url())
        || url.startsWith("chrome-extension:")
        || url.startsWith("chrome:");
  }

  /** Complaints that begin so are what this test wants to hear. */
  final void expectComplaint(String start) {
    expected.add(start);
  }

  final Page page() {
    return page;
  }

  final Node node() {
    return node;
  }

  /** Asks the node directly, as its administrator. */
  final String admin(String method, String path, String body) {
    return ask(node, method, path, body);
  }

  final String ask(Node asked, String method, String path, String body) {
    String login = "admin:" + PASSWORD;
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(asked.url() + path))
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .header("Content-Type", "application/json")
            .header(
                "Authorization",
                "Basic "
                    + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8)))
            .build();
    try {
      HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode())
          .as(method + " " + path + ": " + answer.body())
          .isLessThan(300);
      return answer.body();
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Opens the console at one of its addresses, as a stranger. */
  final void visit(String route) {
    page.navigate(node.url() + "/_utils/#" + route);
  }

  /** Opens the console as its administrator. */
  final void signIn(String route) {
    signIn(route, "admin", PASSWORD);
  }

  final void signIn(String route, String name, String password) {
    visit(route);
    field("Name").fill(name);
    field("Password").fill(password);
    button("Sign in").click();
    page.getByRole(AriaRole.NAVIGATION, named("Pages")).waitFor();
  }

  /** Goes to another page of the console. */
  final void go(String route) {
    page.evaluate("route => { location.hash = route; }", route);
  }

  final Locator field(String label) {
    return page.getByLabel(label, new Page.GetByLabelOptions().setExact(true));
  }

  final Locator button(String name) {
    return page.getByRole(AriaRole.BUTTON, named(name));
  }

  final Locator link(String name) {
    return page.getByRole(AriaRole.LINK, named(name));
  }

  final Locator heading(String name) {
    return page.getByRole(AriaRole.HEADING, named(name));
  }

  final Locator dialog() {
    return page.getByRole(AriaRole.DIALOG);
  }

  static Page.GetByRoleOptions named(String name) {
    return new Page.GetByRoleOptions().setName(name).setExact(true);
  }

  /**
   * Looks at what the page shows, on a wide screen and a narrow one, light and dark ({@link Look}):
   * has axe find no serious fault, and contrast on one of them; nothing may be wider than the
   * screen. Leaves pictures for who asks for all looks.
   */
  final void inspect(String name) {
    page.evaluate("() => scrollTo(0, 0)");
    for (Look look : Look.chosen()) {
      page.setViewportSize(look.width(), look.height());
      page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(look.scheme()));
      String picture =
          name + "-" + look.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
      if (Look.arePicturesWanted()) {
        page.screenshot(
            new Page.ScreenshotOptions()
                .setPath(SCREENSHOTS.resolve(picture + ".png"))
                // What lies behind a dialog stands still.
                .setFullPage(dialog().count() == 0));
      }
      List<?> faults =
          look.showsContrastOf(name) ? Axe.faults(page) : Axe.faultsBesideContrast(page);
      assertThat(faults).as("axe at " + picture).isEmpty();
      assertThat((Integer) page.evaluate("() => document.documentElement.scrollWidth"))
          .as("width of " + picture)
          .isLessThanOrEqualTo(look.width());
    }
    page.setViewportSize(Look.WIDE_LIGHT.width(), Look.WIDE_LIGHT.height());
    page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(Look.WIDE_LIGHT.scheme()));
  }
}
