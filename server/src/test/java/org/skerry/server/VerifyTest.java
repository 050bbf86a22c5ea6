package org.skerry.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.skerry.server.settings.Setting;
import org.skerry.server.settings.SettingsReader;
import picocli.CommandLine;

/** {@code skerry verify} by a site's name, and what a node tells of its centres. */
@Timeout(300)
class VerifyTest {
  private static final String PASSWORD = "tide-pool-42";

  @TempDir Path folder;

  private final HttpClient client = HttpClient.newHttpClient();
  private Node centre;
  private Node clinic;

  @BeforeEach
  void start() throws Exception {
    centre = node("centre");
    clinic = node("clinic");
    send(centre, "PUT", "/care", "");
    send(centre, "PUT", "/care/_scope", "{\"rules\":[{\"site\":\"/at\"}]}");
    send(
        centre,
        "PUT",
        "/_users/org.couchdb.user:hill",
        "{\"name\":\"hill\",\"password\":\"tide\",\"roles\":[],\"type\":\"user\"}");
    send(centre, "PUT", "/_sites/hill", "{\"users\":\"hill\"}");
    send(centre, "PUT", "/care/p1", "{\"at\":\"hill\"}");
    send(centre, "PUT", "/care/elsewhere", "{\"at\":\"shore\"}");
    send(clinic, "PUT", "/care", "");
  }

  private Node node(String name) throws IOException {
    return Node.start(
        SettingsReader.read(
            Optional.of(QuickSettings.file()),
            Map.of(SettingsReader.PASSWORD_VARIABLE, PASSWORD),
            Map.of(Setting.DATA, folder.resolve(name).toString(), Setting.PORT, "0")));
  }

  @AfterEach
  void stop() {
    clinic.close();
    centre.close();
    client.close();
  }

