package org.skerry.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.hl7.fhir.r4.model.Subscription;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.skerry.database.Security;
import org.skerry.database.WriteGuard;
import org.skerry.document.DocId;
import org.skerry.fhir.FhirNode.Reply;
import org.skerry.fhir.audit.AuditLevel;
import org.skerry.store.MemoryStore;
import org.skerry.store.Seq;
import org.skerry.store.Store;
import tools.jackson.databind.JsonNode;

/** Subscriptions over real HTTP, to a receiver that keeps what it is told. */
@Timeout(300)
class SubscriptionTest {
  private record Told(String method, String path, String type, String secret, String body) {}

  private final Store store = LastingStore.of(new MemoryStore());
  private final BlockingQueue<Told> told = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> turnedAway = new LinkedBlockingQueue<>();
  private final AtomicInteger refusals = new AtomicInteger();

  /** Whoever has it keeps the receiver from answering. */
  private final Semaphore answers = new Semaphore(1);

  private HttpServer receiver;
  private FhirNode node;

  @BeforeEach
  void start() throws IOException {
    receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    receiver.createContext(
        "/",
        exchange -> {
          String body =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          boolean refused = refusals.getAndUpdate(n -> Math.max(0, n - 1)) > 0;
          if (refused) {
            turnedAway.add(exchange.getRequestURI().toString());
          } else {
            told.add(
                new Told(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().toString(),
                    String.valueOf(exchange.getRequestHeaders().getFirst("Content-Type")),
                    String.valueOf(exchange.getRequestHeaders().getFirst("X-Secret")),
                    body));
          }
          answers.acquireUninterruptibly();
          answers.release();
          exchange.sendResponseHeaders(refused ? 503 : 200, -1);
          exchange.close();
        });
    receiver.start();
    node = node();
  }

  private FhirNode node() {
    // What was subscribed before a restart is looked at when the node starts.
    return new FhirNode(
        store, new FhirSettings(AuditLevel.NONE, "fhir-audit", List.of(url() + "/hook")));
  }

  @AfterEach
  void stop() {
    node.close();
    receiver.stop(0);
  }

  private String url() {
    return "http://127.0.0.1:" + receiver.getAddress().getPort();
  }

  private String subscription(String criteria, String more) {
    return "{\"resourceType\":\"Subscription\",\"id\":\"s\",\"status\":\"requested\","
        + "\"reason\":\"test\",\"criteria\":\""
        + criteria
        + "\",\"channel\":{\"type\":\"rest-hook\",\"endpoint\":\""
        + url()
        + "/hook\""
        + more
        + "}}";
  }

  /** Waits until the subscription has that status. */
  private JsonNode status(String wanted) throws InterruptedException {
    while (true) {
      Seq now = node.clinic().store().now();
      JsonNode json = node.get("/Subscription/s").json();
      if (json.path("status").asString("").equals(wanted)) {
        return json;
      }
      node.clinic().changes().await(now, Duration.ofMinutes(5));
    }
  }

  private void subscribe(String criteria, String more) throws InterruptedException {
    Reply reply = node.put("/Subscription/s", subscription(criteria, more));
    assertThat(reply.status()).as(reply.text()).isIn(200, 201);
    status("active");
  }

  private Told next() throws InterruptedException {
    Told one = told.poll(5, TimeUnit.MINUTES);
    assertThat(one).isNotNull();
    return one;
  }

  private void observation(String id, String code) {
    Reply reply =
        node.put(
            "/Observation/" + id,
            "{\"resourceType\":\"Observation\",\"id\":\""
                + id
                + "\",\"status\":\"final\",\"code\":{\"coding\":[{\"code\":\""
                + code
                + "\"}]}}");
    assertThat(reply.status()).as(reply.text()).isIn(200, 201);
  }

  @Test
  void whatMeetsTheCriteriaIsToldByAnEmptyPost() throws Exception {
    observation("before", "a");
    subscribe("Observation?code=a", "");
    observation("other", "b");
    observation("meant", "a");
    assertThat(next()).isEqualTo(new Told("POST", "/hook", "null", "null", ""));
    observation("second", "a");
    next();
    assertThat(told).isEmpty();
  }

  /** Leaves a subscription as a node does that ends before it answers. */
  private void writtenUnanswered(String resource) {
    String written =
        resource.replace(
            "\"Subscription\",",
            "\"Subscription\",\"meta\":{\"lastUpdated\":\"2026-01-01T00:00:00.000Z\"},");
    node.send("PUT", "/clinic/Subscription%2Fs", written, "Content-Type", "application/json");
  }

