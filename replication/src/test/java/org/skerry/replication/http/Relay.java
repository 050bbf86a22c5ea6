package org.skerry.replication.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** What small proxies of tests have in common: reading a head, and passing bytes on. */
final class Relay {
  private Relay() {}

  /** Passes on what either says, until both hung up. */
  static void between(Socket one, Socket other) throws InterruptedException {
    Thread back = Thread.ofVirtual().start(() -> copy(other, one));
    copy(one, other);
    back.join();
  }

  private static void copy(Socket from, Socket to) {
    try {
      from.getInputStream().transferTo(to.getOutputStream());
      to.shutdownOutput();
    } catch (IOException e) {
      // One of them hung up, which ends the other.
      return;
    }
  }

  /** A head of HTTP with its empty line, or what came of it. */
  static String head(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0) {
        return head.toString();
      }
      head.append((char) next);
    }
    return head.toString();
  }

  /** Says a line or more of ASCII. */
  static void say(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
  }
}
