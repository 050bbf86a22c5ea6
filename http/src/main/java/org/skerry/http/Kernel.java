package org.skerry.http;

import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What happens to every request, in this order:
 *
 * <ol>
 *   <li>a browser's preflight is answered, without a user;
 *   <li>the target is read, a body announced longer than the limit is refused;
 *   <li>the sender is identified, and turned away when nobody knows it; who is known has the
 *       connection for this request;
 *   <li>the router finds the endpoint, which answers;
 *   <li>a problem becomes an error body in the {@link ProblemForm} of that path, a failure becomes
 *       500 and a line in the log; when the answer was begun already, it is cut off instead. Of
 *       those who are interrupted because the node ends the log says nothing: they did not fail.
 * </ol>
 *
 * <p>Runs on the virtual thread of the request.
 */
final class Kernel extends Handler.Abstract {
  private static final Logger LOG = LoggerFactory.getLogger(Kernel.class);

  /** A request that the node itself keeps waiting is not idle. */
  private static final Predicate<TimeoutException> KEEP_WAITING = timeout -> false;

  private final HttpPolicy policy;
  private final CommonHeaders common;
  private final HeapRoom requests = HeapRoom.ofRequests();
  private final HeapRoom answers = HeapRoom.ofAnswers();
  private final Cors cors;
  private final Router router;
  private final Authenticator authenticator;
  private final Unclaimed unclaimed;
  private final RequestWatch watch = new RequestWatch();

  /** The threads that handle requests now. */
  private final Set<Thread> busy = ConcurrentHashMap.newKeySet();

  private final Object interrupting = new Object();

  /** Whether those who wait were interrupted. Volatile: set by whoever stops, read by all. */
  private volatile boolean ending;

  Kernel(
      HttpSettings settings,
      HttpPolicy policy,
      Router router,
      Authenticator authenticator,
      Unclaimed unclaimed) {
    super(InvocationType.BLOCKING);
    this.policy = policy;
    this.common = new CommonHeaders(settings.version());
    this.cors = new Cors(policy::corsOrigins);
    this.router = router;
    this.authenticator = authenticator;
    this.unclaimed = unclaimed;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    long start = System.nanoTime();
    request.addIdleTimeoutListener(KEEP_WAITING);
    HttpSettings.Limits limits = policy.limits();
    var exchange =
        new JettyExchange(request, response, callback, limits, common, requests, answers);
    Thread thread = Thread.currentThread();
    busy.add(thread);
    try {
      serve(request, exchange, limits);
      if (!exchange.isFinished()) {
        throw new IllegalStateException("an endpoint ended without an answer");
      }
    } catch (ClientGoneException e) {
      exchange.cutOff(e);
    } catch (Exception e) {
      recover(request, exchange, e);
    } catch (Throwable e) {
      recover(request, exchange, e);
      throw e;
    } finally {
      leave(thread);
      watch.ended(request, response, exchange, start);
    }
    return true;
  }

  private void serve(Request request, JettyExchange exchange, HttpSettings.Limits limits)
      throws IOException {
    exchange.addHeaders(cors.headers(exchange));
    String name = request.getMethod();
    Optional<Answer> preflight = cors.preflight(name, exchange);
    if (preflight.isPresent()) {
      exchange.answer(preflight.get());
      return;
    }
    Target target = target(request.getHttpURI(), exchange);
    exchange.bind(target, UserContext.ANONYMOUS); // problems are told as the target's API does
    if (request.getLength() > limits.requestBytes()) {
      throw HttpProblem.tooLarge("the request entity is too large");
    }
    UserContext user = identify(exchange);
    if (user.isSignedIn()) {
      claim(request);
    }
    exchange.bind(target, user);
    if (!policy.admitsStrangers(name, target.segments())) {
      SignInRule.check(target.segments(), user);
    }
    Method method = method(name, target);
    Router.Match match = router.find(method, target.segments());
    exchange.bind(method, match.variables());
    match.endpoint().handle(exchange);
  }