  @Test
  void whoWasNotAnsweredAsksAgainAndIsHeard() throws Exception {
    String resource = subscription("Observation?code=a", "");
    writtenUnanswered(resource);
    assertThat(node.put("/Subscription/s", resource).header("ETag")).startsWith("W/\"1-");
    status("active");
    observation("meant", "a");
    next();
  }

  @Test
  void whatIsAttachedToASubscriptionStaysWithIt() throws Exception {
    String attached =
        "\"Subscription\",\"_attachments\":{\"note\":{\"content_type\":\"text/plain\",\"data\":\"aGk=\"}},";
    String resource = subscription("Observation?code=a", "");
    writtenUnanswered(resource.replace("\"Subscription\",", attached));
    node.put("/Subscription/s", resource);
    status("active");
    assertThat(node.send("GET", "/clinic/Subscription%2Fs/note", "").text()).isEqualTo("hi");
  }

  @Test
  void whoMayNotWriteASubscriptionDoesNotTakeItOver() throws Exception {
    node.clinic().security(security("ben"));
    node.databases()
        .guard(
            "clinic",
            (in, revision, author) ->
                author.name().equals(Optional.of("ben"))
                    ? WriteGuard.Verdict.forbidden("nurses only")
                    : WriteGuard.Verdict.PASS);
    String resource = subscription("Observation?code=a", "");
    writtenUnanswered(resource);
    assertThat(node.put("/Subscription/s", resource, "X-User", "ben").status()).isEqualTo(200);
    DocId standing = DocId.of("_local/fhir-subscription-s");
    assertThat(node.clinic().store().local().get(standing)).isEmpty();
    assertThat(node.put("/Subscription/s", resource).status()).isEqualTo(200);
    status("active");
  }

  @Test
  void largeDataOfDocumentsAreInThePayload() throws Exception {
    subscribe("DocumentReference?status=current", ",\"payload\":\"application/fhir+json\"");
    String data = "AAAA".repeat(2_000);
    node.put(
        "/DocumentReference/d",
        "{\"resourceType\":\"DocumentReference\",\"id\":\"d\",\"status\":\"current\","
            + "\"content\":[{\"attachment\":{\"data\":\""
            + data
            + "\"}}]}");
    assertThat(next().body()).contains("\"data\":\"" + data + '"');
  }

  @Test
  void aPayloadIsTheResourceWithTheSubscribersHeaders() throws Exception {
    subscribe(
        "Observation?code=a",
        ",\"payload\":\"application/fhir+json\",\"header\":[\"X-Secret: open sesame\"]");
    observation("o", "a");
    Told first = next();
    assertThat(first.method()).isEqualTo("PUT");
    assertThat(first.path()).isEqualTo("/hook/Observation/o");
    assertThat(first.secret()).isEqualTo("open sesame");
    assertThat(first.type()).startsWith("application/fhir+json");
    assertThat(first.body()).isEqualTo(node.get("/Observation/o").text());
    node.hapi()
        .update()
        .resource(
            node.hapi()
                .read()
                .resource(Subscription.class)
                .withId("s")
                .execute()
                .setChannel(
                    new Subscription.SubscriptionChannelComponent()
                        .setType(Subscription.SubscriptionChannelType.RESTHOOK)
                        .setPayload("application/fhir+xml")
                        .setEndpoint(url() + "/hook/xml/")))
        .execute();
    // Until the change is taken notice of the old payload may be sent.
    Told told;
    int count = 0;
    do {
      observation("o" + count++, "a");
      told = next();
    } while (!told.path().startsWith("/hook/xml/"));
    assertThat(told.body()).startsWith("<Observation");
  }

