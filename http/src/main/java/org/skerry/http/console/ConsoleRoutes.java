package org.skerry.http.console;

import java.io.IOException;
import java.util.List;
import org.skerry.http.Answer;
import org.skerry.http.Endpoint;
import org.skerry.http.Exchange;
import org.skerry.http.Method;
import org.skerry.http.Router.Route;

/**
 * Where the console is: {@code /_utils/}, and what stands below; and pages that stand beside it.
 */
public final class ConsoleRoutes {
  private static final String START = "index.html";

  private ConsoleRoutes() {}

  /** The routes of the console on the class path; none when this program was made without it. */
  public static List<Route> ofClassPath() {
    return ofClassPath(ConsoleFiles.CONSOLE, "/_utils");
  }

  /**
   * The routes of the demonstration's clinic, {@code /_utils/clinic/}, which no ordinary node has.
   * It takes what it can from the console, which must therefore be served too.
   */
  public static List<Route> clinicOfClassPath() {
    return ofClassPath("clinic", "/_utils/clinic");
  }

  private static List<Route> ofClassPath(String folder, String path) {
    return of(new ConsoleFiles(ConsoleRoutes.class.getClassLoader(), folder), path);
  }

  static List<Route> of(ConsoleFiles files, String path) {
    if (files.find(START).isEmpty()) {
      return List.of();
    }
    Endpoint start = new ServeFile(files, exchange -> START);
    return List.of(
        new Route(Method.GET, path, exchange -> answerStart(exchange, path, start)),
        new Route(
            Method.GET,
            path + "/{file*}",
            new ServeFile(files, exchange -> exchange.variable("file"))));
  }

  /** Without the slash at the end, the start page's relative links would lead elsewhere. */
  private static void answerStart(Exchange exchange, String path, Endpoint start)
      throws IOException {
    if (exchange.rawPath().endsWith("/")) {
      start.handle(exchange);
    } else {
      // Relative, so that it holds behind a proxy that puts a folder before the path.
      exchange.answer(
          Answer.empty(301).with("Location", path.substring(path.lastIndexOf('/') + 1) + "/"));
    }
  }
}
