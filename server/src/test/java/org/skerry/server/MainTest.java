package org.skerry.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class MainTest {
  private final StringWriter said = new StringWriter();

  private int run(String... arguments) {
    PrintWriter out = new PrintWriter(said);
    return Main.line(arguments[0]).setOut(out).setErr(out).execute(arguments);
  }

  @Test
  void theCommandThatIsCalledIsReadAlone() {
    assertThat(Main.line("serve").getSubcommands()).containsOnlyKeys("serve");
    assertThat(Main.line("sites").getSubcommands()).containsOnlyKeys("sites");
  }

  @Test
  void helpNamesAllCommandsThatArePeoples() {
    assertThat(run("--help")).isZero();
    assertThat(said.toString())
        .contains("serve", "replicate", "run", "verify", "conflicts", "exchange", "sites", "scope")
        .contains("postgres", "backup", "restore", "demo", "version")
        .doesNotContain("rehearse");
  }

  @Test
  void helpIsGivenOnOneCommand() {
    assertThat(run("help", "backup")).isZero();
    assertThat(said.toString()).contains("skerry backup");
  }

  @Test
  void aCommandThatIsCalledKnowsWhoseItIs() {
    assertThat(run("serve", "--help")).isZero();
    assertThat(said.toString()).contains("skerry serve").contains("--data");
  }

  @Test
  void whatIsNoCommandIsToldFromThoseThatAre() {
    assertThat(run("srve")).isEqualTo(CommandLine.ExitCode.USAGE);
    assertThat(said.toString()).contains("srve").contains("serve");
  }

  @Test
  void theVersionIsACommandToo() {
    assertThat(run("version")).isZero();
    assertThat(said.toString()).startsWith("skerry ").contains("Java ");
  }
}
