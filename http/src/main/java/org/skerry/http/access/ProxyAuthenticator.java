package org.skerry.http.access;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.skerry.http.Authenticator;
import org.skerry.http.Caller;
import org.skerry.http.UserContext;

/**
 * A proxy in front of the node signs users in, and says who they are in headers, with a token that
 * proves that it is the proxy: the HMAC of the name under the configuration's secret. Unlike
 * CouchDB, which believes the headers alone unless told otherwise, this wants the token unless told
 * otherwise.
 */
final class ProxyAuthenticator implements Authenticator {
  private static final List<String> ALGORITHMS = List.of("HmacSHA1", "HmacSHA256");

  private final Supplier<AccessSettings> settings;
  private final SignInJournal journal;

  ProxyAuthenticator(Supplier<AccessSettings> settings, SignInJournal journal) {
    this.settings = settings;
    this.journal = journal;
  }

  @Override
  public Optional<SignedIn> authenticate(Caller caller) {
    AccessSettings now = settings.get();
    return caller
        .header(now.proxy().userHeader())
        .filter(name -> !name.isBlank())
        .filter(name -> isProven(name, caller, now))
        .map(name -> signedIn(name, caller, now));
  }

  private boolean isProven(String name, Caller caller, AccessSettings now) {
    if (!now.proxy().needsToken()) {
      return true;
    }
    Optional<String> token =
        caller.header(now.proxy().tokenHeader()).map(text -> text.toLowerCase(Locale.ROOT));
    boolean right =
        now.sessionSecret().isPresent()
            && token.isPresent()
            && ALGORITHMS.stream()
                .anyMatch(how -> equal(code(how, now.sessionSecret().get(), name), token.get()));
    if (!right) {
      journal.failed(name, caller.address(), "proxy");
    }
    return right;
  }

  private static boolean equal(String one, String other) {
    return MessageDigest.isEqual(
        one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
  }

  private static String code(String algorithm, String secret, String name) {
    try {
      Mac mac = Mac.getInstance(algorithm);
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), algorithm));
      return HexFormat.of().formatHex(mac.doFinal(name.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no " + algorithm, e);
    }
  }

  private SignedIn signedIn(String name, Caller caller, AccessSettings now) {
    Set<String> roles =
        Arrays.stream(caller.header(now.proxy().rolesHeader()).orElse("").split(","))
            .map(String::strip)
            .filter(role -> !role.isEmpty())
            .collect(Collectors.toUnmodifiableSet());
    journal.seen(name, caller.address(), "proxy");
    return new SignedIn(new UserContext(Optional.of(name), roles, Optional.of("proxy")), List.of());
  }
}
