package org.skerry.http.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.skerry.http.HttpSettings;
import org.skerry.http.Router.Route;
import org.skerry.http.RunningServer;

class ConsoleRoutesTest {
  private static final String MAP = "{\"imports\":{\"preact\":\"./lib/preact.js\"}}";
  private static final String PAGE =
      "<!doctype html><script type=\"importmap\">" + MAP + "</script>\n";

  /** A class path in memory. */
  private static final class Resources extends ClassLoader {
    private final Map<String, byte[]> held = new HashMap<>();

    Resources() {
      super(null);
    }

    Resources with(String name, String text) {
      held.put(name, text.getBytes(StandardCharsets.UTF_8));
      return this;
    }

    @Override
    public InputStream getResourceAsStream(String name) {
      byte[] bytes = held.get(name);
      return bytes == null ? null : new ByteArrayInputStream(bytes);
    }
  }

  private final Resources resources =
      new Resources()
          .with("org/skerry/console/libraries.properties", "preact.js=webjars/preact.module.js\n")
          .with("webjars/preact.module.js", "export const h = 1;")
          .with("webjars/secret.js", "nobody named it")
          .with("org/skerry/console/files/index.html", PAGE)
          .with("org/skerry/console/files/pages/long.js", "let a = 1;\n".repeat(500))
          .with("org/skerry/console/files/notes.txt", "not for browsers")
          .with("org/skerry/console/files/.hidden.js", "hidden");

  /** Nobody signs in: the files are for everybody. */
  private final RunningServer node =
      RunningServer.start(
          HttpSettings.defaults(),
          caller -> Optional.empty(),
          ConsoleRoutes.of(new ConsoleFiles(resources, "files"), "/_utils").toArray(Route[]::new));

  @AfterEach
  void stop() {
    node.close();
  }

  private static String header(HttpResponse<?> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }

  @Test
  void withoutTheConsoleThereAreNoRoutes() {
    assertThat(ConsoleRoutes.of(new ConsoleFiles(new Resources(), "files"), "/_utils")).isEmpty();
  }