  private String send(Node node, String method, String path, String body) throws Exception {
    String credentials =
        Base64.getEncoder().encodeToString(("admin:" + PASSWORD).getBytes(StandardCharsets.UTF_8));
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(node.url()).resolve(path))
            .header("Authorization", "Basic " + credentials)
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(body))
            .build();
    HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
    return answer.statusCode() + " " + answer.body();
  }

  /** A document that pulls from the centre as the site; waits until it did. */
  private void pullFromTheCentre() throws Exception {
    String source = centre.url().replace("://", "://hill:tide@") + "/care";
    send(
        clinic,
        "PUT",
        "/_replicator/pull",
        "{\"source\":\"%s\",\"target\":\"care\"}".formatted(source));
    while (!send(clinic, "GET", "/_scheduler/docs/_replicator/pull", "")
        .contains("\"completed\"")) {
      LockSupport.parkNanos(20_000_000);
    }
  }

  private String withCredentials(Node node) {
    return node.url().replace("://", "://admin:" + PASSWORD + "@");
  }

  /** What a command ended with, and what it said. */
  private record Ended(int status, String said) {}

  private static Ended verify(String... arguments) {
    StringWriter said = new StringWriter();
    CommandLine command = new CommandLine(new Verify());
    command.setOut(new PrintWriter(said, true)).setErr(new PrintWriter(said, true));
    int status = command.execute(arguments);
    return new Ended(status, said.toString());
  }

  @Test
  void aSiteIsVerifiedByItsNameAndRepaired() throws Exception {
    pullFromTheCentre();
    Path secret = Files.writeString(folder.resolve("auth"), "admin:" + PASSWORD + "\n");
    Ended equal = verify("hill", "--node", clinic.url(), "--auth-file", secret.toString());
    assertThat(equal.said()).contains("care, centre " + centre.url() + "/care/", "equal");
    assertThat(equal.status()).isZero();

    send(centre, "PUT", "/care/p2", "{\"at\":\"hill\"}");
    send(clinic, "PUT", "/care/p3", "{\"at\":\"hill\"}");
    send(clinic, "PUT", "/care/q", "{\"at\":\"shore\"}");
    Ended differing = verify("hill", "--node", withCredentials(clinic));
    assertThat(differing.status()).isEqualTo(Main.FAILED);
    assertThat(differing.said())
        .contains("p2", "the site has to pull it", "p3", "3 documents differ")
        .doesNotContain("tide");
    Ended mended = verify(withCredentials(clinic) + "/care", "--repair");
    assertThat(mended.said())
        .as("what the centre does not want stays")
        .contains(
            "1 document was refused; " + clinic.url() + "/_scheduler/refused says which, and why",
            "After the repair:",
            "1 document differs");
    assertThat(mended.status()).isEqualTo(Main.FAILED);
    send(clinic, "DELETE", "/care/q?rev=" + rev(send(clinic, "GET", "/care/q", "")), "");
    assertThat(verify("hill", "--node", withCredentials(clinic), "--repair").status()).isZero();
    assertThat(send(centre, "GET", "/care/p3", "")).startsWith("200");
  }

  private static String rev(String answer) {
    int from = answer.indexOf("\"_rev\":\"") + 8;
    return answer.substring(from, answer.indexOf('"', from));
  }

  @Test
  void aNodeWithoutThatSiteSaysWhatItHas() throws Exception {
    Ended nothing = verify("hill", "--node", withCredentials(clinic));
    assertThat(nothing.status()).isEqualTo(Main.FAILED);
    assertThat(nothing.said()).contains("not the site hill");
    pullFromTheCentre();
    assertThat(verify("shore", "--node", withCredentials(clinic)).said())
        .contains("care, centre " + centre.url() + "/care/: site hill");
    assertThat(verify("hill", "--node", "http://127.0.0.1:1").said())
        .contains("nobody answers at http://127.0.0.1:1");
    send(
        clinic,
        "PUT",
        "/_replicator/gone",
        "{\"source\":\"http://vale:x@127.0.0.1:1/care\",\"target\":\"vale\",\"continuous\":true}");
    while (!send(clinic, "GET", "/_centres", "").contains("problem")) {
      LockSupport.parkNanos(20_000_000);
    }
    assertThat(verify("vale", "--node", withCredentials(clinic)).said())
        .as("it may be the one that does not answer")
        .contains("No centre that answers knows this node as the site vale", "127.0.0.1:1");
    assertThat(verify("hill", "--node", "nowhere").status()).isEqualTo(Main.MISUSE);
    assertThat(verify(withCredentials(clinic) + "/none").status()).isNotZero();
  }

  @Test
  void whatANodeTellsIsForItsAdministrators() throws Exception {
    pullFromTheCentre();
    assertThat(send(clinic, "GET", "/_centres", ""))
        .isEqualTo(
            "200 {\"centres\":[{\"db\":\"care\",\"centre\":\"%s/care/\",\"site\":\"hill\"}]}\n"
                .formatted(centre.url()));
    assertThat(send(clinic, "POST", "/care/_verify", ""))
        .startsWith("200 {\"db\":\"care\"")
        .contains("\"site\":\"hill\",\"equal\":true,\"complete\":true,\"asked\":1,");
    HttpRequest stranger = HttpRequest.newBuilder(URI.create(clinic.url() + "/_centres")).build();
    assertThat(client.send(stranger, BodyHandlers.ofString()).statusCode()).isEqualTo(401);
    assertThat(send(clinic, "POST", "/care/_verify", "{\"centre\":\"http://other/care\"}"))
        .startsWith("404");
    for (String bad :
        new String[] {
          "{\"repair\":[]}",
          "{\"repair\":null}",
          "{\"repair\":{\"a\":\"p1\"}}",
          "{\"repair\":[\"p1\",5]}",
          "{\"repair\":[\"\"]}",
          "{\"centre\":null}",
          "{\"centre\":[\"http://other/care\"]}"
        }) {
      assertThat(send(clinic, "POST", "/care/_verify", bad)).as(bad).startsWith("400");
    }
    assertThat(send(clinic, "POST", "/none/_verify", "{}")).startsWith("404");
    assertThat(send(clinic, "POST", "/_replicator/_verify", "{}")).startsWith("404");
  }

  @Test
  void aCentreThatDoesNotAnswerIsToldSo() throws Exception {
    pullFromTheCentre();
    centre.close();
    assertThat(send(clinic, "GET", "/_centres", "")).startsWith("200").contains("\"problem\":");
    assertThat(send(clinic, "POST", "/care/_verify", "{}"))
        .startsWith("502")
        .contains("bad_gateway")
        .doesNotContain("tide");
  }
}
