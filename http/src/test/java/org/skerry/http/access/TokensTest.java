package org.skerry.http.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.skerry.http.access.AccessNode.ADMIN;
import static org.skerry.http.access.AccessNode.json;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPrivateKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.skerry.audit.AuditAction;

/** Tokens of others: JSON Web Tokens, and those of proxies. */
class TokensTest {
  private static final String HANDLERS = "chttpd/authentication_handlers";
  private static final String BOTH =
      "{chttpd_auth, %s_authentication_handler}, {chttpd_auth, cookie_authentication_handler},"
          + " {chttpd_auth, default_authentication_handler}";
  private static final byte[] SECRET =
      "a secret of sixty-four bytes, as HS512 wants it to be: 123456789"
          .getBytes(StandardCharsets.UTF_8);

  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-11-21T06:00:00Z"));
  private final AccessNode node =
      new AccessNode(now::get, Map.of("admins/admin", PasswordHash.of("secret", 10).text()));

  @BeforeEach
  void configure() {
    node.configure(HANDLERS, BOTH.formatted("jwt"));
    node.configure("jwt_keys/hmac:_default", Base64.getEncoder().encodeToString(SECRET));
  }

  @AfterEach
  void close() {
    node.close();
  }

  private JWTClaimsSet.Builder ada() {
    return new JWTClaimsSet.Builder()
        .subject("ada")
        .expirationTime(Date.from(now.get().plus(Duration.ofMinutes(5))))
        .claim("_couchdb.roles", List.of("nurse"));
  }

  private static String signed(JWSHeader header, JWSSigner signer, JWTClaimsSet claims)
      throws JOSEException {
    SignedJWT jwt = new SignedJWT(header, claims);
    jwt.sign(signer);
    return jwt.serialize();
  }

  private static String hs256(JWTClaimsSet claims) throws JOSEException {
    return signed(new JWSHeader(JWSAlgorithm.HS256), new MACSigner(SECRET), claims);
  }

  private HttpResponse<String> with(String token) {
    return node.get("/_session", "Authorization", "Bearer " + token);
  }

