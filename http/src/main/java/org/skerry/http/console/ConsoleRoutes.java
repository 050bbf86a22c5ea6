package org.skerry.http.console;

import java.io.IOException;
import java.util.List;
import org.skerry.http.Answer;
import org.skerry.http.Endpoint;
import org.skerry.http.Exchange;
import org.skerry.http.Method;
import org.skerry.http.Router.Route;

/** Where the console is: {@code /_utils/}, and what stands below. */
public final class ConsoleRoutes {
  private static final String START = "index.html";

  private ConsoleRoutes() {}

  /** The routes of the console on the class path; none when this program was made without it. */
  public static List<Route> ofClassPath() {
    return of(new ConsoleFiles(ConsoleRoutes.class.getClassLoader()));
  }

  static List<Route> of(ConsoleFiles files) {
    if (files.find(START).isEmpty()) {
      return List.of();
    }
    Endpoint start = new ServeFile(files, exchange -> START);
    return List.of(
        new Route(Method.GET, "/_utils", exchange -> answerStart(exchange, start)),
        new Route(
            Method.GET,
            "/_utils/{file*}",
            new ServeFile(files, exchange -> exchange.variable("file"))));
  }

  /** Without the slash at the end, the start page's relative links would lead elsewhere. */
  private static void answerStart(Exchange exchange, Endpoint start) throws IOException {
    if (exchange.rawPath().endsWith("/")) {
      start.handle(exchange);
    } else {
      // Relative, so that it holds behind a proxy that puts a folder before the path.
      exchange.answer(Answer.empty(301).with("Location", "_utils/"));
    }
  }
}
