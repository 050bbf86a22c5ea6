package org.skerry.server.console;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * axe-core, which finds what keeps people with a screen reader, or with weak eyes, out of a page.
 */
final class Axe {
  /** One line a fault: the rule, what it says, and where. Contrast is a serious fault for axe. */
  private static final String RUN =
      """
      rules => axe.run(document, {resultTypes: ['violations'], rules}).then(found =>
        found.violations.filter(one => one.impact === 'serious' || one.impact === 'critical')
        .map(one => one.id + ': ' + one.help + ': '
          + one.nodes.map(node => node.target.join(' ') + ' ' + node.failureSummary).join('; ')))
      """;

  private static final String PROGRAM = read("/axe.min.js");

  private Axe() {}

  private static String read(String name) {
    try (InputStream in = Axe.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("no " + name + " on the class path");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Serious and critical faults of what the page shows now. */
  static List<?> faults(Page page) {
    return faults(page, Map.of());
  }

  /** The same without contrast, which takes axe twice as long as all else. */
  static List<?> faultsBesideContrast(Page page) {
    return faults(page, Map.of("color-contrast", Map.of("enabled", false)));
  }

  private static List<?> faults(Page page, Map<String, ?> rules) {
    if (!(Boolean) page.evaluate("() => Boolean(globalThis.axe)")) {
      page.evaluate(PROGRAM + ";undefined");
    }
    return (List<?>) page.evaluate(RUN, rules);
  }
}