  @Test
  void whatCannotBeSaidInThePayloadsFormatKeepsNothingBack() throws Exception {
    subscribe("Observation?code=a", ",\"payload\":\"application/fhir+xml\"");
    String odd =
        "{\"resourceType\":\"Observation\",\"id\":\"odd\",\"status\":\"odd\","
            + "\"code\":{\"coding\":[{\"code\":\"a\"}]}}";
    assertThat(node.send("PUT", "/clinic/Observation%2Fodd", odd).status()).isEqualTo(201);
    observation("after", "a");
    assertThat(next().path()).endsWith("/Observation/after");
    assertThat(node.get("/Subscription/s").json().path("status").asString()).isEqualTo("active");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "\"criteria\":\"Nothing?x=1\";resource type",
        "\"criteria\":\"Patient?nonsense=1\";nonsense",
        "\"criteria\":\"Patient?_include=*\";_include",
        "\"channel\":{\"type\":\"email\",\"endpoint\":\"mailto:a@b.c\"};rest-hook",
        "\"channel\":{\"type\":\"rest-hook\",\"endpoint\":\"http://127.0.0.1:1/hook\"};allows",
        "\"channel\":{\"type\":\"rest-hook\",\"endpoint\":\"URL/other\"};allows",
        "\"channel\":{\"type\":\"rest-hook\",\"endpoint\":\"URL/hook/../other\"};allows",
        "\"channel\":{\"type\":\"rest-hook\",\"endpoint\":\"URL/hook/%2e%2e/other\"};allows",
        "\"channel\":{\"type\":\"rest-hook\",\"endpoint\":\"http://a:b@127.0.0.1/hook\"};user",
        "\"channel\":{\"type\":\"rest-hook\",\"endpoint\":\"URL/hook\",\"payload\":\"text/csv\"};payload",
        "\"channel\":{\"type\":\"rest-hook\",\"endpoint\":\"URL/hook\",\"header\":[\"Host:"
            + " x\"]};header"
      })
  void whatCannotBeRunSaysWhy(String members, String reason) throws Exception {
    String changed = members.replace("URL", url());
    String text = subscription("Patient?active=true", "");
    String name = changed.substring(0, changed.indexOf(':'));
    String json =
        name.contains("criteria")
            ? text.replace("\"criteria\":\"Patient?active=true\"", changed)
            : text.replaceAll("\"channel\":\\{.*?}", changed);
    Reply reply = node.put("/Subscription/s", json);
    assertThat(reply.status()).as(reply.text()).isEqualTo(201);
    assertThat(status("error").path("error").asString()).contains(reason);
  }

  @Test
  void whatCannotBeSentIsTriedAgainAndNothingIsSkippedOverARestart() throws Exception {
    subscribe("Observation?code=a", ",\"payload\":\"application/fhir+json\"");
    refusals.set(1_000_000);
    observation("one", "a");
    observation("two", "a");
    node.close();
    refusals.set(0);
    node = node();
    assertThat(next().path()).isEqualTo("/hook/Observation/one");
    assertThat(next().path()).isEqualTo("/hook/Observation/two");
    observation("three", "a");
    assertThat(next().path()).isEqualTo("/hook/Observation/three");
  }

  @Test
  void offEndsASubscriptionAndSoDoesDeletingIt() throws Exception {
    subscribe("Observation?code=a", ",\"payload\":\"application/fhir+json\"");
    node.put("/Subscription/s", subscription("Observation?code=a", "").replace("requested", "off"));
    observation("unheard", "a");
    subscribe("Observation?code=a", ",\"payload\":\"application/fhir+json\"");
    observation("heard", "a");
    assertThat(next().path()).isEqualTo("/hook/Observation/heard");
    node.delete("/Subscription/s");
    assertThat(told).isEmpty();
  }

  @Test
  void whoIsAnsweredMayRelyOnIt() throws Exception {
    String requested = subscription("Observation?code=a", ",\"payload\":\"application/fhir+json\"");
    assertThat(placeWhen(201, () -> node.put("/Subscription/s", requested))).isEqualTo(200);
    status("active");
    String off = requested.replace("requested", "off");
    assertThat(placeWhen(200, () -> node.put("/Subscription/s", off))).isEqualTo(404);
    observation("unheard", "a");
    String bundle =
        "{\"resourceType\":\"Bundle\",\"type\":\"transaction\",\"entry\":[{\"resource\":"
            + requested
            + ",\"request\":{\"method\":\"PUT\",\"url\":\"Subscription/s\"}}]}";
    assertThat(placeWhen(200, () -> node.post("", bundle))).isEqualTo(200);
    observation("heard", "a");
    assertThat(next().path()).isEqualTo("/hook/Observation/heard");
    assertThat(told).isEmpty();
  }

  /** How another client is answered about the subscription's place just before its author is. */
  private int placeWhen(int status, Supplier<Reply> request) {
    AtomicInteger place = new AtomicInteger();
    try (HttpClient other = HttpClient.newHttpClient()) {
      node.beforeAnswers(
          () -> {
            node.beforeAnswers(() -> {});
            place.set(place(other));
          });
      Reply reply = request.get();
      assertThat(reply.status()).as(reply.text()).isEqualTo(status);
    }
    return place.get();
  }

  private int place(HttpClient other) {
    URI place = URI.create(node.url() + "/clinic/_local/fhir-subscription-s");
    try {
      return other
          .send(HttpRequest.newBuilder(place).build(), BodyHandlers.discarding())
          .statusCode();
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void whoMayNotReadTheDatabaseAnyMoreIsToldNothing() throws Exception {
    node.clinic().security(security("ana"));
    Reply reply =
        node.put("/Subscription/s", subscription("Observation?code=a", ""), "X-User", "ana");
    assertThat(reply.status()).isEqualTo(201);
    status("active");
    node.clinic().security(security("ben"));
    observation("first", "a");
    assertThat(status("error").path("error").asString()).contains("may not read");
    assertThat(told).isEmpty();
  }

  @Test
  void whoIsOfThatSiteNoMoreIsToldNothing() throws Exception {
    change("/clinic/_scope", "{\"rules\":[{\"everyone\":true}]}");
    change("/_sites/hill", "{\"users\":\"ana\"}");
    Reply reply =
        node.put("/Subscription/s", subscription("Observation?code=a", ""), "X-User", "ana");
    assertThat(reply.status()).as(reply.text()).isEqualTo(201);
    status("active");
    observation("first", "a");
    next();
    String rev = node.send("GET", "/_sites/hill", "").json().path("_rev").asString();
    change("/_sites/hill", "{\"users\":\"ben\",\"_rev\":\"" + rev + "\"}");
    observation("second", "a");
    assertThat(status("error").path("error").asString()).contains("may not read");
    assertThat(told).isEmpty();
  }

  /** What was turned away once waits, perhaps for hours. */
  @Test
  void whoLostTheRightMeanwhileIsNotToldAgain() throws Exception {
    node.clinic().security(security("ana"));
    node.put("/Subscription/s", subscription("Observation?code=a", ""), "X-User", "ana");
    status("active");
    refusals.set(1);
    answers.acquire();
    observation("first", "a");
    assertThat(turnedAway.poll(5, TimeUnit.MINUTES)).isEqualTo("/hook");
    node.clinic().security(security("ben"));
    answers.release();
    assertThat(status("error").path("error").asString()).contains("may not read");
    assertThat(told).isEmpty();
  }

  /** Also what waits behind another one: the right is looked at before each telling. */
  @Test
  void whoIsOfThatSiteNoMoreIsNotToldWhatWaits() throws Exception {
    change("/clinic/_scope", "{\"rules\":[{\"everyone\":true}]}");
    change("/_sites/hill", "{\"users\":\"ana\"}");
    node.put("/Subscription/s", subscription("Observation?code=a", ""), "X-User", "ana");
    status("active");
    answers.acquire();
    observation("first", "a");
    next();
    String rev = node.send("GET", "/_sites/hill", "").json().path("_rev").asString();
    change("/_sites/hill", "{\"users\":\"ben\",\"_rev\":\"" + rev + "\"}");
    observation("second", "a");
    answers.release();
    assertThat(status("error").path("error").asString()).contains("may not read");
    assertThat(told).isEmpty();
  }

  @Test
  void whoSeesAPartOnlyIsToldNothingOfTheWhole() throws Exception {
    node.clinic().security(security("ana"));
    change("/clinic/_scope", "{\"rules\":[{\"type\":\"Patient\",\"everyone\":true}]}");
    Reply reply =
        node.put("/Subscription/s", subscription("Observation?code=a", ""), "X-User", "ana");
    assertThat(reply.status()).as(reply.text()).isEqualTo(201);
    status("active");
    change("/_sites/hill", "{\"users\":\"ana\"}");
    observation("first", "a");
    assertThat(status("error").path("error").asString()).contains("may not read");
    assertThat(told).isEmpty();
  }

  private void change(String path, String json) {
    Reply reply = node.send("PUT", path, json, "Content-Type", "application/json");
    assertThat(reply.status()).as(reply.text()).isIn(200, 201);
  }

  private static Security security(String name) {
    String json = "{\"members\":{\"names\":[\"" + name + "\"]}}";
    return Security.parse(json.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void aReplicatedSubscriptionIsNotRunByTheReplica() throws Exception {
    node.send(
        "PUT",
        "/clinic/Subscription%2Fs",
        subscription("Observation?code=a", "").replace("requested", "active"),
        "Content-Type",
        "application/json");
    observation("o", "a");
    subscribe("Observation?code=a", ",\"payload\":\"application/fhir+json\"");
    observation("p", "a");
    assertThat(next().path()).isEqualTo("/hook/Observation/p");
    assertThat(told).isEmpty();
    assertThat(Optional.ofNullable(told.peek())).isEmpty();
  }
}
