package org.skerry.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.skerry.replication.peer.Endpoint.Credentials;
import org.skerry.replication.peer.Proxy;
import org.skerry.replication.peer.Proxy.Protocol;

class ProxyReaderTest {
  private static void refused(String url, String why) {
    assertThatThrownBy(() -> ProxyReader.read(url))
        .isInstanceOf(InvalidReplicationException.class)
        .hasMessageContaining(why)
        .message()
        .doesNotContain("s3cret");
  }

  @Test
  void eachProtocolHasItsPort() {
    assertThat(ProxyReader.read("http://gate").name()).isEqualTo("http://gate:80");
    assertThat(ProxyReader.read("https://gate").name()).isEqualTo("https://gate:443");
    assertThat(ProxyReader.read("socks5://gate").name()).isEqualTo("socks5://gate:1080");
    assertThat(ProxyReader.read("https://gate:8443/").name()).isEqualTo("https://gate:8443");
  }

  @Test
  void theProtocolIsReadWhateverItsCase() {
    assertThat(ProxyReader.read("HTTPS://gate").protocol()).isEqualTo(Protocol.HTTPS);
    assertThat(ProxyReader.read("Socks5://gate").protocol()).isEqualTo(Protocol.SOCKS5);
  }

  @Test
  void eachProtocolMayHaveANameAndAPassword() {
    Optional<Credentials> clerk = Optional.of(new Credentials("cl/erk", "s3:cret"));
    for (String scheme : new String[] {"http", "https", "socks5"}) {
      Proxy proxy = ProxyReader.read(scheme + "://cl%2Ferk:s3:cret@gate:7");
      assertThat(proxy.credentials()).isEqualTo(clerk);
      assertThat(proxy.name()).isEqualTo(scheme + "://cl/erk:*****@gate:7");
      assertThat(proxy.toString()).doesNotContain("s3");
    }
  }

  @Test
  void aNameMayComeWithoutAPassword() {
    assertThat(ProxyReader.read("socks5://clerk@gate").credentials())
        .contains(new Credentials("clerk", ""));
  }

  @Test
  void anAddressMayStandForAHost() {
    assertThat(ProxyReader.read("socks5://[::1]:9").host()).isEqualTo("[::1]");
    assertThat(ProxyReader.read("https://10.0.0.7").host()).isEqualTo("10.0.0.7");
  }

  @Test
  void otherProtocolsAreRefused() {
    String known = "must begin with http://, https:// or socks5:// and a host";
    refused("socks4://u:s3cret@gate", known);
    refused("ftp://u:s3cret@gate", known);
    refused("gate:3128", known);
    refused("http:///", known);
    refused("", known);
    refused("http://u:s3cret@ga te", "is no valid URL");
  }

  @Test
  void whatASocksProxyCannotBeToldIsRefused() {
    String most = "ü".repeat(127) + "u";
    assertThat(ProxyReader.read("socks5://" + most + ":" + most + "@gate").credentials())
        .contains(new Credentials(most, most));
    refused("socks5://" + most + "x:s3cret@gate", "more than 255 bytes");
    refused("socks5://u:s3cret" + most + "@gate", "more than 255 bytes");
    assertThat(ProxyReader.read("https://u:" + most + "xx@gate").credentials()).isPresent();
  }
}
