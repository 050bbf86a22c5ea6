package org.skerry.http.access;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jwt.SignedJWT;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.skerry.http.Authenticator;
import org.skerry.http.Caller;
import org.skerry.http.HttpProblem;
import org.skerry.http.UserContext;

/**
 * JSON Web Tokens (RFC 7519), signed by a key of the configuration. The key's kind follows from the
 * token's algorithm, so that nobody passes a public key off as a secret; {@code none} is no
 * algorithm. Times are always checked when they are there, whether or not they are required, with a
 * leeway for clocks that differ.
 */
final class JwtAuthenticator implements Authenticator {
  private static final String SCHEME = "Bearer ";
  private static final int LONGEST = 16_384;

  private static final Map<String, String> HMACS =
      Map.of("HS256", "HmacSHA256", "HS384", "HmacSHA384", "HS512", "HmacSHA512");

  private final Supplier<JwtSettings> settings;
  private final SignInJournal journal;
  private final InstantSource clock;
  private final VerifiedTokens<JwtSettings> tokens =
      new VerifiedTokens<>(JwtAuthenticator::verified);

  JwtAuthenticator(Supplier<JwtSettings> settings, SignInJournal journal, InstantSource clock) {
    this.settings = settings;
    this.journal = journal;
    this.clock = clock;
  }

  @Override
  public Optional<SignedIn> authenticate(Caller caller) {
    return caller
        .header("Authorization")
        .filter(header -> header.regionMatches(true, 0, SCHEME, 0, SCHEME.length()))
        .map(header -> check(header.substring(SCHEME.length()).strip(), caller));
  }

  private SignedIn check(String token, Caller caller) {
    try {
      UserContext user = user(token);
      journal.seen(user.name().orElse(""), caller.address(), "jwt");
      return new SignedIn(user, List.of());
    } catch (HttpProblem e) {
      journal.failed("(token)", caller.address(), "jwt");
      throw e;
    }
  }

  private UserContext user(String token) {
    JwtSettings rules = settings.get();
    Map<String, Object> claims = tokens.claims(token, rules);
    checkTimes(claims, rules.leeway());
    checkRequired(claims, rules);
    Object subject = claims.get("sub");
    if (!(subject instanceof String name) || name.isEmpty()) {
      throw HttpProblem.unauthorized("Token missing sub claim.");
    }
    return new UserContext(Optional.of(name), roles(claims, rules.rolesPath()), Optional.of("jwt"));
  }

  private static Map<String, Object> verified(String token, JwtSettings rules) {
    if (token.length() > LONGEST) {
      throw HttpProblem.badRequest("bad_request", "Malformed token");
    }
    try {
      SignedJWT jwt = SignedJWT.parse(token);
      Map<String, Object> claims = jwt.getJWTClaimsSet().toJSONObject();
      if (!isGenuine(jwt, rules.keys())) {
        throw HttpProblem.unauthorized("Bad signature");
      }
      return claims;
    } catch (ParseException | IllegalArgumentException e) {
      throw HttpProblem.badRequest("bad_request", "Malformed token");
    } catch (JOSEException | GeneralSecurityException e) {
      throw HttpProblem.unauthorized("Bad signature");
    }
  }

  private static boolean isGenuine(SignedJWT jwt, JwtKeys keys)
      throws JOSEException, GeneralSecurityException {
    if (jwt.getHeader().getCriticalParams() != null) {
      return false; // extensions that must be understood, and are not
    }
    JWSAlgorithm algorithm = jwt.getHeader().getAlgorithm();
    Optional<String> id = Optional.ofNullable(jwt.getHeader().getKeyID());
    return switch (key(algorithm, id, keys)) {
      case JwtKeys.Key.Secret(byte[] secret) ->
          MessageDigest.isEqual(
              hmac(HMACS.getOrDefault(algorithm.getName(), ""), secret, jwt.getSigningInput()),
              jwt.getSignature().decode());
      case JwtKeys.Key.Public(PublicKey key) -> jwt.verify(verifier(key));
    };
  }

  private static JwtKeys.Key key(JWSAlgorithm algorithm, Optional<String> id, JwtKeys keys) {
    String kind;
    if (HMACS.containsKey(algorithm.getName())) {
      kind = "hmac";
    } else if (algorithm.getName().matches("RS(256|384|512)")) {
      kind = "rsa";
    } else if (algorithm.getName().matches("ES(256|384|512)")) {
      kind = "ec";
    } else {
      throw HttpProblem.badRequest("bad_request", "Invalid alg header parameter");
    }
    return keys.find(kind, id)
        .orElseThrow(() -> HttpProblem.badRequest("bad_request", "Unknown kid"));
  }

  /** Not the library's, which refuses secrets as short as those of many a CouchDB. */
  private static byte[] hmac(String name, byte[] secret, byte[] input)
      throws GeneralSecurityException {
    Mac mac = Mac.getInstance(name);
    mac.init(new SecretKeySpec(secret, name));
    return mac.doFinal(input);
  }

  private static JWSVerifier verifier(PublicKey key) throws JOSEException {
    return switch (key) {
      case RSAPublicKey rsa -> new RSASSAVerifier(rsa);
      case ECPublicKey ec -> new ECDSAVerifier(ec);
      default -> throw new JOSEException("no key for signatures");
    };
  }

  private void checkTimes(Map<String, Object> claims, Duration leeway) {
    Instant now = clock.instant();
    time(claims, "exp")
        .filter(expiry -> !expiry.isAfter(now.minus(leeway)))
        .ifPresent(
            expiry -> {
              throw HttpProblem.unauthorized("exp not in future");
            });
    for (String claim : List.of("nbf", "iat")) {
      time(claims, claim)
          .filter(begin -> begin.isAfter(now.plus(leeway)))
          .ifPresent(
              begin -> {
                throw HttpProblem.unauthorized(claim + " not in past");
              });
    }
  }

  private static Optional<Instant> time(Map<String, Object> claims, String name) {
    return switch (claims.get(name)) {
      case null -> Optional.empty();
      case Number seconds -> Optional.of(Instant.ofEpochSecond(seconds.longValue()));
      case Date date -> Optional.of(date.toInstant());
      default -> throw HttpProblem.badRequest("bad_request", "Invalid " + name + " claim");
    };
  }

  private static void checkRequired(Map<String, Object> claims, JwtSettings rules) {
    rules
        .required()
        .forEach(
            (name, value) -> {
              Object claim = claims.get(name);
              if (claim == null) {
                throw HttpProblem.unauthorized("Missing " + name + " claim");
              }
              if (value.isPresent() && !matches(claim, value.get())) {
                throw HttpProblem.unauthorized("Invalid " + name + " claim");
              }
            });
  }

  /** An audience may be one of several. */
  private static boolean matches(Object claim, String value) {
    return claim instanceof List<?> several ? several.contains(value) : value.equals(claim);
  }

  private static Set<String> roles(Map<String, Object> claims, List<String> path) {
    @Nullable Object found = claims;
    for (String part : path) {
      found = found instanceof Map<?, ?> members ? members.get(part) : null;
    }
    Set<String> roles = new TreeSet<>();
    if (found instanceof List<?> list) {
      list.forEach(role -> roles.add(String.valueOf(role)));
    } else if (found instanceof String text) {
      for (String role : text.split(",")) {
        if (!role.isBlank()) {
          roles.add(role.strip());
        }
      }
    }
    return roles;
  }
}
