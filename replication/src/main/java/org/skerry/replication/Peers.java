package org.skerry.replication;

import java.util.function.Function;
import org.skerry.replication.http.HttpPeers;
import org.skerry.replication.peer.Endpoint;
import org.skerry.replication.peer.Peer;
import org.skerry.replication.peer.PeerOpener;

/** Opens peers of both kinds. */
public final class Peers implements PeerOpener, AutoCloseable {
  private final Function<Endpoint.Local, Peer> local;
  private final HttpPeers http = new HttpPeers();

  /**
   * An opener.
   *
   * @param local opens a database of this node
   */
  public Peers(Function<Endpoint.Local, Peer> local) {
    this.local = local;
  }

  @Override
  public Peer open(Endpoint endpoint) {
    return switch (endpoint) {
      case Endpoint.Local here -> local.apply(here);
      case Endpoint.Remote remote -> http.open(remote);
    };
  }

  @Override
  public void close() {
    http.close();
  }
}
