package org.skerry.http.access;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.skerry.http.Answer;
import org.skerry.http.AnswerHead;
import org.skerry.http.Caller;
import org.skerry.http.Exchange;
import org.skerry.http.HttpProblem;
import org.skerry.http.Method;
import org.skerry.http.Query;
import org.skerry.http.Router;
import org.skerry.http.UserContext;
import org.skerry.json.JsonIn;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code /_session}: signing in by cookie, who am I, signing out. In CouchDB's words. */
final class SessionEndpoint {
  /** Bytes. Nobody is known yet here, and each stranger could have others' memory. */
  private static final int LONGEST_FORM = 64 << 10;

  private static final JsonMapper JSON = JsonIn.mapper();

  private final Logins logins;
  private final SessionTokens tokens;
  private final SessionCookie cookie;
  private final SignInJournal journal;
  private final Supplier<List<String>> handlers;

  /**
   * The endpoint.
   *
   * @param handlers the names of what signs users in, in order
   */
  SessionEndpoint(
      Logins logins,
      SessionTokens tokens,
      SessionCookie cookie,
      SignInJournal journal,
      Supplier<List<String>> handlers) {
    this.logins = logins;
    this.tokens = tokens;
    this.cookie = cookie;
    this.journal = journal;
    this.handlers = handlers;
  }

  List<Router.Route> routes() {
    return List.of(
        new Router.Route(Method.GET, "/_session", this::whoAmI),
        new Router.Route(Method.POST, "/_session", this::signIn),
        new Router.Route(Method.DELETE, "/_session", this::signOut));
  }

  private void whoAmI(Exchange exchange) throws IOException {
    UserContext user = exchange.user();
    if (exchange.query().text("basic").equals(Optional.of("true")) && !user.isSignedIn()) {
      throw HttpProblem.unauthorized("Please login.");
    }
    ObjectNode body = JSON.createObjectNode().put("ok", true);
    body.putObject("userCtx")
        .put("name", user.name().orElse(null))
        .set("roles", roles(user.roles()));
    ObjectNode info = body.putObject("info");
    ArrayNode names = info.putArray("authentication_handlers");
    handlers.get().forEach(names::add);
    user.handler().ifPresent(handler -> info.put("authenticated", handler));
    exchange.answer(answer(200, body));
  }

  private void signIn(Exchange exchange) throws IOException {
    Map<String, String> form = form(exchange);
    String name = name(form);
    Caller caller = exchange.caller();
    String password = form.getOrDefault("password", "");
    Optional<UserDirectory.KnownUser> user = logins.check(name, password, caller.address());
    if (user.isPresent()) {
      exchange.answer(welcome(exchange, user.get()));
    } else {
      exchange.answer(refusal(exchange));
    }
  }

  private static String name(Map<String, String> form) {
    String name = form.getOrDefault("name", form.getOrDefault("username", ""));
    if (name.isEmpty()) {
      throw HttpProblem.badRequest("bad_request", "request body must contain a username");
    }
    if (!name.equals(form.getOrDefault("username", name))) {
      throw HttpProblem.badRequest("bad_request", "request body contains different usernames");
    }
    return name;
  }

  private Answer welcome(Exchange exchange, UserDirectory.KnownUser user) {
    ObjectNode body = JSON.createObjectNode().put("ok", true).put("name", user.name());
    body.set("roles", roles(user.roles()));
    AnswerHead.Header holding = cookie.holding(tokens.issue(user), exchange.caller().secure());
    journal.seen(user.name(), exchange.caller().address(), "cookie");
    return redirected(exchange, "next", 200, body).with(holding.name(), holding.value());
  }

  private Answer refusal(Exchange exchange) {
    ObjectNode body =
        JSON.createObjectNode()
            .put("error", "unauthorized")
            .put("reason", "Name or password is incorrect.");
    AnswerHead.Header removing = cookie.removing(exchange.caller().secure());
    return redirected(exchange, "fail", 401, body).with(removing.name(), removing.value());
  }

  private void signOut(Exchange exchange) throws IOException {
    AnswerHead.Header removing = cookie.removing(exchange.caller().secure());
    journal.signedOut(exchange.user().name(), exchange.caller().address());
    ObjectNode body = JSON.createObjectNode().put("ok", true);
    exchange.answer(
        redirected(exchange, "next", 200, body).with(removing.name(), removing.value()));
  }

  /** The answer, or the same as 302 when the query names a path of this node to go on with. */
  private static Answer redirected(Exchange exchange, String parameter, int status, JsonNode body) {
    // "//host" would lead elsewhere: browsers take it, and "/\host", for another server.
    Optional<String> path =
        exchange.query().text(parameter).filter(text -> text.matches("/([^/\\\\].*)?"));
    return path.map(text -> answer(302, body).with("Location", exchange.baseUrl() + text))
        .orElseGet(() -> answer(status, body));
  }

  private static Map<String, String> form(Exchange exchange) throws IOException {
    String type = exchange.header("Content-Type").orElse("");
    byte[] body = exchange.body().readNBytes(LONGEST_FORM + 1);
    if (body.length > LONGEST_FORM) {
      throw HttpProblem.tooLarge("who signs in may send " + LONGEST_FORM + " bytes");
    }
    if (type.startsWith("application/x-www-form-urlencoded")) {
      return Query.parseForm(new String(body, StandardCharsets.UTF_8));
    }
    if (!type.startsWith("application/json")) {
      throw new HttpProblem(
          415,
          "bad_content_type",
          "Content-Type must be application/json or application/x-www-form-urlencoded");
    }
    return members(body);
  }

  private static Map<String, String> members(byte[] json) {
    JsonNode parsed;
    try {
      parsed = JSON.readTree(json);
    } catch (JacksonException e) {
      throw HttpProblem.badRequest("bad_request", "invalid UTF-8 JSON");
    }
    if (!parsed.isObject()) {
      throw HttpProblem.badRequest("bad_request", "Request body must be a JSON object");
    }
    Map<String, String> members = new HashMap<>();
    parsed
        .properties()
        .forEach(
            member -> {
              if (member.getValue().isString()) {
                members.put(member.getKey(), member.getValue().stringValue());
              }
            });
    return members;
  }

  private static ArrayNode roles(Iterable<String> roles) {
    TreeSet<String> sorted = new TreeSet<>();
    roles.forEach(sorted::add);
    ArrayNode array = JSON.createArrayNode();
    sorted.forEach(array::add);
    return array;
  }

  private static Answer answer(int status, JsonNode body) {
    return Answer.json(status, (body + "\n").getBytes(StandardCharsets.UTF_8));
  }
}
