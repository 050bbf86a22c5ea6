package org.skerry.server.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skerry.config.ConfigKey;
import org.skerry.http.HttpSettings;
import org.skerry.script.ScriptLimits;

class SettingsReaderTest {
  @TempDir Path folder;

  private Path file(String toml) throws Exception {
    return Files.writeString(folder.resolve("skerry.toml"), toml);
  }

  @Test
  void isClosedByDefault() {
    Settings settings = SettingsReader.read(Optional.empty(), Map.of(), Map.of());
    assertThat(settings.bind()).isEqualTo("127.0.0.1");
    assertThat(settings.adminPassword()).isEmpty();
    assertThat(settings.corsOrigins()).isEmpty();
  }

  @Test
  void theCommandLineOverridesTheEnvironmentAndThatTheFile() throws Exception {
    Path file =
        file(
            "[http]\n"
                + "port = 1\n"
                + "bind = \"0.0.0.0\"\n"
                + "cors_origins = [\"https://a\", \"https://b\"]\n");
    Settings settings =
        SettingsReader.read(
            Optional.of(file),
            Map.of("SKERRY_HTTP_PORT", "2", "SKERRY_NODE_DATA", "/x", "SKERRY_ADMIN_PASSWORD", "s"),
            Map.of(Setting.DATA, "/y"));
    assertThat(settings.port()).isEqualTo(2);
    assertThat(settings.bind()).isEqualTo("0.0.0.0");
    assertThat(settings.corsOrigins()).containsExactlyInAnyOrder("https://a", "https://b");
    assertThat(settings.data()).isEqualTo(Path.of("/y"));
    assertThat(settings.adminPassword()).contains("s");
    assertThat(settings.toString()).doesNotContain("adminPassword");
  }

  @Test
  void saysAllThatIsWrongAtOnceAndWhere() throws Exception {
    Path file = file("[http]\nport = \"x\"\nbnid = \"h\"\n[log]\nlevel = \"loud\"\n");
    InvalidSettingsException e =
        catchThrowableOfType(
            InvalidSettingsException.class,
            () ->
                SettingsReader.read(
                    Optional.of(file),
                    Map.of("SKERRY_LIMITS_DOCUMENT_BYTES", "many"),
                    Map.of(Setting.ADMIN_PASSWORD_FILE, folder.resolve("none").toString())));
    assertThat(e.problems())
        .anyMatch(problem -> problem.contains("skerry.toml:2: http.port must be a whole number"))
        .anyMatch(problem -> problem.contains("skerry.toml:3: there is no setting http.bnid"))
        .anyMatch(problem -> problem.contains("log.level is \"loud\""))
        .anyMatch(problem -> problem.contains("SKERRY_LIMITS_DOCUMENT_BYTES"))
        .anyMatch(problem -> problem.contains("admin.password_file"))
        .hasSize(5);
  }

  @Test
  void brokenTomlIsNamedByItsLine() throws Exception {
    Path file = file("[http\nport = 1\n");
    InvalidSettingsException e =
        catchThrowableOfType(
            InvalidSettingsException.class,
            () -> SettingsReader.read(Optional.of(file), Map.of(), Map.of()));
    assertThat(e.getMessage()).contains("line 1");
  }

  private Settings read(String toml) throws Exception {
    return SettingsReader.read(Optional.of(file(toml)), Map.of(), Map.of());
  }

  private String problems(String toml) throws Exception {
    Path file = file(toml);
    return String.join(
        "\n",
        catchThrowableOfType(
                InvalidSettingsException.class,
                () -> SettingsReader.read(Optional.of(file), Map.of(), Map.of()))
            .problems());
  }

  @Test
  void sectionsOfCouchDbsConfigurationMayStandInTheFile() throws Exception {
    Settings settings =
        read(
            "[couchdb.chttpd_auth]\ntimeout = 1200\nallow_persistent_cookies = false\n"
                + "[couchdb.jwt_keys]\n\"hmac:_default\" = \"aGVsbG8=\"\n"
                + "[couchdb.smurf]\nblue = \"yes\"\n");
    assertThat(settings.config())
        .containsEntry(new ConfigKey("chttpd_auth", "timeout"), "1200")
        .containsEntry(new ConfigKey("chttpd_auth", "allow_persistent_cookies"), "false")
        .containsEntry(new ConfigKey("jwt_keys", "hmac:_default"), "aGVsbG8=")
        .containsEntry(new ConfigKey("smurf", "blue"), "yes");
  }

