package org.skerry.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.skerry.server.settings.Setting;
import org.skerry.server.settings.SettingsReader;
import org.slf4j.LoggerFactory;

/** A node that is closed while clients listen. */
@Timeout(300)
class EndingNodeTest {
  private static final String PASSWORD = "tide-pool-42";

  @TempDir Path folder;

  private final HttpClient client = HttpClient.newHttpClient();
  private final ListAppender<ILoggingEvent> heard = new ListAppender<>();
  private final Logger root = (Logger) LoggerFactory.getLogger("org.skerry");
  private Node node;

  @BeforeEach
  void start() throws Exception {
    node =
        Node.start(
            SettingsReader.read(
                Optional.of(QuickSettings.file()),
                Map.of(SettingsReader.PASSWORD_VARIABLE, PASSWORD),
                Map.of(Setting.DATA, folder.toString(), Setting.PORT, "0")));
    heard.start();
    root.addAppender(heard);
    send("PUT", "/clinic").close();
    send("PUT", "/clinic/a").close();
  }

  @AfterEach
  void stop() {
    root.detachAppender(heard);
    node.close();
    client.close();
  }

  private InputStream send(String method, String path) throws IOException, InterruptedException {
    String credentials =
        Base64.getEncoder().encodeToString(("admin:" + PASSWORD).getBytes(StandardCharsets.UTF_8));
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(node.url() + path))
            .header("Authorization", "Basic " + credentials)
            .header("Content-Type", "application/json")
            .method(
                method,
                method.equals("PUT") ? BodyPublishers.ofString("{}") : BodyPublishers.noBody())
            .build();
    return client.send(request, BodyHandlers.ofInputStream()).body();
  }

  private BufferedReader listen(String path) throws Exception {
    return new BufferedReader(new InputStreamReader(send("GET", path), StandardCharsets.UTF_8));
  }

  private void assertThatNothingWasWrong() {
    assertThat(heard.list)
        .filteredOn(event -> event.getLevel().isGreaterOrEqual(Level.WARN))
        .isEmpty();
    assertThat(heard.list).filteredOn(event -> event.getThrowableProxy() != null).isEmpty();
  }

  @Test
  void feedsEndInOrder() throws Exception {
    try (BufferedReader feed = listen("/clinic/_changes?feed=continuous&heartbeat=60000")) {
      assertThat(feed.readLine()).contains("\"id\":\"a\"");
      node.close();
      assertThat(feed.lines().toList()).singleElement().asString().startsWith("{\"last_seq\":");
    }
    assertThatNothingWasWrong();
  }

  @Test
  void whoWaitsForWhatDoesNotEndIsCutOffWithoutAComplaint() throws Exception {
    try (BufferedReader events = listen("/_db_updates?feed=continuous&heartbeat=60000&since=0")) {
      String seen = events.readLine();
      while (!seen.contains("clinic")) {
        seen = events.readLine();
      }
      node.close();
      assertThatThrownBy(() -> events.lines().toList()).isInstanceOf(UncheckedIOException.class);
    }
    assertThatNothingWasWrong();
  }
}
