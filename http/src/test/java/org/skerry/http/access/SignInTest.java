package org.skerry.http.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.skerry.audit.AuditAction;

class SignInTest {
  private static final String WRONG =
      "{\"error\":\"unauthorized\",\"reason\":\"Name or password is incorrect.\"}\n";

  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-11-21T06:00:00Z"));
  private final AccessNode node =
      new AccessNode(now::get, Map.of("admins/ädmin", PasswordHash.of("p:ß", 10).text()));

  @AfterEach
  void stop() {
    node.close();
  }

  @Test
  void strangersSeeThatANodeIsHereAndNothingElse() {
    assertThat(node.get("/").statusCode()).isEqualTo(200);
    assertThat(node.get("/_up").statusCode()).isEqualTo(200);
    HttpResponse<String> answer = node.get("/_membership");
    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.body())
        .isEqualTo("{\"error\":\"unauthorized\",\"reason\":\"Authentication required.\"}\n");
    assertThat(header(answer, "WWW-Authenticate")).isEqualTo("Basic realm=\"server\"");
    assertThat(node.get("/no/such/path").statusCode()).isEqualTo(401);
  }

  @Test
  void scriptsChooseTheSchemeOfTheChallenge() {
    HttpResponse<String> answer = node.get("/_membership", "X-CouchDB-WWW-Authenticate", "Cookie");
    assertThat(header(answer, "WWW-Authenticate")).isEqualTo("Cookie");
  }

  @Test
  void nameAndPasswordLetIn() {
    HttpResponse<String> answer = node.get("/_session", "Authorization", basic("ädmin", "p:ß"));
    assertThat(answer.body()).contains("\"name\":\"ädmin\"");
    // The second time no hash is computed; the answer is the same.
    assertThat(node.get("/_membership", "Authorization", basic("ädmin", "p:ß")).statusCode())
        .isEqualTo(200);
  }

  @Test
  void wrongOnesAreRefusedInCouchDbsWords() {
    for (String header :
        new String[] {basic("ädmin", "wrong"), basic("ädmin", ""), basic("nobody", "x")}) {
      HttpResponse<String> answer = node.get("/", "Authorization", header);
      assertThat(answer.statusCode()).isEqualTo(401);
      assertThat(answer.body()).isEqualTo(WRONG);
    }
  }

  @Test
  void malformedCredentialsAreNone() {
    for (String header : new String[] {"Basic", "Basic !!!", "Basic YQ==", "Nonsense a b", ""}) {
      assertThat(node.get("/", "Authorization", header).statusCode()).isEqualTo(200);
      assertThat(node.get("/_membership", "Authorization", header).statusCode()).isEqualTo(401);
    }
  }

  @Test
  void whoGuessesIsBrakedAndOnlyForAWhile() {
    for (int i = 0; i < 5; i++) {
      assertThat(tryPassword("guess" + i)).isEqualTo(401);
    }
    assertThat(tryPassword("p:ß")).isEqualTo(403);
    now.updateAndGet(t -> t.plusSeconds(2));
    assertThat(tryPassword("guess5")).isEqualTo(401);
    now.updateAndGet(t -> t.plusMillis(1500));
    assertThat(tryPassword("p:ß")).isEqualTo(403);
    now.updateAndGet(t -> t.plusSeconds(1));
    assertThat(tryPassword("p:ß")).isEqualTo(200);
    assertThat(tryPassword("guess6")).isEqualTo(401);
    assertThat(tryPassword("p:ß")).isEqualTo(200);
  }

  @Test
  void aSessionBeginsWithJsonOrAForm() {
    for (HttpResponse<String> answer :
        List.of(
            signIn("application/json", "{\"name\":\"ädmin\",\"password\":\"p:ß\"}"),
            signIn(
                "application/x-www-form-urlencoded", "username=%C3%A4dmin&password=p%3A%C3%9F"))) {
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body())
          .isEqualTo("{\"ok\":true,\"name\":\"ädmin\",\"roles\":[\"_admin\"]}\n");
      String cookie = header(answer, "Set-Cookie");
      assertThat(cookie).contains("; Max-Age=600", "; Path=/", "; HttpOnly").startsWith("AuthSes");
      assertThat(node.get("/_session", "Cookie", pair(cookie)).body())
          .contains("\"name\":\"ädmin\"", "\"authenticated\":\"cookie\"");
    }
  }

  @Test
  void sessionsAreRefusedInCouchDbsWords() {
    HttpResponse<String> answer =
        signIn("application/json", "{\"name\":\"ädmin\",\"password\":\"no\"}");
    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.body()).isEqualTo(WRONG);
    assertThat(header(answer, "Set-Cookie")).startsWith("AuthSession=; Max-Age=0");
    assertThat(signIn("application/json", "{").statusCode()).isEqualTo(400);
    assertThat(signIn("application/json", "[]").statusCode()).isEqualTo(400);
    assertThat(signIn("application/json", "{\"name\":7}").statusCode()).isEqualTo(400);
    assertThat(signIn("text/plain", "name=a").statusCode()).isEqualTo(415);
  }

  @Test
  void sessionTellsWhoAsks() {
    assertThat(node.get("/_session").body())
        .isEqualTo(
            "{\"ok\":true,\"userCtx\":{\"name\":null,\"roles\":[]},"
                + "\"info\":{\"authentication_handlers\":[\"cookie\",\"default\"]}}\n");
    assertThat(node.get("/_session", "Authorization", basic("ädmin", "p:ß")).body())
        .isEqualTo(
            "{\"ok\":true,\"userCtx\":{\"name\":\"ädmin\",\"roles\":[\"_admin\"]},"
                + "\"info\":{\"authentication_handlers\":[\"cookie\",\"default\"],"
                + "\"authenticated\":\"default\"}}\n");
  }

  @Test
  void aSessionInUseIsRenewedAndAnIdleOneEnds() {
    String cookie = pair(header(signedIn(), "Set-Cookie"));
    assertThat(node.get("/_membership", "Cookie", cookie).headers().firstValue("Set-Cookie"))
        .isEmpty();
    now.updateAndGet(t -> t.plus(Duration.ofMinutes(5)));
    HttpResponse<String> later = node.get("/_membership", "Cookie", cookie);
    String renewed = pair(header(later, "Set-Cookie"));
    now.updateAndGet(t -> t.plus(Duration.ofMinutes(6)));
    assertThat(node.get("/_membership", "Cookie", cookie).statusCode()).isEqualTo(401);
    assertThat(node.get("/_membership", "Cookie", "other=1; " + renewed).statusCode())
        .isEqualTo(200);
  }

  @Test
  void aForgedCookieIsNone() {
    String cookie = pair(header(signedIn(), "Set-Cookie"));
    byte[] token = Base64.getUrlDecoder().decode(cookie.substring("AuthSession=".length()));
    for (int i = 0; i < token.length; i++) {
      byte[] forged = token.clone();
      forged[i] ^= 1;
      String value = Base64.getUrlEncoder().withoutPadding().encodeToString(forged);
      assertThat(node.get("/_membership", "Cookie", "AuthSession=" + value).statusCode())
          .isEqualTo(401);
    }
    for (String value : new String[] {"", "x", "%", "YWJj", "OjoxOjE"}) {
      assertThat(node.get("/_membership", "Cookie", "AuthSession=" + value).statusCode())
          .isEqualTo(401);
    }
  }

  @Test
  void signingOutRemovesTheCookie() {
    HttpResponse<String> answer = node.send("/_session", HttpRequest.Builder::DELETE);
    assertThat(answer.body()).isEqualTo("{\"ok\":true}\n");
    assertThat(header(answer, "Set-Cookie")).startsWith("AuthSession=; Max-Age=0");
  }

  @Test
  void theNextPageIsAlwaysOneOfThisNode() {
    String form = "name=%C3%A4dmin&password=p%3A%C3%9F";
    assertThat(header(signIn("/_session?next=/_utils/", form), "Location"))
        .isEqualTo(node.baseUrl() + "/_utils/");
    for (String elsewhere : new String[] {"//evil.example", "/%5Cevil.example", "http://e.x"}) {
      assertThat(signIn("/_session?next=" + elsewhere, form).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void strangersMaySendLittle() {
    int most = 64 << 10;
    String form = "name=nobody&password=x&rest=";
    String longest = form + "y".repeat(most - form.length());
    assertThat(signIn("/_session", longest).statusCode()).isEqualTo(401);
    HttpResponse<String> answer = signIn("/_session", longest + "y");
    assertThat(answer.statusCode()).isEqualTo(413);
    assertThat(answer.body()).contains("too_large", "65536");
  }

  private HttpResponse<String> signedIn() {
    return signIn("application/json", "{\"name\":\"ädmin\",\"password\":\"p:ß\"}");
  }

  private HttpResponse<String> signIn(String typeOrPath, String body) {
    boolean path = typeOrPath.startsWith("/");
    return node.send(
        path ? typeOrPath : "/_session",
        request ->
            request
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .header("Content-Type", path ? "application/x-www-form-urlencoded" : typeOrPath));
  }

  private int tryPassword(String password) {
    return node.get("/", "Authorization", basic("ädmin", password)).statusCode();
  }

  private static String basic(String name, String password) {
    byte[] pair = (name + ":" + password).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(pair);
  }

  private static String pair(String setCookie) {
    return setCookie.substring(0, setCookie.indexOf(';'));
  }

  private static String header(HttpResponse<?> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }

  @Test
  void guessingIsNotedUntilItIsTooMuch() {
    for (int i = 0; i < 6; i++) {
      tryPassword("guess" + i);
    }
    assertThat(node.actions())
        .containsExactly(
            AuditAction.SIGN_IN_FAILED,
            AuditAction.SIGN_IN_FAILED,
            AuditAction.SIGN_IN_FAILED,
            AuditAction.SIGN_IN_FAILED,
            AuditAction.SIGN_IN_FAILED,
            AuditAction.LOCKED_OUT);
    assertThat(node.events().toString()).doesNotContain("guess");
  }

  @Test
  void theConfigurationMayOnlyWarnOrLookAway() {
    node.configure("chttpd_auth_lockout/mode", "warn");
    for (int i = 0; i < 8; i++) {
      assertThat(tryPassword("guess" + i)).isEqualTo(401);
    }
    node.configure("chttpd_auth_lockout/mode", "enforce");
    assertThat(tryPassword("p:ß")).isEqualTo(403);
    node.configure("chttpd_auth_lockout/mode", "off");
    assertThat(tryPassword("p:ß")).isEqualTo(200);
  }

  @Test
  void cookiesLookAsTheConfigurationSays() {
    node.configure("chttpd_auth/timeout", "60");
    node.configure("chttpd_auth/same_site", "Strict");
    node.configure("chttpd_auth/cookie_domain", "clinic.example");
    assertThat(header(signedIn(), "Set-Cookie"))
        .contains(
            "; Max-Age=60; Expires=Sat, 21-Nov-2026 06:01:00 GMT; Version=1; Path=/; HttpOnly")
        .endsWith("; SameSite=Strict; Domain=clinic.example");
    node.configure("chttpd_auth/allow_persistent_cookies", "false");
    node.configure("chttpd_auth/same_site", "none");
    assertThat(header(signedIn(), "Set-Cookie"))
        .doesNotContain("Max-Age", "Expires")
        .contains("; SameSite=None")
        .endsWith("; Secure");
    String cookie = pair(header(signedIn(), "Set-Cookie"));
    now.updateAndGet(t -> t.plusSeconds(61));
    assertThat(node.get("/_membership", "Cookie", cookie).statusCode()).isEqualTo(401);
  }

  @Test
  void aSessionMovesToTheNextSecret() {
    node.configure("chttpd_auth/timeout", "100000");
    String cookie = pair(header(signedIn(), "Set-Cookie"));
    now.updateAndGet(t -> t.plusSeconds(100_001));
    String fresh = pair(header(signedIn(), "Set-Cookie"));
    now.updateAndGet(t -> t.plusSeconds(99_990));
    assertThat(node.get("/_membership", "Cookie", fresh).statusCode()).isEqualTo(200);
    assertThat(node.get("/_membership", "Cookie", cookie).statusCode()).isEqualTo(401);
  }

  @Test
  void iterationsOutsideOfTheConfigurationsBoundsLetNobodyIn() {
    node.configure("chttpd_auth/min_iterations", "11");
    HttpResponse<String> answer = node.get("/", "Authorization", basic("ädmin", "p:ß"));
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body()).contains("Iteration count is too low for this server");
    node.configure("chttpd_auth/min_iterations", "1");
    node.configure("chttpd_auth/max_iterations", "9");
    assertThat(node.get("/", "Authorization", basic("ädmin", "p:ß")).statusCode()).isEqualTo(403);
  }

  @Test
  void twoDifferentNamesAreNone() {
    HttpResponse<String> answer =
        signIn("application/json", "{\"name\":\"a\",\"username\":\"b\",\"password\":\"c\"}");
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("request body contains different usernames");
  }

  @Test
  void onlyBasicTrueAsksForALogin() {
    assertThat(node.get("/_session?basic=true").statusCode()).isEqualTo(401);
    assertThat(node.get("/_session?basic=false").statusCode()).isEqualTo(200);
  }

  @Test
  void theNameThatMakesBrowsersForgetIsNobody() {
    assertThat(node.get("/_session", "Authorization", basic("_", "_")).statusCode()).isEqualTo(200);
  }
}
