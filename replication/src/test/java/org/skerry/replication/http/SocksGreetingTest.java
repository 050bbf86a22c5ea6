package org.skerry.replication.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.skerry.replication.peer.Endpoint.Credentials;

class SocksGreetingTest {
  private static final Optional<Credentials> CLERK =
      Optional.of(new Credentials("clerk", "s3cret"));
  private static final String ANYBODY = "0500";
  private static final String WITH_PASSWORD = "0502";
  private static final String WELCOME = "0100";
  private static final String OPEN = "05000001" + "7f000001" + "1f90";

  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private int left;

  private void ask(String host, Optional<Credentials> credentials, byte[] answers)
      throws IOException {
    said.reset();
    ByteArrayInputStream in = new ByteArrayInputStream(answers);
    try {
      new SocksGreeting("socks5://gate:1080", in::readNBytes, said).ask(host, 5984, credentials);
    } finally {
      left = in.available();
    }
  }

  /** What is said about that host to a proxy that opens the way. */
  private String saidAbout(String host) throws IOException {
    ask(host, Optional.empty(), bytes(ANYBODY + OPEN));
    return HexFormat.of().formatHex(said.toByteArray());
  }

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex);
  }

  private void refused(String answers, Class<? extends Exception> kind, String why) {
    assertThatThrownBy(() -> ask("far.example", CLERK, bytes(answers)))
        .isInstanceOf(kind)
        .hasMessageContaining("socks5://gate:1080")
        .hasMessageContaining(why)
        .message()
        .doesNotContain("s3cret");
  }

  @Test
  void aNameIsLeftToTheProxyToLookUp() throws IOException {
    assertThat(saidAbout("a.example"))
        .isEqualTo("050100" + "05010003" + "09612e6578616d706c65" + "1760");
    assertThat(saidAbout("1.2.3.4.example")).startsWith("050100" + "05010003");
  }

  @Test
  void anAddressIsSaidAsItsBytes() throws IOException {
    assertThat(saidAbout("10.0.0.7")).isEqualTo("050100" + "05010001" + "0a000007" + "1760");
    assertThat(saidAbout("[::1]")).isEqualTo("050100" + "05010004" + "0".repeat(31) + "11760");
  }

  @Test
  void aPasswordIsSaidWhenTheProxyWantsIt() throws IOException {
    ask("10.0.0.7", CLERK, bytes(WITH_PASSWORD + WELCOME + OPEN));
    assertThat(HexFormat.of().formatHex(said.toByteArray()))
        .isEqualTo("05020002" + "0105636c65726b06733363726574" + "050100010a0000071760");
  }

  @Test
  void aPasswordIsNotSaidToAProxyThatLetsAnybodyIn() throws IOException {
    ask("10.0.0.7", CLERK, bytes(ANYBODY + OPEN));
    assertThat(said.toString()).doesNotContain("s3cret");
    assertThat(left).isZero();
  }

  @Test
  void whatThePeerSaysFirstIsLeftToWhoeverSpeaksWithIt() throws IOException {
    String peer = "485454502f";
    for (String address : new String[] {"017f000001", "03026162", "04" + "00".repeat(16)}) {
      ask("far.example", CLERK, bytes(ANYBODY + "050000" + address + "1f90" + peer));
      assertThat(left).isEqualTo(peer.length() / 2);
    }
  }

  @Test
  void aProxyThatWantsAnotherNameOrPasswordIsNamed() {
    refused(WITH_PASSWORD + "0101", ConnectException.class, "does not accept the name");
    refused("05ff", ConnectException.class, "lets nobody in by name and password");
    for (String choice : new String[] {WITH_PASSWORD, "05ff"}) {
      assertThatThrownBy(() -> ask("far.example", Optional.empty(), bytes(choice)))
          .isInstanceOf(ConnectException.class)
          .hasMessageContaining("without a name and a password");
    }
  }

  @Test
  void whyThereIsNoWayToThePeerIsSaid() {
    String rest = "0001" + "00000000" + "0000";
    refused(ANYBODY + "0501" + rest, ConnectException.class, "it failed (1)");
    refused(ANYBODY + "0502" + rest, ConnectException.class, "its rules forbid it");
    refused(ANYBODY + "0503" + rest, ConnectException.class, "the network is unreachable");
    refused(ANYBODY + "0504" + rest, ConnectException.class, "the host is unreachable");
    refused(ANYBODY + "0505" + rest, ConnectException.class, "the connection was refused");
    refused(ANYBODY + "0506" + rest, ConnectException.class, "it took too long");
    refused(ANYBODY + "0508" + rest, ConnectException.class, "no such command or kind of address");
    refused(ANYBODY + "05c8" + rest, ConnectException.class, "it failed (200)");
  }

  @Test
  void whatIsNoSocksProxyIsToldFromOne() {
    refused("485454502f312e31", ProtocolException.class, "does not speak SOCKS 5");
    refused("045a", ProtocolException.class, "does not speak SOCKS 5");
    refused(ANYBODY + "04000001", ProtocolException.class, "does not speak SOCKS 5");
    refused(ANYBODY + "05000002", ProtocolException.class, "does not speak SOCKS 5");
  }

  @Test
  void aProxyThatHangsUpAnywhereIsNamed() throws IOException {
    byte[] whole = bytes(WITH_PASSWORD + WELCOME + OPEN);
    for (int length = 0; length < whole.length; length++) {
      byte[] part = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> ask("far.example", CLERK, part))
          .isInstanceOf(EOFException.class)
          .hasMessageContaining("socks5://gate:1080 hung up");
    }
    ask("far.example", CLERK, whole);
  }

  @Test
  void aNameThatSocksCannotSayIsRefused() {
    assertThatThrownBy(() -> ask("x".repeat(256), CLERK, bytes(ANYBODY + OPEN)))
        .isInstanceOf(ProtocolException.class)
        .hasMessageContaining("more than 255 bytes");
  }
}
