package org.skerry.replication.peer;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.skerry.database.Author;

/** One end of a replication, as somebody named it. */
public sealed interface Endpoint {
  /** How people and logs call it: never with credentials. */
  String name();

  /**
   * A database of this node.
   *
   * @param author in whose name it is read and written
   */
  record Local(String name, Author author) implements Endpoint {
    /** A database that the node itself reads and writes. */
    public Local(String name) {
      this(name, Author.SYSTEM);
    }
  }

  /**
   * A database elsewhere.
   *
   * @param url without credentials, query and fragment, and without a slash at its end
   * @param headers sent with every request, by their names in small letters. They may hold secrets
   * @param manner how it is spoken to
   */
  record Remote(
      URI url, Optional<Credentials> credentials, Map<String, String> headers, Manner manner)
      implements Endpoint {
    public Remote {
      headers = Map.copyOf(new TreeMap<>(headers));
    }

    /** A database that is spoken to as usual. */
    public Remote(URI url, Optional<Credentials> credentials, Map<String, String> headers) {
      this(url, credentials, headers, Manner.USUAL);
    }

    /** The same, spoken to in another way. */
    public Remote in(Manner other) {
      return new Remote(url, credentials, headers, other);
    }

    @Override
    public String name() {
      return url + "/";
    }

    /** Headers are secrets, too. */
    @Override
    public String toString() {
      return name();
    }
  }

  /** A name and a password. Printing it shows the name alone. */
  record Credentials(String user, String password) {
    @Override
    public String toString() {
      return user + ":*****";
    }
  }
}