  private void assertRefused(HttpResponse<String> answer, int status, String reason) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(json(answer).path("reason").asString()).isEqualTo(reason);
  }

  private void assertAda(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(json(answer).path("userCtx").toString())
        .isEqualTo("{\"name\":\"ada\",\"roles\":[\"nurse\"]}");
    assertThat(json(answer).path("info").path("authenticated").asString()).isEqualTo("jwt");
  }

  @Test
  void everyAlgorithmWithASecretLetsIn() throws Exception {
    for (JWSAlgorithm algorithm :
        List.of(JWSAlgorithm.HS256, JWSAlgorithm.HS384, JWSAlgorithm.HS512)) {
      assertAda(with(signed(new JWSHeader(algorithm), new MACSigner(SECRET), ada().build())));
    }
    assertThat(json(with(hs256(ada().build()))).path("info").path("authentication_handlers"))
        .hasToString("[\"jwt\",\"cookie\",\"default\"]");
  }

  @Test
  void keysInPemLetIn() throws Exception {
    KeyPairGenerator rsa = KeyPairGenerator.getInstance("RSA");
    rsa.initialize(2048);
    KeyPair rsaKeys = rsa.generateKeyPair();
    KeyPairGenerator ec = KeyPairGenerator.getInstance("EC");
    ec.initialize(256);
    KeyPair ecKeys = ec.generateKeyPair();
    node.configure("jwt_keys/rsa:one", pem(rsaKeys.getPublic(), "\\n"));
    node.configure("jwt_keys/ec:two", pem(ecKeys.getPublic(), "\n"));
    JWSHeader byRsa = new JWSHeader.Builder(JWSAlgorithm.RS512).keyID("one").build();
    JWSHeader byEc = new JWSHeader.Builder(JWSAlgorithm.ES256).keyID("two").build();
    assertAda(with(signed(byRsa, new RSASSASigner(rsaKeys.getPrivate()), ada().build())));
    ECDSASigner ecSigner = new ECDSASigner((ECPrivateKey) ecKeys.getPrivate());
    assertAda(with(signed(byEc, ecSigner, ada().build())));
    assertThat(
            with(signed(byRsa, new RSASSASigner(rsa.generateKeyPair().getPrivate()), ada().build()))
                .statusCode())
        .isEqualTo(401);
    // A public key is no secret, whatever the header says.
    JWSHeader confused = new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("one").build();
    MACSigner byPublicKey = new MACSigner(rsaKeys.getPublic().getEncoded());
    assertRefused(with(signed(confused, byPublicKey, ada().build())), 400, "Unknown kid");
  }

  private static String pem(Key key, String lineFeed) {
    return "-----BEGIN PUBLIC KEY-----"
        + lineFeed
        + Base64.getEncoder().encodeToString(key.getEncoded())
        + lineFeed
        + "-----END PUBLIC KEY-----"
        + lineFeed;
  }

  @Test
  void aTokenThatIsKnownEndsWithItsTimeAndWithItsKey() throws Exception {
    String token = hs256(ada().build());
    assertAda(with(token));
    assertAda(with(token));
    node.configure(
        "jwt_keys/hmac:_default", Base64.getEncoder().encodeToString("other".getBytes()));
    assertRefused(with(token), 401, "Bad signature");
    node.configure("jwt_keys/hmac:_default", Base64.getEncoder().encodeToString(SECRET));
    assertAda(with(token));
    now.set(now.get().plus(Duration.ofMinutes(6)));
    assertRefused(with(token), 401, "exp not in future");
  }

  @Test
  void aShortSecretWorksAsInCouchDb() throws Exception {
    node.configure("jwt_keys/hmac:short", Base64.getEncoder().encodeToString("key".getBytes()));
    JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("short").build();
    String unsigned = header.toBase64URL() + "." + ada().build().toPayload().toBase64URL();
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec("key".getBytes(), "HmacSHA256"));
    String code =
        Base64.getUrlEncoder().withoutPadding().encodeToString(mac.doFinal(unsigned.getBytes()));
    assertAda(with(unsigned + "." + code));
  }

  @Test
  void whatIsNotSignedOrNoTokenIsRefused() throws Exception {
    assertRefused(with(new PlainJWT(ada().build()).serialize()), 400, "Malformed token");
    for (String odd : new String[] {"x", "a.b.c", "..", "a.b", "x".repeat(15_000)}) {
      assertRefused(with(odd), 400, "Malformed token");
    }
    String token = hs256(ada().build());
    assertThat(with(token.substring(0, token.length() - 4)).statusCode()).isEqualTo(401);
    JWSHeader typed =
        new JWSHeader.Builder(JWSAlgorithm.HS256)
            .type(JOSEObjectType.JWT)
            .keyID("elsewhere")
            .build();
    assertRefused(with(signed(typed, new MACSigner(SECRET), ada().build())), 400, "Unknown kid");
    JWSHeader ps = new JWSHeader(JWSAlgorithm.PS256);
    KeyPairGenerator rsa = KeyPairGenerator.getInstance("RSA");
    rsa.initialize(2048);
    assertRefused(
        with(signed(ps, new RSASSASigner(rsa.generateKeyPair().getPrivate()), ada().build())),
        400,
        "Invalid alg header parameter");
    assertThat(node.actions()).contains(AuditAction.SIGN_IN_FAILED);
  }

  @Test
  void extensionsThatMustBeUnderstoodAreNot() throws Exception {
    JWSHeader header =
        new JWSHeader.Builder(JWSAlgorithm.HS256)
            .criticalParams(java.util.Set.of("exp"))
            .customParam("exp", 1)
            .build();
    assertThat(with(signed(header, new MACSigner(SECRET), ada().build())).statusCode())
        .isIn(400, 401);
  }

  @Test
  void timesAreChecked() throws Exception {
    Date before = Date.from(now.get().minusSeconds(61));
    Date after = Date.from(now.get().plusSeconds(61));
    assertRefused(with(hs256(ada().expirationTime(before).build())), 401, "exp not in future");
    assertRefused(with(hs256(ada().notBeforeTime(after).build())), 401, "nbf not in past");
    assertRefused(with(hs256(ada().issueTime(after).build())), 401, "iat not in past");
    assertRefused(with(hs256(ada().expirationTime(null).build())), 401, "Missing exp claim");
    assertAda(with(hs256(ada().notBeforeTime(before).issueTime(before).build())));
    String token = hs256(ada().build());
    now.updateAndGet(t -> t.plus(Duration.ofMinutes(6)));
    assertRefused(with(token), 401, "exp not in future");
  }

  /** Whoever issues tokens has another clock. */
  @Test
  void aMinuteIsNoMistakeUnlessTheConfigurationSaysSo() throws Exception {
    Date before = Date.from(now.get().minusSeconds(59));
    Date after = Date.from(now.get().plusSeconds(60));
    String early = hs256(ada().issueTime(after).notBeforeTime(after).build());
    String late = hs256(ada().expirationTime(before).build());
    assertAda(with(early));
    assertAda(with(late));
    node.configure("jwt_auth/leeway", "10");
    assertRefused(with(early), 401, "nbf not in past");
    assertRefused(with(late), 401, "exp not in future");
    node.configure("jwt_auth/leeway", "0");
    assertRefused(
        with(hs256(ada().expirationTime(Date.from(now.get())).build())), 401, "exp not in future");
  }

  @Test
  void theClaimsThatTheConfigurationWantsMustBeThere() throws Exception {
    node.configure(
        "jwt_auth/required_claims", "exp, {iss, \"https://idp.example\"}, {aud, \"us\"}");
    assertRefused(with(hs256(ada().build())), 401, "Missing iss claim");
    assertRefused(
        with(hs256(ada().issuer("https://evil.example").build())), 401, "Invalid iss claim");
    JWTClaimsSet.Builder right = ada().issuer("https://idp.example");
    assertRefused(with(hs256(right.audience("them").build())), 401, "Invalid aud claim");
    assertAda(with(hs256(right.audience(List.of("them", "us")).build())));
    assertRefused(
        with(hs256(right.audience("us").subject(null).build())), 401, "Token missing sub claim.");
    node.configure("jwt_auth/required_claims", "");
    assertAda(with(hs256(ada().expirationTime(null).build())));
  }

  @Test
  void rolesAreFoundWhereTheConfigurationSays() throws Exception {
    node.configure("jwt_auth/roles_claim_name", "groups");
    assertAda(with(hs256(ada().claim("groups", "nurse").build())));
    node.configure("jwt_auth/roles_claim_path", "realm\\.access.roles");
    assertAda(with(hs256(ada().claim("realm.access", Map.of("roles", List.of("nurse"))).build())));
    assertThat(json(with(hs256(ada().build()))).path("userCtx").path("roles").size()).isZero();
  }

  @Test
  void withoutItsHandlerATokenIsNothing() throws Exception {
    node.configuration()
        .remove(new org.skerry.config.ConfigKey("chttpd", "authentication_handlers"));
    assertThat(json(with(hs256(ada().build()))).path("userCtx").path("name").isNull()).isTrue();
  }

  @Test
  void aKeyThatIsRemovedVerifiesNothing() throws Exception {
    String token = hs256(ada().build());
    assertAda(with(token));
    node.configuration().remove(new org.skerry.config.ConfigKey("jwt_keys", "hmac:_default"));
    assertRefused(with(token), 400, "Unknown kid");
  }

  private HttpResponse<String> proxied(String... headers) {
    return node.get("/_session", headers);
  }

  private static String code(String algorithm, String secret, String name)
      throws GeneralSecurityException {
    Mac mac = Mac.getInstance(algorithm);
    mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), algorithm));
    return HexFormat.of().formatHex(mac.doFinal(name.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void aProxyThatKnowsTheSecretSaysWhoItIs() throws Exception {
    node.configure(HANDLERS, BOTH.formatted("proxy"));
    node.configure("chttpd_auth/secret", "between us");
    for (String algorithm : new String[] {"HmacSHA1", "HmacSHA256"}) {
      HttpResponse<String> answer =
          proxied(
              "X-Auth-CouchDB-UserName",
              "ada",
              "X-Auth-CouchDB-Roles",
              "nurse, doctor",
              "X-Auth-CouchDB-Token",
              code(algorithm, "between us", "ada"));
      assertThat(json(answer).path("userCtx").toString())
          .isEqualTo("{\"name\":\"ada\",\"roles\":[\"doctor\",\"nurse\"]}");
      assertThat(json(answer).path("info").path("authenticated").asString()).isEqualTo("proxy");
    }
    for (String token : new String[] {"", "00", code("HmacSHA1", "between us", "eve")}) {
      HttpResponse<String> answer =
          proxied("X-Auth-CouchDB-UserName", "ada", "X-Auth-CouchDB-Token", token);
      assertThat(json(answer).path("userCtx").path("name").isNull()).as(token).isTrue();
    }
    assertThat(
            json(proxied("X-Auth-CouchDB-UserName", "ada")).path("userCtx").path("name").isNull())
        .isTrue();
    assertThat(node.actions()).contains(AuditAction.SIGNED_IN, AuditAction.SIGN_IN_FAILED);
  }

  @Test
  void aProxyIsBelievedWithoutATokenOnlyWhereThatIsSaid() {
    HttpResponse<String> off = proxied("X-Auth-CouchDB-UserName", "ada");
    assertThat(json(off).path("userCtx").path("name").isNull()).isTrue();
    node.configure(HANDLERS, BOTH.formatted("proxy"));
    HttpResponse<String> noSecret =
        proxied("X-Auth-CouchDB-UserName", "ada", "X-Auth-CouchDB-Token", "x");
    assertThat(json(noSecret).path("userCtx").path("name").isNull()).isTrue();
    node.configure("chttpd_auth/proxy_use_secret", "false");
    node.configure("chttpd_auth/x_auth_username", "X-Remote-User");
    assertThat(json(proxied("X-Remote-User", "ada")).path("userCtx").path("name").asString())
        .isEqualTo("ada");
  }

  @Test
  void whatComesWithEachRequestIsNotedOnce() throws Exception {
    String token = hs256(ada().build());
    for (int i = 0; i < 5; i++) {
      assertAda(with(token));
    }
    assertThat(node.actions()).containsOnlyOnce(AuditAction.SIGNED_IN);
    assertThat(node.get(ADMIN, "/_session").statusCode()).isEqualTo(200);
    assertThat(node.events()).extracting(event -> event.subject()).contains("ada", "admin");
  }
}
