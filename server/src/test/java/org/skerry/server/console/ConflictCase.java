package org.skerry.server.console;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What tests of the conflict desk share: conflicts that are made as a replication makes them. */
abstract class ConflictCase extends ConsoleCase {
  static final String PATIENT =
      """
      {"resourceType":"Patient","name":[{"given":["Ann"],"family":"Okafor"}],
       "birthDate":"1984-03-02","gender":"female","active":true,
       "identifier":[{"system":"urn:mrn","value":"12-345"}],
       "telecom":[{"system":"phone","value":"%s"}],
       "address":[{"line":["3 Hill Road"],"city":"%s","country":"NG"}]}\
      """;

  static String hash(String letter) {
    return letter.repeat(32);
  }

  /** A revision with its ancestors, the newest first. */
  private static String revision(String id, String body, List<String> hashes) {
    String ids = hashes.stream().map(hash -> '"' + hash + '"').collect(Collectors.joining(","));
    return "{\"_id\":\"%s\",\"_rev\":\"%d-%s\",\"_revisions\":{\"start\":%d,\"ids\":[%s]},%s"
        .formatted(
            id, hashes.size(), hashes.getFirst(), hashes.size(), ids, body.strip().substring(1));
  }

  /** A conflict: what was, and what two sides made of it. The later letter wins. */
  static String conflict(String id, String before, String winner, String other) {
    String root = hash("a");
    return String.join(
        ",",
        revision(id, before, List.of(root)),
        revision(id, winner, List.of(hash("c"), root)),
        revision(id, other, List.of(hash("b"), root)));
  }

  final void write(String db, String docs) {
    admin("POST", "/" + db + "/_bulk_docs", "{\"new_edits\":false,\"docs\":[" + docs + "]}");
  }

  final void patient(String db, String id) {
    write(
        db,
        conflict(
            id,
            PATIENT.formatted("555-1000", "Lagos"),
            PATIENT.formatted("555-2000", "Lagos").replace("Ann", "Anna"),
            PATIENT.formatted("555-3000", "Abuja")));
  }

  /** Documents that both sides gave another name. */
  static String many(String prefix, int count) {
    return IntStream.range(0, count)
        .mapToObj(
            i ->
                conflict(
                    "%s/%05d".formatted(prefix, i),
                    "{\"name\":\"before\",\"n\":" + i + "}",
                    "{\"name\":\"winner\",\"n\":" + i + "}",
                    "{\"name\":\"other\",\"n\":" + i + "}"))
        .collect(Collectors.joining(","));
  }

  /** The choices about one member. */
  final Locator member(String name) {
    return page()
        .getByRole(
            AriaRole.GROUP,
            new com.microsoft.playwright.Page.GetByRoleOptions()
                .setName(Pattern.compile("^" + name + "( |$)")));
  }

  final Locator choice(String member, String words) {
    return member(member).getByRole(AriaRole.RADIO, new Locator.GetByRoleOptions().setName(words));
  }

  final Locator table(String name) {
    return page().getByRole(AriaRole.TABLE, named(name));
  }
}
