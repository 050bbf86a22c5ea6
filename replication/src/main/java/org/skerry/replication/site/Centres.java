package org.skerry.replication.site;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.skerry.replication.ReplicationSpec;
import org.skerry.replication.peer.Endpoint;
import org.skerry.replication.peer.Selection;

/** Finds centres in what documents want to be replicated. */
final class Centres {
  private Centres() {}

  /**
   * Each database that is pulled as a whole from elsewhere, with its centre; by name.
   *
   * @param wanted what the node's documents ask for
   */
  static List<Centre> in(List<ReplicationSpec> wanted) {
    List<Centre> centres = new ArrayList<>();
    for (ReplicationSpec spec : wanted) {
      if (spec.source() instanceof Endpoint.Remote source
          && spec.target() instanceof Endpoint.Local here
          && isWhole(spec)
          && centres.stream().noneMatch(known -> isSame(known, here.name(), source))) {
        Endpoint.Remote target = pushed(wanted, here.name(), source).orElse(source);
        centres.add(new Centre(here.name(), source, target));
      }
    }
    centres.sort(Comparator.comparing(Centre::database));
    return List.copyOf(centres);
  }

  private static boolean isSame(Centre known, String database, Endpoint.Remote source) {
    return known.database().equals(database) && known.source().url().equals(source.url());
  }

  private static boolean isWhole(ReplicationSpec spec) {
    return spec.selection().equals(Selection.EVERYTHING);
  }

  private static Optional<Endpoint.Remote> pushed(
      List<ReplicationSpec> wanted, String database, Endpoint.Remote source) {
    return wanted.stream()
        .filter(Centres::isWhole)
        .filter(
            spec ->
                spec.source() instanceof Endpoint.Local(var name, var _) && name.equals(database))
        .map(ReplicationSpec::target)
        .filter(Endpoint.Remote.class::isInstance)
        .map(Endpoint.Remote.class::cast)
        .filter(target -> target.url().equals(source.url()))
        .findFirst();
  }
}
