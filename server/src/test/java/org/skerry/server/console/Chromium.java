package org.skerry.server.console;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Playwright;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * One browser for all tests of a process: Debian's Chromium without its windows, which takes a
 * third less of the processor, or the whole one where that is not installed. Where neither is, the
 * tests are skipped and say so; {@code .ci/run} installs both.
 */
final class Chromium implements BeforeAllCallback {
  private static final Path SHELL = Path.of("/usr/bin/chromium-headless-shell");

  /** With its windows, and what they show beside pages. */
  private static final Path WHOLE =
      Path.of(System.getProperty("skerry.chromium", "/usr/bin/chromium"));

  private static final Path PROGRAM =
      System.getProperty("skerry.chromium") == null && Files.isExecutable(SHELL) ? SHELL : WHOLE;

  private static final List<String> FLAGS =
      List.of(
          "--no-sandbox",
          "--disable-gpu",
          "--disable-quic",
          "--no-first-run",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync");

  /** The browsers and what drives them; used by the one thread that runs tests. */
  private static final class Running implements AutoCloseable {
    private final Playwright playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    private final Map<Path, Browser> browsers = new HashMap<>();

    Browser browser(Path program) {
      return browsers.computeIfAbsent(
          program,
          path ->
              playwright
                  .chromium()
                  .launch(new LaunchOptions().setExecutablePath(path).setArgs(FLAGS)));
    }

    @Override
    public void close() {
      browsers.values().forEach(Browser::close);
      playwright.close();
    }
  }

  private static Running running;

  @Override
  public void beforeAll(ExtensionContext context) {
    Assumptions.assumeTrue(
        Files.isExecutable(PROGRAM),
        "no browser at "
            + PROGRAM
            + ": install Debian's packages chromium and chromium-headless-shell, or name another"
            + " with -Dskerry.chromium");
    running =
        context
            // Not the root's: where several processes run tests, each class has a root of its own.
            .getStore(
                ExtensionContext.StoreScope.LAUNCHER_SESSION,
                ExtensionContext.Namespace.create(Chromium.class))
            .computeIfAbsent(Running.class, key -> new Running(), Running.class);
  }

  /** The browser, while tests run that are extended by this. */
  static Browser browser() {
    return running.browser(PROGRAM);
  }

  /** The browser that also shows what is no page, such as PDF. */
  static Browser whole() {
    Assumptions.assumeTrue(Files.isExecutable(WHOLE), "no browser at " + WHOLE);
    return running.browser(WHOLE);
  }
}
