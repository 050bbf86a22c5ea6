package org.skerry.server.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.skerry.config.ConfigKey;
import org.skerry.config.InvalidConfigException;

class ConfigKeysTest {
  private final ConfigKeys.Rule rule = new ConfigKeys.Rule();

  @Test
  void everySettingHasAKeyOfItsOwn() {
    Set<ConfigKey> keys = new HashSet<>();
    for (Setting setting : Setting.values()) {
      assertThat(keys.add(ConfigKeys.of(setting))).as(setting.key()).isTrue();
    }
  }

  @Test
  void theConfigurationShowsWhatTheOperatorSaid() {
    Settings settings =
        SettingsReader.read(
            Optional.empty(),
            Map.of("SKERRY_HTTP_CORS_ORIGINS", "https://a, https://b"),
            Map.of(Setting.PORT, "0"));
    Map<ConfigKey, String> values = ConfigKeys.values(settings);
    assertThat(values)
        .containsEntry(new ConfigKey("chttpd", "port"), "0")
        .containsEntry(new ConfigKey("chttpd", "enable_cors"), "true")
        .containsEntry(new ConfigKey("cors", "origins"), "https://a, https://b")
        .containsEntry(new ConfigKey("couchdb", "max_document_size"), "8000000");
  }

  @Test
  void whatNeedsARestartIsTheOperators() {
    for (Setting setting :
        new Setting[] {Setting.PORT, Setting.BIND, Setting.DATA, Setting.TLS_KEY}) {
      assertThatThrownBy(() -> rule.accept(ConfigKeys.of(setting), "1"))
          .isInstanceOf(InvalidConfigException.class)
          .hasMessageContaining(setting.key())
          .hasMessageContaining(setting.variable());
    }
  }

  @Test
  void numbersLevelsAndSwitchesHaveTheirForm() {
    ConfigKey size = ConfigKeys.of(Setting.DOCUMENT_BYTES);
    assertThat(rule.accept(size, " 12 ")).isEqualTo("12");
    assertThat(rule.accept(size, "infinity")).isEqualTo("infinity");
    for (String odd : new String[] {"", "0", "-1", "many", "1.5", "9".repeat(30)}) {
      assertThatThrownBy(() -> rule.accept(size, odd)).isInstanceOf(InvalidConfigException.class);
    }
    ConfigKey level = ConfigKeys.of(Setting.LOG_LEVEL);
    assertThat(rule.accept(level, "warning")).isEqualTo("warn");
    assertThatThrownBy(() -> rule.accept(level, "loud")).isInstanceOf(InvalidConfigException.class);
    ConfigKey cors = new ConfigKey("httpd", "enable_cors");
    assertThat(rule.accept(cors, "true")).isEqualTo("true");
    assertThatThrownBy(() -> rule.accept(cors, "yes")).isInstanceOf(InvalidConfigException.class);
    assertThat(rule.accept(new ConfigKey("smurf", "blue"), "anything ")).isEqualTo("anything ");
  }
}
