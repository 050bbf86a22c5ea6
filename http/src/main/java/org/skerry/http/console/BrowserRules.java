package org.skerry.http.console;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.skerry.http.AnswerHead.Header;

/**
 * What a browser may do with the console: run its files and nothing else, and ask this node and
 * nobody else. Documents and attachments hold whatever somebody wrote; should one ever be shown
 * wrongly, these rules are what keeps it from running.
 *
 * @param headers of every file
 */
record BrowserRules(List<Header> headers) {
  /** As the page with the worker calls it. */
  private static final String WORKER_POLICY = "clinic-worker";

  /** The names of modules. Browsers read it from the page itself only. */
  private static final Pattern IMPORT_MAP =
      Pattern.compile("<script type=\"importmap\">(.*?)</script>", Pattern.DOTALL);

  /**
   * The rules for a page.
   *
   * @param page whose import map, and no other inline script, may be used
   * @param worker whether it has a service worker, whose address is then the only one that its
   *     scripts may make
   */
  static BrowserRules of(byte[] page, boolean worker) {
    Matcher map = IMPORT_MAP.matcher(new String(page, StandardCharsets.UTF_8));
    String scripts = "'self'" + (map.find() ? " '" + hash(map.group(1)) + "'" : "");
    return new BrowserRules(
        List.of(
            new Header(
                "Content-Security-Policy",
                "default-src 'none'; script-src "
                    + scripts
                    + "; style-src 'self'; connect-src 'self'; manifest-src 'self'"
                    // Previews of attachments: fetched, and shown as what they may safely be.
                    + "; img-src 'self' blob:; media-src blob:; frame-src blob:"
                    + "; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
                    + "; require-trusted-types-for 'script'; trusted-types "
                    + (worker ? WORKER_POLICY : "'none'")),
            new Header("X-Content-Type-Options", "nosniff"),
            new Header("X-Frame-Options", "DENY"),
            new Header("Referrer-Policy", "no-referrer"),
            new Header("Cross-Origin-Opener-Policy", "same-origin"),
            new Header("Cross-Origin-Resource-Policy", "same-origin")));
  }

  private static String hash(String script) {
    byte[] sum = ConsoleFile.sha256(script.getBytes(StandardCharsets.UTF_8));
    return "sha256-" + Base64.getEncoder().encodeToString(sum);
  }
}
