package org.skerry.server;

import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** Which of a database's open conflicts are meant, and reading them page by page. */
final class ConflictPages {
  @Option(names = "--kind", description = "Only of this kind: Patient.")
  @Nullable String kind;

  @Option(names = "--min-age", description = "Only older ones, in seconds.")
  @Nullable Long minAge;

  @Option(
      names = "--pattern",
      paramLabel = "MEMBERS",
      description = "Only those that are open about these members: /name,/telecom.")
  @Nullable String pattern;

  /**
   * A page.
   *
   * @param bookmark where it begins; empty for the first
   */
  JsonNode read(NodeClient client, int limit, String bookmark)
      throws IOException, InterruptedException {
    StringBuilder path = new StringBuilder("/_conflicts?limit=" + limit);
    add(path, "kind", Optional.ofNullable(kind));
    add(path, "min_age", Optional.ofNullable(minAge).map(Object::toString));
    add(path, "pattern", Optional.ofNullable(pattern));
    add(path, "bookmark", Optional.of(bookmark).filter(text -> !text.isEmpty()));
    return NodeDatabase.get(client, path.toString());
  }

  private static void add(StringBuilder path, String name, Optional<String> value) {
    value.ifPresent(
        text -> path.append('&').append(name).append('=').append(NodeClient.encoded(text)));
  }

  /** Where the page behind this one begins; empty behind the last. */
  static String bookmark(JsonNode page) {
    return page.path("bookmark").asString("");
  }
}
