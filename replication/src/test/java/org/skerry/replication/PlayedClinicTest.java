package org.skerry.replication;

import org.junit.jupiter.api.AfterEach;
import org.skerry.replication.http.HttpPeers;
import org.skerry.replication.http.PlayedPeer;
import org.skerry.replication.peer.Island;

/** A clinic and a centre, one of which a test plays over HTTP. */
abstract class PlayedClinicTest {
  final Island clinic = new Island("clinic");
  final HttpPeers peers = new HttpPeers();
  Island centre = new Island("centre");

  /** Whichever of the two is played; the test begins it. */
  PlayedPeer server;

  @AfterEach
  void stop() {
    server.close();
    peers.close();
    clinic.close();
    centre.close();
  }
}
