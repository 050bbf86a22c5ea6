package org.skerry.http;

import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Lets an endpoint ask its own node: the same routes, by the same user, with the same rights, and
 * without a network between. Any thread.
 */
public final class InnerRequests {
  /** Volatile: set once, when all routes are known, before anybody asks. */
  private volatile @Nullable Router router;

  /** Says where requests go from now on. */
  public void serve(Router routes) {
    router = routes;
  }

  /**
   * The answer to a request; a problem is an answer as well, in the form of its path.
   *
   * @param outer whose sender asks
   * @throws HttpProblem when the target cannot be read
   * @throws IOException when the client is gone meanwhile
   */
  public Answer ask(Exchange outer, InnerRequest request) throws IOException {
    Router routes = router;
    if (routes == null) {
      throw new HttpProblem(503, "service_unavailable", "The node begins; ask again later");
    }
    int mark = request.target().indexOf('?');
    Target target =
        mark < 0
            ? Target.parse(request.target(), "")
            : Target.parse(
                request.target().substring(0, mark), request.target().substring(mark + 1));
    Method method =
        method(request.method()).orElseThrow(() -> routes.notAllowed(target.segments()));
    InnerExchange exchange = new InnerExchange(outer, request, method, target);
    try {
      Router.Match match = routes.find(method, target.segments());
      exchange.bind(match.variables());
      match.endpoint().handle(exchange);
      return exchange.answered();
    } catch (HttpProblem problem) {
      return routes.problems(target.segments()).answer(problem, exchange);
    } catch (RuntimeException failure) {
      HttpProblem problem =
          ProblemAnswers.unexpected(request.method() + " " + target.rawPath(), failure);
      return routes.problems(target.segments()).answer(problem, exchange);
    }
  }

  private static Optional<Method> method(String name) {
    for (Method method : Method.values()) {
      if (method.name().equals(name)) {
        return Optional.of(method);
      }
    }
    return Optional.empty();
  }
}
