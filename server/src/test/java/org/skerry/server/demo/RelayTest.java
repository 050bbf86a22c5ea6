package org.skerry.server.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A link, cut and restored. */
final class RelayTest {
  private ServerSocket echo;
  private Relay relay;

  @BeforeEach
  void open() throws IOException {
    echo = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::answer);
    relay = new Relay(echo.getLocalPort());
  }

  @AfterEach
  void close() throws IOException {
    relay.close();
    echo.close();
  }

  @Test
  void bytesGoThereAndBack() throws IOException {
    try (Socket near = connect()) {
      assertThat(asked(near, 42)).isEqualTo(42);
    }
  }

  @Test
  void aCutBreaksWhatIsOpen() throws IOException {
    try (Socket near = connect()) {
      assertThat(asked(near, 1)).isEqualTo(1);
      relay.cut();
      assertThatThrownBy(() -> near.getInputStream().read()).isInstanceOf(IOException.class);
    }
  }

  @Test
  void newConnectionsAreRefusedUntilTheLinkIsBack() throws IOException {
    relay.cut();
    try (Socket near = connect()) {
      assertThatThrownBy(() -> near.getInputStream().read()).isInstanceOf(IOException.class);
    }
    relay.awaitRefused(1);
    relay.restore();
    try (Socket near = connect()) {
      assertThat(asked(near, 7)).isEqualTo(7);
    }
  }

  private Socket connect() throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), relay.port());
  }

  private static int asked(Socket socket, int value) throws IOException {
    socket.getOutputStream().write(value);
    return socket.getInputStream().read();
  }

  private void answer() {
    while (!echo.isClosed()) {
      try (Socket one = echo.accept()) {
        one.getInputStream().transferTo(one.getOutputStream());
      } catch (IOException e) {
        continue; // the link was cut, or the test is over
      }
    }
  }
}
