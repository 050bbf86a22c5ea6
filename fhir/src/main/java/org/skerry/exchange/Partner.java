package org.skerry.exchange;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.skerry.document.DocId;
import org.skerry.exchange.client.ClientSettings;
import org.skerry.exchange.client.Credentials;
import org.skerry.exchange.parent.Whitelist;

/**
 * A server to exchange records with, and how.
 *
 * @param name its document's id
 * @param database whose documents are exchanged
 * @param clients how it is asked, by the clients' names
 * @param feeds where its Atom feeds are; without any, clients list what changed
 * @param credentials for its feeds
 * @param instance what this node is called there, and in messages
 * @param retry when the whole partner is asked again that was down
 * @param records which messages are kept
 */
record Partner(
    String name,
    String database,
    Map<String, ClientSettings> clients,
    Optional<URI> feeds,
    Credentials credentials,
    String instance,
    Optional<Flow> pull,
    Optional<Flow> push,
    RetryRule retry,
    Records records) {

  /** The database whose documents are partners. */
  static final String DATABASE = "_exchange";

  static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_-]{0,63}");

  Partner {
    clients = Map.copyOf(clients);
  }

  /**
   * One direction.
   *
   * @param onChange whether it runs as soon as something changes here
   */
  record Flow(boolean onChange, List<Subject> subjects) {
    Flow {
      subjects = List.copyOf(subjects);
    }
  }

  /**
   * One kind of records.
   *
   * @param category of its Atom feed, and in messages
   * @param type of its records: what their documents' ids begin with
   * @param client that exchanges them
   * @param every between two runs
   */
  record Subject(
      String category,
      String type,
      String client,
      Duration every,
      RetryRule retry,
      ConflictRule conflicts) {}

  /** Which steps leave a message. */
  record Records(boolean successes, boolean failures) {
    static final Records ALL = new Records(true, true);
  }

  /** Whether a document of {@link #DATABASE} is a partner's: not a program, nor the whitelist. */
  static boolean isDescribedBy(DocId id) {
    return !id.isDesign() && !id.text().equals(Whitelist.ID);
  }

  Optional<Flow> flow(Direction direction) {
    return direction == Direction.PULL ? pull : push;
  }

  /** Where it is, for people: what its FHIR client asks, or else any. */
  URI place() {
    ClientSettings fhir = clients.get("fhir");
    return fhir == null ? clients.values().iterator().next().base() : fhir.base();
  }
}
