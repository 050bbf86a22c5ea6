package org.skerry.replication.schedule;

import java.net.URI;
import java.util.List;
import java.util.stream.Stream;
import org.skerry.replication.ReplicationSpec;
import org.skerry.replication.peer.Endpoint;

/** The way to a host: what jobs with the same peer lose and get back together. */
record Line(String host, int port) {
  /** The lines that a replication needs. */
  static List<Line> of(ReplicationSpec spec) {
    return Stream.of(spec.source(), spec.target()).flatMap(Line::of).distinct().toList();
  }

  private static Stream<Line> of(Endpoint endpoint) {
    return switch (endpoint) {
      case Endpoint.Local local -> Stream.empty();
      case Endpoint.Remote remote -> Stream.of(of(remote.url()));
    };
  }

  private static Line of(URI url) {
    int standard = "https".equals(url.getScheme()) ? 443 : 80;
    return new Line(url.getHost(), url.getPort() < 0 ? standard : url.getPort());
  }

  @Override
  public String toString() {
    return host + ":" + port;
  }
}
