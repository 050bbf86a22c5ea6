package org.skerry.exchange.client;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.skerry.document.DocumentLimits;
import tools.jackson.databind.json.JsonMapper;

/** Lines to servers of tests. */
public final class Lines {
  private Lines() {}

  /** Nobody signs in. */
  public static Line to(String base) {
    return to(base, Credentials.NONE, "{}", new Notes());
  }

  /** With more settings of the client's own. */
  public static Line to(String base, Credentials credentials, String more, Notes notes) {
    ClientSettings settings =
        new ClientSettings(
            URI.create(base),
            Optional.empty(),
            credentials,
            Map.of(),
            new JsonMapper().readTree(more));
    return new Line("skerry", "test", settings, DocumentLimits.DEFAULT, notes);
  }
}
