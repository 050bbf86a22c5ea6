package org.skerry.postgres.rpc;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.skerry.json.JsonIn;
import org.skerry.postgres.rpc.RpcAnswer.Reason;
import org.skerry.postgres.rpc.RpcAnswer.Refused;
import org.skerry.postgres.rpc.RpcAnswer.Result;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A session with a Tryton server ({@code trytond/protocols/jsonrpc.py}, {@code dispatcher.py}).
 * Each call is one transaction there. Any thread may call; it signs in with the first call, and
 * again when the server forgot it.
 *
 * <p>A warning, which a person would be asked about, is agreed to: what is written here was decided
 * elsewhere.
 */
public final class RpcSession {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final JsonMapper MAPPER =
      JsonIn.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();
  private static final Duration CONNECT = Duration.ofSeconds(20);

  /** A batch of a thousand records takes a server seconds, and a busy one minutes. */
  private static final Duration ANSWER = Duration.ofMinutes(5);

  private static final int LONGEST = 64 << 20;

  /** More warnings than this about one call lead nowhere. */
  private static final int ATTEMPTS = 20;

  private static final HttpClient HTTP =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECT)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  private final RpcAccess access;
  private final AtomicLong calls = new AtomicLong();
  private final ReentrantLock signingIn = new ReentrantLock();

  /** Volatile: whoever signs in replaces it for all. */
  private volatile Optional<SignedIn> signedIn = Optional.empty();

  public RpcSession(RpcAccess access) {
    this.access = access;
  }

  /**
   * Who calls.
   *
   * @param context what the user prefers, as each call wants to be told
   */
  private record SignedIn(String authorization, long user, ObjectNode context) {}

  private record Reply(int status, JsonNode json) {}

  /** The id of the user who calls: it stands in {@code create_uid} and {@code write_uid}. */
  public long user() {
    return session().user();
  }

  /** Calls a method of a model. */
  public RpcAnswer call(String model, String method, JsonNode... arguments) {
    return call(model, method, JSON.objectNode(), arguments);
  }

  /**
   * Calls a method of a model.
   *
   * @param more what else the context says, as {@code _timestamp}
   * @throws RpcDownException when nobody answers
   */
  public RpcAnswer call(String model, String method, ObjectNode more, JsonNode... arguments) {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      SignedIn caller = session();
      ArrayNode params = JSON.arrayNode().addAll(List.of(arguments));
      params.add(caller.context().deepCopy().setAll(more));
      Reply reply = send("model." + model + "." + method, params, caller.authorization());
      if (reply.status() == 401) {
        forget(caller);
        continue;
      }
      if (reply.status() != 200) {
        return new Refused(Reason.NOT_ALLOWED, "status " + reply.status() + " for " + method);
      }
      JsonNode error = reply.json().path("error");
      if (!error.isArray() && !error.isString()) {
        return new Result(reply.json().path("result"));
      }
      if (!error.path(0).asString("").equals("UserWarning")) {
        return refused(error);
      }
      agree(caller, error.path(1).path(0).asString());
    }
    return new Refused(Reason.FAILED, "it warns, or signs the user out, again and again");
  }

  private static Refused refused(JsonNode error) {
    String kind = error.path(0).asString(error.asString(""));
    JsonNode said = error.path(1);
    return switch (kind) {
      case "UserError" ->
          new Refused(
              Reason.RULE, (said.path(0).asString("") + " " + said.path(1).asString("")).strip());
      case "ConcurrencyException" -> new Refused(Reason.CHANGED_MEANWHILE, said.asString(kind));
      default -> new Refused(Reason.FAILED, kind);
    };
  }

  private void agree(SignedIn caller, String warning) {
    ObjectNode agreed = JSON.objectNode().put("user", caller.user()).put("name", warning);
    call("res.user.warning", "create", JSON.arrayNode().add(agreed)).orThrow();
  }

  private void forget(SignedIn gone) {
    signingIn.lock();
    try {
      if (signedIn.equals(Optional.of(gone))) {
        signedIn = Optional.empty();
      }
    } finally {
      signingIn.unlock();
    }
  }

  private SignedIn session() {
    Optional<SignedIn> now = signedIn;
    if (now.isPresent()) {
      return now.get();
    }
    signingIn.lock();
    try {
      SignedIn made = signedIn.orElseGet(this::signIn);
      signedIn = Optional.of(made);
      return made;
    } finally {
      signingIn.unlock();
    }
  }

  private SignedIn signIn() {
    ObjectNode secret = JSON.objectNode().put("password", access.password());
    ArrayNode login = JSON.arrayNode().add(access.user()).add(secret).add("en");
    Reply reply = send("common.db.login", login, "");
    JsonNode result = reply.json().path("result");
    if (reply.status() != 200 || !result.path(0).isNumber()) {
      throw new RpcDownException(
          "it does not let " + access + " in: status " + reply.status() + "; look at the password");
    }
    long user = result.path(0).asLong();
    String key = access.user() + ":" + user + ":" + result.path(1).asString();
    String authorization =
        "Session " + Base64.getEncoder().encodeToString(key.getBytes(StandardCharsets.UTF_8));
    ArrayNode asked = JSON.arrayNode().add(true).add(JSON.objectNode());
    JsonNode preferences =
        send("model.res.user.get_preferences", asked, authorization).json().path("result");
    if (!(preferences instanceof ObjectNode context)) {
      throw new RpcDownException("it does not say what " + access + " prefers");
    }
    return new SignedIn(authorization, user, context);
  }

  private Reply send(String method, ArrayNode params, String authorization) {
    ObjectNode call = JSON.objectNode().put("id", calls.incrementAndGet()).put("method", method);
    call.set("params", params);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(access.url())
            .timeout(ANSWER)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofByteArray(MAPPER.writeValueAsBytes(call)));
    if (!authorization.isEmpty()) {
      request.header("Authorization", authorization);
    }
    try {
      HttpResponse<InputStream> answer =
          HTTP.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
      try (InputStream body = answer.body()) {
        return reply(answer.statusCode(), body.readNBytes(LONGEST));
      }
    } catch (IOException e) {
      throw new RpcDownException(
          "nobody answers at " + access.url() + ": " + e.getClass().getSimpleName());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RpcDownException("the node ends");
    }
  }

  private Reply reply(int status, byte[] body) {
    if (body.length == LONGEST) {
      throw new RpcDownException("its answer is longer than " + LONGEST + " bytes");
    }
    if (status == 429 || status == 502 || status == 503 || status == 504) {
      throw new RpcDownException(access.url() + " says " + status);
    }
    if (status != 200) {
      return new Reply(status, JSON.missingNode());
    }
    try {
      return new Reply(status, MAPPER.readTree(body));
    } catch (JacksonException e) {
      throw new RpcDownException("what answers at " + access.url() + " is no Tryton: no JSON");
    }
  }
}