  @Test
  void mistakesInThoseSectionsAreToldWithTheirPlace() throws Exception {
    assertThat(
            problems(
                "[couchdb.chttpd_auth]\ntimeout = \"soon\"\nlist = [1]\n"
                    + "[couchdb.admins]\nada = \"clear text\"\n"
                    + "[couchdb.chttpd]\nport = 5984\n"))
        .contains("skerry.toml:2: The value of chttpd_auth/timeout")
        .contains("skerry.toml:3: couchdb.chttpd_auth.list must be")
        .contains("skerry.toml:5: the password of an administrator")
        .contains("skerry.toml:7: couchdb.chttpd.port is a setting of its own")
        .doesNotContain("clear text");
  }

  @Test
  void certificatesComeInPemOrInAKeyStore() throws Exception {
    Path certificate = Files.writeString(folder.resolve("node.crt"), "c");
    Path key = Files.writeString(folder.resolve("node.key"), "k");
    String pem =
        "[http]\ntls_certificates = \"%s\"\ntls_key = \"%s\"\n".formatted(certificate, key);
    assertThat(read(pem).tls()).contains(new HttpSettings.Tls.PemFiles(certificate, key));
    assertThat(read("").tls()).isEmpty();
    assertThat(problems("[http]\ntls_certificates = \"%s\"\n".formatted(certificate)))
        .contains("http.tls_key");
    assertThat(problems("[http]\ntls_key = \"%s\"\n".formatted(key)))
        .contains("http.tls_certificates");
    assertThat(problems(pem + "tls_key_store = \"%s\"\n".formatted(key)))
        .contains("http.tls_key_store");
    assertThat(problems(pem.replace("node.key", "none.key"))).contains("file that can be read");
  }

  @Test
  void functionsAreBoundedAsUsualUnlessTheSettingsSayOtherwise() throws Exception {
    ScriptLimits usual = SettingsReader.read(Optional.empty(), Map.of(), Map.of()).script();
    assertThat(usual).isEqualTo(ScriptLimits.DEFAULT);
    Path file =
        file(
            "[script]\nmilliseconds = 250\nmemory_bytes = 1048576\noutput_bytes = 2048\n"
                + "source_characters = 99\nstack_bytes = 524288\nthreads = 3\n");
    ScriptLimits limits = SettingsReader.read(Optional.of(file), Map.of(), Map.of()).script();
    assertThat(limits)
        .isEqualTo(new ScriptLimits(Duration.ofMillis(250), 1 << 20, 2_048, 99, 512 << 10, 3));
  }

  @Test
  void boundsOfFunctionsMustBePossible() {
    InvalidSettingsException e =
        catchThrowableOfType(
            InvalidSettingsException.class,
            () ->
                SettingsReader.read(
                    Optional.empty(),
                    Map.of("SKERRY_SCRIPT_STACK_BYTES", "7", "SKERRY_SCRIPT_MILLISECONDS", "0"),
                    Map.of()));
    assertThat(e.problems())
        .anyMatch(problem -> problem.contains("script.stack_bytes"))
        .anyMatch(problem -> problem.contains("script.milliseconds"))
        .hasSize(2);
  }

  @Test
  void theReadmeListsEverySettingAsItIs() throws Exception {
    String readme = Files.readString(Path.of("..", "README.md"));
    for (Setting setting : Setting.values()) {
      assertThat(readme)
          .contains(
              "| `%s` | `%s` | %s | %s |"
                  .formatted(
                      setting.key(),
                      setting.variable(),
                      setting.byDefault().isEmpty() ? "" : "`" + setting.byDefault() + "`",
                      setting.meaning()));
    }
  }
}
