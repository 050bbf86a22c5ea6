package org.skerry.replication.http;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A proxy of a test on loopback, which serves each connection on a thread of its own. */
final class Gate implements AutoCloseable {
  private final ServerSocket door;
  private final Thread porter;
  private final Set<Socket> guests = ConcurrentHashMap.newKeySet();

  /** What is done with a connection. */
  @FunctionalInterface
  interface Service {
    void serve(Socket guest) throws IOException, InterruptedException;
  }

  Gate(ServerSocket door, Service service) {
    this.door = door;
    this.porter = Thread.ofVirtual().start(() -> letIn(service));
  }

  int port() {
    return door.getLocalPort();
  }

  private void letIn(Service service) {
    while (!door.isClosed()) {
      try {
        Socket guest = door.accept();
        guests.add(guest);
        Thread.ofVirtual().start(() -> serve(service, guest));
      } catch (IOException e) {
        // The door is closed.
        return;
      }
    }
  }

  private static void serve(Service service, Socket guest) {
    try (guest) {
      service.serve(guest);
    } catch (IOException e) {
      // The guest left, or was not let in.
      return;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() throws IOException, InterruptedException {
    door.close();
    porter.join();
    for (Socket guest : guests) {
      guest.close();
    }
  }
}