  @Test
  void theFolderLeadsToItsPage() {
    HttpResponse<String> moved = node.get("/_utils");
    assertThat(moved.statusCode()).isEqualTo(301);
    assertThat(header(moved, "Location")).isEqualTo("_utils/");
    HttpResponse<String> page = node.get("/_utils/");
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.body()).isEqualTo(PAGE);
    assertThat(header(page, "Content-Type")).isEqualTo("text/html; charset=utf-8");
    assertThat(node.get("/_utils/index.html").body()).isEqualTo(PAGE);
  }

  @Test
  void aLibraryIsServedWhenItIsNamed() {
    HttpResponse<String> library = node.get("/_utils/lib/preact.js");
    assertThat(library.body()).isEqualTo("export const h = 1;");
    assertThat(header(library, "Content-Type")).isEqualTo("text/javascript; charset=utf-8");
    assertThat(node.get("/_utils/lib/secret.js").statusCode()).isEqualTo(404);
    assertThat(node.get("/_utils/webjars/secret.js").statusCode()).isEqualTo(404);
  }

  @Test
  void aFileThatTheBrowserHasIsNotSentAgain() {
    HttpResponse<String> first = node.get("/_utils/pages/long.js");
    String tag = header(first, "ETag");
    assertThat(header(first, "Cache-Control")).isEqualTo("no-cache");
    HttpResponse<String> again = node.get("/_utils/pages/long.js", "If-None-Match", tag);
    assertThat(again.statusCode()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
    assertThat(header(again, "ETag")).isEqualTo(tag);
    HttpResponse<String> other = node.get("/_utils/pages/long.js", "If-None-Match", "\"x\"");
    assertThat(other.statusCode()).isEqualTo(200);
  }

  @Test
  void longFilesAreZippedForThoseWhoTakeIt() {
    HttpResponse<String> zipped = node.get("/_utils/pages/long.js", "Accept-Encoding", "br, gzip");
    assertThat(header(zipped, "Content-Encoding")).isEqualTo("gzip");
    assertThat(header(zipped, "Content-Length")).hasSizeLessThan(4);
    HttpResponse<String> plain =
        node.get("/_utils/pages/long.js", "Accept-Encoding", "gzip;q=0, br");
    assertThat(header(plain, "Content-Encoding")).isEmpty();
    assertThat(header(plain, "ETag")).isNotEqualTo(header(zipped, "ETag"));
    assertThat(header(node.get("/_utils/", "Accept-Encoding", "gzip"), "Content-Encoding"))
        .isEmpty();
  }

  @Test
  void noPathLeadsOutOfTheFolder() {
    for (String path :
        new String[] {
          "/_utils/%2e%2e/libraries.properties",
          "/_utils/..%2flibraries.properties",
          "/_utils/pages/%2e%2e/%2e%2e/secret.js",
          "/_utils/%2Fetc%2Fpasswd",
          "/_utils/pages%5Clong.js",
          "/_utils/lib/..%2Fpages%2Flong.js",
          "/_utils/.hidden.js",
          "/_utils/notes.txt",
          "/_utils/pages",
          "/_utils/pages/",
          "/_utils/pages/none.js",
        }) {
      assertThat(node.get(path).statusCode()).as(path).isEqualTo(404);
    }
  }

  @Test
  void onlyReadingIsAllowed() {
    HttpResponse<String> answer =
        node.send(
            "/_utils/index.html",
            request -> request.PUT(HttpRequest.BodyPublishers.ofString("<script>")));
    assertThat(answer.statusCode()).isEqualTo(405);
  }

  @Test
  void theBrowserRunsNothingButTheFiles() throws Exception {
    byte[] sum = MessageDigest.getInstance("SHA-256").digest(MAP.getBytes(StandardCharsets.UTF_8));
    String hash = "'sha256-" + Base64.getEncoder().encodeToString(sum) + "'";
    for (String path : new String[] {"/_utils/", "/_utils/lib/preact.js"}) {
      HttpResponse<String> answer = node.get(path);
      assertThat(header(answer, "Content-Security-Policy"))
          .startsWith("default-src 'none'; script-src 'self' " + hash + ";")
          .contains("frame-ancestors 'none'", "base-uri 'none'", "trusted-types 'none'")
          .doesNotContain("unsafe", "*", "http:", "https:");
      assertThat(header(answer, "X-Content-Type-Options")).isEqualTo("nosniff");
      assertThat(header(answer, "X-Frame-Options")).isEqualTo("DENY");
    }
  }

  @Test
  void anotherFolderHasItsOwnPageAndTheSameRules() {
    Resources beside =
        new Resources()
            .with("org/skerry/console/clinic/index.html", PAGE)
            .with("org/skerry/console/clinic/main.js", "let a = 1;")
            .with("org/skerry/console/files/secret.js", "the console's");
    try (RunningServer other =
        RunningServer.start(
            HttpSettings.defaults(),
            caller -> Optional.empty(),
            ConsoleRoutes.of(new ConsoleFiles(beside, "clinic"), "/_utils/clinic")
                .toArray(Route[]::new))) {
      assertThat(header(other.get("/_utils/clinic"), "Location")).isEqualTo("clinic/");
      assertThat(other.get("/_utils/clinic/").body()).isEqualTo(PAGE);
      assertThat(other.get("/_utils/clinic/main.js").statusCode()).isEqualTo(200);
      assertThat(other.get("/_utils/clinic/secret.js").statusCode()).isEqualTo(404);
      assertThat(header(other.get("/_utils/clinic/"), "Content-Security-Policy"))
          .isEqualTo(header(node.get("/_utils/"), "Content-Security-Policy"));
    }
  }

  @Test
  void aPageWithAServiceWorkerMayNameItAndNothingElse() {
    Resources beside =
        new Resources()
            .with("org/skerry/console/clinic/index.html", PAGE)
            .with("org/skerry/console/clinic/worker.js", "let a = 1;");
    try (RunningServer other =
        RunningServer.start(
            HttpSettings.defaults(),
            caller -> Optional.empty(),
            ConsoleRoutes.of(new ConsoleFiles(beside, "clinic"), "/_utils/clinic")
                .toArray(Route[]::new))) {
      String console = header(node.get("/_utils/"), "Content-Security-Policy");
      assertThat(header(other.get("/_utils/clinic/"), "Content-Security-Policy"))
          .isEqualTo(console.replace("trusted-types 'none'", "trusted-types clinic-worker"));
    }
  }
}