  /** Until the answer is sent, which may be long after it was given. */
  private void claim(Request request) throws ClientGoneException {
    Connection connection = request.getConnectionMetaData().getConnection();
    if (!unclaimed.claim(connection)) {
      throw new ClientGoneException(new IOException("too many connections waited"));
    }
    Request.addCompletionListener(request, failure -> unclaimed.release(connection));
  }

  private static Target target(HttpURI uri, JettyExchange exchange) {
    String path = PathsAsSent.path(uri);
    String query = uri.getQuery();
    try {
      return Target.parse(path, query == null ? "" : query);
    } catch (HttpProblem e) {
      exchange.bind(Target.unread(path), UserContext.ANONYMOUS); // this problem, too
      throw e;
    }
  }

  private UserContext identify(JettyExchange exchange) {
    Optional<Authenticator.SignedIn> found = authenticator.authenticate(exchange);
    if (found.isEmpty()) {
      return UserContext.ANONYMOUS;
    }
    exchange.addHeaders(found.get().headers());
    return found.get().user();
  }

  private Method method(String name, Target target) {
    return switch (name) {
      case "GET", "HEAD" -> Method.GET;
      case "PUT" -> Method.PUT;
      case "POST" -> Method.POST;
      case "DELETE" -> Method.DELETE;
      case "COPY" -> Method.COPY;
      case "PATCH" -> Method.PATCH;
      default -> throw router.notAllowed(target.segments());
    };
  }

  private void recover(Request request, JettyExchange exchange, Throwable failure) {
    if (exchange.canStillAnswer()) {
      HttpProblem problem = problem(request, exchange, failure);
      exchange.answerInstead(router.problems(exchange.segments()).answer(problem, exchange));
      return;
    }
    if (!ending && !(failure instanceof BrokenBodyException) && !exchange.isFinished()) {
      if (failure instanceof HttpProblem refusal) {
        // Said by an endpoint, such as that too many wait: it is known where.
        LOG.warn("{} ended in the middle of its answer: {}", name(request), refusal.getMessage());
      } else {
        LOG.warn("{} failed in the middle of its answer", name(request), failure);
      }
    }
    exchange.cutOff(failure);
  }

  private HttpProblem problem(Request request, JettyExchange exchange, Throwable failure) {
    return switch (failure) {
      case HttpProblem problem when problem.status() == 401 ->
          problem.with("WWW-Authenticate", scheme(exchange));
      case HttpProblem problem -> problem;
      case BrokenBodyException broken when broken.stoppedComing() ->
          new HttpProblem(408, "request_timeout", "The body stopped coming: send the request again")
              .with("Connection", "close");
      case BrokenBodyException broken ->
          HttpProblem.badRequest(
                  "bad_request", "The body ended early or is not what its headers say")
              .with("Connection", "close");
      case IOException interrupted when ending ->
          new HttpProblem(503, "service_unavailable", "The node ends; ask again later");
      default -> ProblemAnswers.unexpected(name(request), failure);
    };
  }

  /** How to sign in; scripts name another way, so that no browser opens its own dialogue. */
  private static String scheme(JettyExchange exchange) {
    return exchange.header("X-CouchDB-WWW-Authenticate").orElse("Basic realm=\"server\"");
  }

  private static String name(Request request) {
    return request.getMethod() + " " + PathsAsSent.path(request.getHttpURI());
  }

  RequestWatch watch() {
    return watch;
  }

  /** Wakes whoever still waits. The waiting endpoints end with an answer that is cut off. */
  void interruptAll() {
    synchronized (interrupting) {
      ending = true;
      busy.forEach(Thread::interrupt);
    }
  }

  /**
   * The thread goes back to Jetty, which may have it select for others, and takes an interrupt
   * there for its own: the selector closes, and whoever stops the server waits for it for ever.
   */
  private void leave(Thread thread) {
    busy.remove(thread);
    if (ending) {
      synchronized (interrupting) { // nobody who was still listed is interrupted behind this
        Thread.interrupted();
      }
    }
  }

  boolean isIdle() {
    return busy.isEmpty();
  }
}
