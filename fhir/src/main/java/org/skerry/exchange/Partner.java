package org.skerry.exchange;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.skerry.document.DocId;
import org.skerry.exchange.parent.Whitelist;

/**
 * A server to exchange records with, and how.
 *
 * @param name its document's id
 * @param database whose documents are exchanged
 * @param base its FHIR server, without a slash at the end
 * @param feeds where its Atom feeds are; without any, its histories are read
 * @param instance what this node is called in messages
 * @param records which messages are kept
 */
record Partner(
    String name,
    String database,
    URI base,
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

  /**
   * One direction.
   *
   * @param seconds between two runs
   */
  record Flow(long seconds, List<Subject> subjects) {
    Flow {
      subjects = List.copyOf(subjects);
    }
  }

  /**
   * One kind of records.
   *
   * @param category of its Atom feed
   * @param type of its resources
   */
  record Subject(String category, String type) {}

  /** Which steps leave a message. */
  record Records(boolean successes, boolean failures) {
    static final Records ALL = new Records(true, true);
  }

  /** Whether a document of {@link #DATABASE} is a partner's: not a program, nor the whitelist. */
  static boolean isDescribedBy(DocId id) {
    return !id.isDesign() && !id.text().equals(Whitelist.ID);
  }

  /** Whether the partner is where a URL leads: nobody else gets its password. */
  boolean hosts(URI url) {
    return isSame(base, url) || feeds.filter(place -> isSame(place, url)).isPresent();
  }

  private static boolean isSame(URI one, URI other) {
    return one.getScheme().equalsIgnoreCase(String.valueOf(other.getScheme()))
        && String.valueOf(one.getRawAuthority())
            .equalsIgnoreCase(String.valueOf(other.getRawAuthority()));
  }
}
