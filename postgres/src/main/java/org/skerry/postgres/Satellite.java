package org.skerry.postgres;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.skerry.postgres.access.Access;
import org.skerry.postgres.mapping.Mapping;
import org.skerry.postgres.rpc.RpcAccess;

/**
 * An application with a PostgreSQL of its own, and what is kept in step with it.
 *
 * @param name its document's id
 * @param database the one here whose documents its rows are
 * @param site what this place is called where values get a suffix
 * @param central whether its rows keep their values where others want the same
 * @param push what the application did, on its way here
 * @param pull what others did, on its way into the application
 * @param rpc the application's own door, where the mapping needs it
 */
public record Satellite(
    String name,
    Access access,
    String database,
    String site,
    boolean central,
    Capture capture,
    Flow push,
    Flow pull,
    Optional<RpcAccess> rpc,
    Mapping mapping) {
  /** The database whose documents are satellites. */
  public static final String DATABASE = "_postgres";

  /** What a satellite may be called: it becomes part of names in its PostgreSQL. */
  public static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,39}");

  /** How it is learned what the application does. */
  public enum Capture {
    /** From PostgreSQL's log. */
    LOGICAL,
    /** From a table that triggers fill. */
    OUTBOX;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * When one direction runs.
   *
   * @param enabled otherwise only when somebody asks for it
   * @param seconds between two runs; nothing for as things happen
   */
  public record Flow(boolean enabled, Optional<Long> seconds) {
    /** As things happen. */
    public static final Flow CONTINUOUS = new Flow(true, Optional.empty());
  }
}
