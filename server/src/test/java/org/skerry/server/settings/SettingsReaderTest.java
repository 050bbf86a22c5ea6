package org.skerry.server.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
}
