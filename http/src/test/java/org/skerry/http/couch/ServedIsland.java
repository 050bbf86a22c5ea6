package org.skerry.http.couch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.skerry.database.Databases;
import org.skerry.http.Authenticator;
import org.skerry.http.HttpServer;
import org.skerry.http.HttpSettings;
import org.skerry.http.PatternRouter;
import org.skerry.http.UserContext;
import org.skerry.replication.http.HttpPeers;
import org.skerry.replication.peer.Endpoint;
import org.skerry.replication.peer.Manner;
import org.skerry.replication.peer.Peer;

/** Databases behind a real server, and peers that reach them over HTTP. */
final class ServedIsland implements AutoCloseable {
  private final HttpServer server;
  private final HttpPeers peers = new HttpPeers();

  ServedIsland(Databases databases) {
    UserContext admin =
        new UserContext(Optional.of("admin"), Set.of("_admin"), Optional.of("test"));
    Authenticator anybody = caller -> Optional.of(new Authenticator.SignedIn(admin, List.of()));
    CouchApi api = new CouchApi(databases, CouchSettings.ofVersion("0.1"));
    try {
      server = HttpServer.start(HttpSettings.defaults(), new PatternRouter(api.routes()), anybody);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Endpoint.Remote endpoint(String database) {
    return new Endpoint.Remote(
        URI.create(server.baseUrl() + "/" + database), Optional.empty(), Map.of());
  }

  Peer peer(String database, Manner manner) {
    return peers.open(endpoint(database).in(manner));
  }

  Peer peer(String database) {
    return peers.open(endpoint(database));
  }

  @Override
  public void close() {
    peers.close();
    server.close();
  }
}
