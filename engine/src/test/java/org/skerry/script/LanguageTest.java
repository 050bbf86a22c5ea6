package org.skerry.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** That functions mean here what they mean elsewhere. */
class LanguageTest {
  private static final String BETWEEN = " ⇒ ";

  @Test
  void functionsReturnWhatTheyReturnInAnotherEngine() throws IOException {
    List<String> sources = new ArrayList<>();
    List<String> wanted = new ArrayList<>();
    for (String line : lines()) {
      int at = line.lastIndexOf(BETWEEN);
      String body = line.substring(0, at);
      wanted.add(body + BETWEEN + line.substring(at + BETWEEN.length()));
      sources.add("function (doc) { emit((function () {" + body + "\n}).call({})); }");
    }
    List<String> got = new ArrayList<>();
    try (Scripts scripts = new Scripts(ScriptLimits.DEFAULT.withTime(Duration.ofMinutes(5)));
        MapScript script = scripts.maps(sources, Optional.empty())) {
      EmitSink sink = new Sink(wanted, got);
      script.run(Mapped.bytes("{}"), sink);
    }
    assertThat(got).containsExactlyElementsOf(wanted);
  }

  /** Writes what came beside what was asked. */
  private record Sink(List<String> wanted, List<String> got) implements EmitSink {
    @Override
    public void emit(int function, List<JsonNode> arguments) {
      add(function, arguments.getFirst().toString());
    }

    @Override
    public void failed(int function, ScriptException why) {
      add(function, why.getMessage());
    }

    private void add(int function, String result) {
      String line = wanted.get(function);
      got.add(line.substring(0, line.lastIndexOf(BETWEEN)) + BETWEEN + result);
    }
  }

  private static List<String> lines() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(LanguageTest.class.getResourceAsStream("language.txt"))) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return text.lines().filter(line -> !line.startsWith("# ")).toList();
    }
  }
}
