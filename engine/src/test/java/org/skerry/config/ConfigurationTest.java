package org.skerry.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.skerry.store.MemoryStore;

class ConfigurationTest {
  private static final ConfigKey TIMEOUT = new ConfigKey("chttpd_auth", "timeout");
  private static final ConfigKey SIZE = new ConfigKey("couchdb", "max_document_size");
  private static final ConfigKey ODD = new ConfigKey("smurf", "blue colour");

  private final MemoryStore store = new MemoryStore();
  private final Configuration configuration = open(Map.of(SIZE, "1000"));

  private Configuration open(Map<ConfigKey, String> given) {
    return Configuration.open(store.properties(), Map.of(TIMEOUT, "600", SIZE, "8000000"), given);
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void whatTheOperatorGaveStandsOverDefaultsAndChangesOverBoth() {
    assertThat(configuration.view().get(TIMEOUT)).contains("600");
    assertThat(configuration.view().get(SIZE)).contains("1000");
    assertThat(configuration.put(SIZE, "2000")).contains("1000");
    assertThat(configuration.view().get(SIZE)).contains("2000");
  }

  @Test
  void aRemovedChangeLetsTheValueBelowShow() {
    configuration.put(SIZE, "2000");
    assertThat(configuration.remove(SIZE)).contains("2000");
    assertThat(configuration.view().get(SIZE)).contains("1000");
    assertThat(configuration.remove(SIZE)).contains("1000");
    assertThat(configuration.remove(ODD)).isEmpty();
  }

  @Test
  void changesOutliveARestartAndUnknownKeysAreKept() {
    assertThat(configuration.put(ODD, "yes; \"quoted\" ü")).isEmpty();
    configuration.put(TIMEOUT, "60");
    Configuration again = open(Map.of());
    assertThat(again.view().get(ODD)).contains("yes; \"quoted\" ü");
    assertThat(again.view().get(TIMEOUT)).contains("60");
    assertThat(again.view().get(SIZE)).contains("8000000");
  }

  @Test
  void aSectionHoldsItsOwnKeysAlone() {
    configuration.put(new ConfigKey("chttpd", "a"), "1");
    configuration.put(new ConfigKey("chttpd_auth2", "b"), "2");
    assertThat(configuration.view().section("chttpd")).containsExactly(Map.entry("a", "1"));
    assertThat(configuration.view().section("chttpd_auth"))
        .containsExactly(Map.entry("timeout", "600"));
    assertThat(configuration.view().section("chttp")).isEmpty();
  }

  @Test
  void theOperatorsValuesCanBeReadAgain() {
    configuration.put(TIMEOUT, "60");
    configuration.reload(Map.of(SIZE, "3000", TIMEOUT, "1"));
    assertThat(configuration.view().get(SIZE)).contains("3000");
    assertThat(configuration.view().get(TIMEOUT)).contains("60");
    configuration.remove(TIMEOUT);
    assertThat(configuration.view().get(TIMEOUT)).contains("1");
    assertThat(configuration.view().explicit("couchdb", "max_document_size")).contains("3000");
    configuration.reload(Map.of());
    assertThat(configuration.view().explicit("couchdb", "max_document_size")).isEmpty();
  }

  @Test
  void whatIsDerivedFollowsAChangeAndIsNotMadeAnewWithoutOne() {
    AtomicInteger made = new AtomicInteger();
    Supplier<Long> size =
        configuration.derived(
            view -> {
              made.incrementAndGet();
              return view.number("couchdb", "max_document_size", 7);
            });
    assertThat(size.get()).isEqualTo(1000);
    assertThat(size.get()).isEqualTo(1000);
    assertThat(made).hasValue(1);
    configuration.put(SIZE, "12");
    assertThat(size.get()).isEqualTo(12);
    configuration.put(SIZE, "a dozen");
    assertThat(size.get()).isEqualTo(7);
    configuration.put(SIZE, "-3");
    assertThat(size.get()).isEqualTo(7);
  }

  @Test
  void listenersHearOfEachChangeAndOneThatFailsHarmsNoOther() {
    List<Optional<String>> heard = new ArrayList<>();
    configuration.onChange(
        view -> {
          throw new IllegalStateException("no");
        });
    configuration.onChange(view -> heard.add(view.get(ODD)));
    configuration.put(ODD, "1");
    configuration.remove(ODD);
    assertThat(heard).containsExactly(Optional.of("1"), Optional.empty());
  }

  @Test
  void aRuleChangesOrRefusesWhatItConcerns() {
    configuration.add(
        new ConfigRule() {
          @Override
          public String accept(ConfigKey key, String value) {
            if (value.equals("bad")) {
              throw new InvalidConfigException("not bad");
            }
            return key.equals(ODD) ? value + "!" : value;
          }

          @Override
          public void checkRemoval(ConfigKey key, ConfigView before) {
            if (key.equals(ODD) && before.get(ODD).isPresent()) {
              throw new InvalidConfigException("needed");
            }
          }
        });
    configuration.put(ODD, "x");
    assertThat(configuration.view().get(ODD)).contains("x!");
    assertThatThrownBy(() -> configuration.put(TIMEOUT, "bad")).hasMessage("not bad");
    assertThatThrownBy(() -> configuration.remove(ODD)).hasMessage("needed");
    assertThat(configuration.view().get(TIMEOUT)).contains("600");
    assertThat(configuration.view().get(ODD)).contains("x!");
  }

  @Test
  void namesAndValuesHaveBounds() {
    String longText = "x".repeat(70_000);
    for (ConfigKey key :
        List.of(
            new ConfigKey("", "a"),
            new ConfigKey("a", ""),
            new ConfigKey(longText, "a"),
            new ConfigKey("a", longText),
            new ConfigKey("a\n", "b"))) {
      assertThatThrownBy(() -> configuration.put(key, "1"))
          .isInstanceOf(InvalidConfigException.class);
    }
    assertThatThrownBy(() -> configuration.put(ODD, longText))
        .isInstanceOf(InvalidConfigException.class);
  }

  @Test
  void flagsAreTrueOrFalseOrWhatTheyWouldBe() {
    for (boolean otherwise : new boolean[] {true, false}) {
      configuration.put(ODD, " true");
      assertThat(configuration.view().flag("smurf", "blue colour", otherwise)).isTrue();
      configuration.put(ODD, "false");
      assertThat(configuration.view().flag("smurf", "blue colour", otherwise)).isFalse();
      configuration.put(ODD, "perhaps");
      assertThat(configuration.view().flag("smurf", "blue colour", otherwise)).isEqualTo(otherwise);
      assertThat(configuration.view().flag("smurf", "unknown", otherwise)).isEqualTo(otherwise);
    }
  }

  @Test
  void whatMustNotBeShownIsKnownByItsName() {
    for (String secret :
        List.of(
            "admins/ada",
            "chttpd_auth/secret",
            "couch_httpd_auth/secret",
            "jwt_keys/hmac:_default",
            "ssl/password",
            "smtp/relay_password")) {
      assertThat(key(secret).isSecret()).as(secret).isTrue();
    }
    for (String open :
        List.of(
            "jwt_keys/rsa:main",
            "jwt_keys/ec:main",
            "chttpd_auth/proxy_use_secret",
            "chttpd_auth/password_scheme",
            "chttpd_auth/timeout")) {
      assertThat(key(open).isSecret()).as(open).isFalse();
    }
  }

  private static ConfigKey key(String text) {
    int slash = text.indexOf('/');
    return new ConfigKey(text.substring(0, slash), text.substring(slash + 1));
  }

  @Test
  void whatHoldsUntilARestartIsGoneAfterIt() {
    configuration.put(TIMEOUT, "60");
    assertThat(configuration.put(TIMEOUT, "70", Persistence.UNTIL_RESTART)).contains("60");
    configuration.put(ODD, "x", Persistence.UNTIL_RESTART);
    configuration.put(SIZE, "2000");
    assertThat(configuration.view().get(TIMEOUT)).contains("70");
    Configuration again = open(Map.of());
    assertThat(again.view().get(TIMEOUT)).contains("60");
    assertThat(again.view().get(ODD)).isEmpty();
    assertThat(again.view().get(SIZE)).contains("2000");
  }

  @Test
  void whatIsTakenBackUntilARestartIsThereAgainAfterIt() {
    configuration.put(TIMEOUT, "60");
    assertThat(configuration.remove(TIMEOUT, Persistence.UNTIL_RESTART)).contains("60");
    assertThat(configuration.view().get(TIMEOUT)).contains("600");
    assertThat(open(Map.of()).view().get(TIMEOUT)).contains("60");
  }

  @Test
  void aLaterChangeForGoodIsKept() {
    configuration.put(TIMEOUT, "60", Persistence.UNTIL_RESTART);
    configuration.put(TIMEOUT, "70");
    assertThat(open(Map.of()).view().get(TIMEOUT)).contains("70");
  }

  @Test
  void readingTheFileAgainEndsWhatHoldsUntilARestart() {
    configuration.put(TIMEOUT, "60", Persistence.UNTIL_RESTART);
    configuration.reload(Map.of(SIZE, "3000"));
    assertThat(configuration.view().get(TIMEOUT)).contains("600");
    assertThat(configuration.view().get(SIZE)).contains("3000");
  }
}
