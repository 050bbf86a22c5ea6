package org.skerry.server.console;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Playwright;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * One browser for all tests of a process: Debian's Chromium. Where it is not installed, the tests
 * are skipped and say so; {@code .ci/run} installs it.
 */
final class Chromium implements BeforeAllCallback {
  private static final Path PROGRAM =
      Path.of(System.getProperty("skerry.chromium", "/usr/bin/chromium"));

  private static final List<String> FLAGS =
      List.of(
          "--no-sandbox",
          "--disable-gpu",
          "--disable-quic",
          "--no-first-run",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync");

  /** The browser and what drives it; used by the one thread that runs tests. */
  private record Running(Playwright playwright, Browser browser) implements AutoCloseable {
    static Running start() {
      Playwright playwright =
          Playwright.create(
              new Playwright.CreateOptions()
                  .setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
      Browser browser =
          playwright
              .chromium()
              .launch(new LaunchOptions().setExecutablePath(PROGRAM).setArgs(FLAGS));
      return new Running(playwright, browser);
    }

    @Override
    public void close() {
      browser.close();
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
            + ": install Debian's package chromium, or name another with"
            + " -Dskerry.chromium");
    running =
        context
            // Not the root's: where several processes run tests, each class has a root of its own.
            .getStore(
                ExtensionContext.StoreScope.LAUNCHER_SESSION,
                ExtensionContext.Namespace.create(Chromium.class))
            .computeIfAbsent(Running.class, key -> Running.start(), Running.class);
  }

  /** The browser, while tests run that are extended by this. */
  static Browser browser() {
    return running.browser();
  }
}
