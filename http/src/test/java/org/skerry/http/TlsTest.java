package org.skerry.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.skerry.http.RunningServer.json;
import static org.skerry.http.RunningServer.route;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsTest {
  private static final String PASSWORD = "changeit";

  /** Where {@code keytool} put keys, for all tests: it takes longer than they do. */
  @TempDir static Path stores;

  @TempDir Path folder;

  @Test
  void aNodeWithAKeyStoreSpeaksTls() throws Exception {
    Path keyStore = keyStore("EC");
    HttpSettings settings =
        HttpSettings.defaults().withTls(new HttpSettings.Tls.KeyStoreFile(keyStore, PASSWORD));
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
            .withTls(new HttpSettings.Tls.KeyStoreFile(folder.resolve("none.p12"), "secret word"));
    assertThatThrownBy(() -> RunningServer.start(settings, RunningServer.NURSE))
        .hasMessageContaining("none.p12")
        .hasMessageNotContaining("secret word");
    assertThat(settings.toString()).doesNotContain("secret word");
  }

  private static Path keyStore(String algorithm) throws Exception {
    return keyStore(algorithm, algorithm);
  }

  /** A key and its certificate; each name stands for others. */
  private static Path keyStore(String name, String algorithm) throws Exception {
    Path file = stores.resolve(name + ".p12");
    if (Files.exists(file)) {
      return file;
    }
    Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
    List<String> command = new ArrayList<>();
    command.addAll(List.of(keytool.toString(), "-J-XX:TieredStopAtLevel=1", "-genkeypair"));
    command.addAll(List.of("-alias", "node", "-keyalg", algorithm));
    if (algorithm.equals("RSA")) {
      // Of the usual length, it takes seven seconds to be found with the small compiler.
      command.addAll(List.of("-keysize", "2048"));
    }
    command.addAll(List.of("-dname", "CN=n.example", "-ext", "san=ip:127.0.0.1"));
    command.addAll(List.of("-storetype", "PKCS12", "-keystore", file.toString()));
    command.addAll(List.of("-storepass", PASSWORD));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes());
    assertThat(process.waitFor()).as(output).isZero();
    return file;
  }

  private static KeyStore opened(Path file) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, PASSWORD.toCharArray());
    }
    return store;
  }

  private static PrivateKey key(Path store) throws Exception {
    return (PrivateKey) opened(store).getKey("node", PASSWORD.toCharArray());
  }

  private Path pem(String name, String kind, byte[] content) throws Exception {
    Path file = folder.resolve(name);
    String base64 = Base64.getMimeEncoder().encodeToString(content);
    return Files.writeString(
        file, "-----BEGIN " + kind + "-----\n" + base64 + "\n-----END " + kind + "-----\n");
  }

  private HttpSettings.Tls pemFiles(Path store) throws Exception {
    return new HttpSettings.Tls.PemFiles(
        pem("node.crt", "CERTIFICATE", opened(store).getCertificate("node").getEncoded()),
        pem("node.key", "PRIVATE KEY", key(store).getEncoded()));
  }

  /** The certificate that a node shows to whoever connects. */
  private static Certificate shown(RunningServer node, Path trusted) throws Exception {
    try (SSLSocket socket =
        (SSLSocket)
            trusting(trusted).getSocketFactory().createSocket("127.0.0.1", node.server().port())) {
      socket.startHandshake();
      return socket.getSession().getPeerCertificates()[0];
    }
  }

  @Test
  void keysInPemAreUsedWhateverTheirAlgorithm() throws Exception {
    for (String algorithm : new String[] {"EC", "RSA", "Ed25519"}) {
      Path store = keyStore(algorithm);
      HttpSettings settings = HttpSettings.defaults().withTls(pemFiles(store));
      try (RunningServer node = RunningServer.start(settings, RunningServer.NURSE)) {
        assertThat(shown(node, store)).isEqualTo(opened(store).getCertificate("node"));
      }
    }
  }

  @Test
  void theOlderFormOfRsaKeysIsRead() throws Exception {
    Path store = keyStore("RSA");
    byte[] pkcs8 = key(store).getEncoded();
    byte[] pkcs1 = Arrays.copyOfRange(pkcs8, 26, pkcs8.length);
    Path file = pem("old.key", "RSA PRIVATE KEY", pkcs1);
    assertThat(PemKey.read(file)).isEqualTo(key(store));
  }

  @Test
  void newCertificatesAreTakenWithoutARestart() throws Exception {
    Path first = keyStore("EC");
    Path second = keyStore("RSA");
    HttpSettings settings = HttpSettings.defaults().withTls(pemFiles(first));
    try (RunningServer node = RunningServer.start(settings, RunningServer.NURSE)) {
      assertThat(shown(node, first)).isEqualTo(opened(first).getCertificate("node"));
      pemFiles(second);
      node.server().reloadCertificates();
      assertThat(shown(node, second)).isEqualTo(opened(second).getCertificate("node"));
      Files.writeString(folder.resolve("node.key"), "half a file");
      assertThatThrownBy(() -> node.server().reloadCertificates())
          .isInstanceOf(IOException.class)
          .hasMessageContaining("node.key");
      assertThat(shown(node, second)).isEqualTo(opened(second).getCertificate("node"));
    }
  }

  @Test
  void aKeyOfAnotherCertificateIsRefused() throws Exception {
    Path store = keyStore("EC");
    Path other = keyStore("other EC", "EC");
    HttpSettings.Tls tls = pemFiles(store);
    pem("node.key", "PRIVATE KEY", key(other).getEncoded());
    assertThatThrownBy(() -> TlsKeys.load(tls))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("is not that of the first certificate");
  }

  @Test
  void filesThatCannotBeUsedAreNamedWithWhatToDo() throws Exception {
    Path store = keyStore("EC");
    HttpSettings.Tls tls = pemFiles(store);
    pem("node.key", "EC PRIVATE KEY", new byte[] {1, 2, 3});
    assertThatThrownBy(() -> TlsKeys.load(tls)).hasMessageContaining("openssl pkcs8");
    pem("node.key", "PRIVATE KEY", new byte[] {1, 2, 3});
    assertThatThrownBy(() -> TlsKeys.load(tls)).hasMessageContaining("node.key");
    Files.delete(folder.resolve("node.key"));
    assertThatThrownBy(() -> TlsKeys.load(tls)).hasMessageContaining("there is no file");
    Files.writeString(folder.resolve("node.crt"), "nothing");
    assertThatThrownBy(() -> TlsKeys.load(tls)).isInstanceOf(IOException.class);
    HttpSettings.Tls wrong = new HttpSettings.Tls.KeyStoreFile(store, "another");
    assertThatThrownBy(() -> TlsKeys.load(wrong))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("its password is another");
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
