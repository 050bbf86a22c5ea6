package org.skerry.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.skerry.http.RunningServer.json;
import static org.skerry.http.RunningServer.route;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsTest {
  private static final String PASSWORD = "changeit";

  @TempDir Path folder;

  @Test
  void aNodeWithAKeyStoreSpeaksTls() throws Exception {
    Path keyStore = keyStore();
    HttpSettings settings =
        HttpSettings.defaults().withTls(new HttpSettings.Tls(keyStore, PASSWORD));
    try (RunningServer node =
            RunningServer.start(
                settings,
                RunningServer.NURSE,
                route(Method.GET, "/", x -> x.answer(json(200, "\"" + x.baseUrl() + "\""))));
        SSLSocket socket =
            (SSLSocket)
                trusting(keyStore)
                    .getSocketFactory()
                    .createSocket("127.0.0.1", node.server().port())) {
      socket
          .getOutputStream()
          .write("GET / HTTP/1.1\r\nHost: n.example\r\nConnection: close\r\n\r\n".getBytes());
      String answer = new String(socket.getInputStream().readAllBytes());
      assertThat(answer).startsWith("HTTP/1.1 200 ").endsWith("\"https://n.example\"");
      assertThat(node.server().baseUrl()).startsWith("https://");
      assertThat(node.raw("GET / HTTP/1.1\r\nHost: x\r\n\r\n")).doesNotContain("HTTP/1.1 200");
    }
  }

  @Test
  void aKeyStoreThatCannotBeReadIsNamed() {
    HttpSettings settings =
        HttpSettings.defaults()
            .withTls(new HttpSettings.Tls(folder.resolve("none.p12"), "secret word"));
    assertThatThrownBy(() -> RunningServer.start(settings, RunningServer.NURSE))
        .hasMessageContaining("none.p12")
        .hasMessageNotContaining("secret word");
    assertThat(settings.toString()).doesNotContain("secret word");
  }

  private Path keyStore() throws Exception {
    Path file = folder.resolve("node.p12");
    Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
    Process process =
        new ProcessBuilder(
                keytool.toString(),
                "-genkeypair",
                "-alias",
                "node",
                "-keyalg",
                "EC",
                "-dname",
                "CN=n.example",
                "-ext",
                "san=ip:127.0.0.1",
                "-storetype",
                "PKCS12",
                "-keystore",
                file.toString(),
                "-storepass",
                PASSWORD)
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes());
    assertThat(process.waitFor()).as(output).isZero();
    return file;
  }

  private static SSLContext trusting(Path keyStore) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(keyStore)) {
      store.load(in, PASSWORD.toCharArray());
    }
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("node", store.getCertificate("node"));
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }
}
