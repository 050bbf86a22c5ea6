package org.skerry.postgres;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.skerry.postgres.Satellite.Flow;
import org.skerry.postgres.access.Access;
import org.skerry.postgres.mapping.InvalidMappingException;
import org.skerry.postgres.mapping.Mapping;
import org.skerry.postgres.mapping.MappingReader;
import org.skerry.postgres.mapping.Members;
import org.skerry.postgres.mapping.Via;
import org.skerry.postgres.rpc.RpcAccess;
import tools.jackson.databind.JsonNode;

/** Reads a document of {@code _postgres}. All that is wrong with it is told at once. */
public final class SatelliteReader {
  private static final Set<String> MEMBERS =
      Set.of(
          "url",
          "user",
          "password",
          "database",
          "site",
          "central",
          "capture",
          "push",
          "pull",
          "rpc",
          "mapping",
          "comment");

  /** It ends values that a collision gives a suffix. */
  private static final Pattern SITE = Pattern.compile("[\\p{Alnum}][\\p{Alnum}_.-]{0,39}");

  private static final long MOST_SECONDS = 2_592_000;

  private final String name;
  private final List<String> problems = new ArrayList<>();
  private final Members members;

  private SatelliteReader(String name, JsonNode json) {
    this.name = name;
    this.members = new Members(json, "", problems);
  }

  /**
   * The satellite that a document describes.
   *
   * @param name the document's id
   * @param isDatabaseName whether a database may be called so
   * @throws InvalidMappingException when it describes none
   */
  public static Satellite read(String name, JsonNode json, Predicate<String> isDatabaseName) {
    SatelliteReader reader = new SatelliteReader(name, json);
    Satellite satellite = reader.read(isDatabaseName);
    if (!reader.problems.isEmpty()) {
      throw new InvalidMappingException(reader.problems);
    }
    return satellite;
  }

  private Satellite read(Predicate<String> isDatabaseName) {
    members.only(MEMBERS);
    if (!Satellite.NAME.matcher(name).matches()) {
      problems.add("the id must be the satellite's name: " + Satellite.NAME);
    }
    String database = members.needed("database", "whose documents the rows are");
    if (!database.isEmpty() && (database.startsWith("_") || !isDatabaseName.test(database))) {
      members.wrong("database", "is no name of a database with documents");
    }
    String site = members.text("site").orElse(name);
    if (!SITE.matcher(site).matches()) {
      members.wrong("site", "must be a short word: " + SITE);
    }
    if (!members.has("mapping")) {
      members.wrong("mapping", "is missing: `skerry postgres inspect` makes a first one");
    }
    Mapping mapping =
        members.has("mapping")
            ? MappingReader.read(members.node("mapping"), "mapping", problems)
            : new Mapping(Mapping.USUAL_SCHEMA, List.of());
    Optional<RpcAccess> rpc = rpc();
    boolean needed = mapping.tables().stream().anyMatch(table -> table.via() instanceof Via.Rpc);
    if (needed && rpc.isEmpty()) {
      members.wrong("rpc", "is missing: tables of the mapping are written through it");
    }
    return new Satellite(
        name,
        access(),
        database,
        site,
        members.flag("central", false),
        members.word("capture", Satellite.Capture.LOGICAL, List.of(Satellite.Capture.values())),
        flow("push"),
        flow("pull"),
        rpc,
        mapping);
  }

  private Access access() {
    String url = members.needed("url", "of the application's PostgreSQL");
    if (!url.isEmpty() && !Access.URL.matcher(url).matches()) {
      members.wrong(
          "url", "must be postgresql://host:port/database, without a login and without options");
    }
    return new Access(
        url,
        members.needed("user", "who may read and write the application's tables"),
        members.needed("password", "of that user"));
  }

  private Flow flow(String direction) {
    Members flow = members.object(direction).only(Set.of("enabled", "seconds"));
    Optional<Long> seconds =
        flow.has("seconds")
            ? Optional.of(flow.number("seconds", 1, 1, MOST_SECONDS))
            : Optional.empty();
    return new Flow(flow.flag("enabled", true), seconds);
  }

  private Optional<RpcAccess> rpc() {
    if (!members.has("rpc")) {
      return Optional.empty();
    }
    Members rpc = members.object("rpc").only(Set.of("url", "user", "password"));
    String text = rpc.needed("url", "of Tryton's server, with the database as its path");
    String user = rpc.needed("user", "of Tryton");
    String password = rpc.needed("password", "of that user");
    Optional<URI> url = web(text);
    if (url.isEmpty() && !text.isEmpty()) {
      rpc.wrong(
          "url", "must be an http(s) URL with a path, without credentials and without a query");
    }
    return url.map(place -> new RpcAccess(place, user, password));
  }

  private static Optional<URI> web(String text) {
    try {
      URI url = new URI(text);
      boolean isWeb = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
      return Optional.of(url)
          .filter(
              place ->
                  isWeb
                      && place.getHost() != null
                      && place.getRawUserInfo() == null
                      && place.getRawQuery() == null
                      && String.valueOf(place.getPath()).length() > 1);
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }
}
