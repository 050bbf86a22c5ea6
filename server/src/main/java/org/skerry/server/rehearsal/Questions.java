package org.skerry.server.rehearsal;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * The part of the play that asks: views are built, grouped and read by key, Mango indexes are built
 * and asked, and documents come between two questions.
 */
final class Questions {
  /** Each build maps all documents anew, because its functions are others. */
  private static final int BUILDS = 3;

  /** Groups of a whole view are asked for more rarely than some rows. */
  private static final int QUERIES_A_GROUPING = 15;

  private static final int LEVELS = 4;

  private static final String VIEWS =
      """
      {"views":{"places":{"reduce":"_count","map":"function (doc) { /* %1$d */ if (doc.resourceType) {\
       emit([doc.meta.tag[0], doc.performer[1].reference, doc.code.text, doc.n], doc.value.quantity); } }"},\
      "parts":{"reduce":"_stats","map":"doc => { /* %1$d */\
       for (const c of doc.component || []) { emit(c.code, c.value); } }"}}}\
      """;

  private final Sender sender;
  private final Crowd crowd;

  /** Sends a request to the node, and returns the answer. */
  @FunctionalInterface
  interface Sender {
    String send(String method, String path, String body) throws IOException, InterruptedException;
  }

  /** Has several clients play something so many times together. */
  @FunctionalInterface
  interface Crowd {
    void play(int times, Rehearsal.Step step) throws IOException, InterruptedException;
  }

  Questions(Sender sender, Crowd crowd) {
    this.sender = sender;
    this.crowd = crowd;
  }

  /**
   * Asks a database.
   *
   * @param queries how many of each kind
   */
  void ask(String database, int queries) throws IOException, InterruptedException {
    String find = "/" + database + "/_find";
    String view = "";
    for (int build = 0; build < BUILDS; build++) {
      String design = "/%s/_design/desk-%d".formatted(database, build);
      view = design + "/_view/places";
      sender.send("PUT", design, VIEWS.formatted(build));
      sender.send("GET", design + "/_view/parts?group=true", "");
      sender.send("POST", "/" + database + "/_index", index(build));
      sender.send("POST", find, subject(build));
    }
    String places = view;
    crowd.play(queries, number -> sender.send("POST", find, subject(number)));
    crowd.play(queries, number -> sender.send("GET", places + rows(number), ""));
    crowd.play(
        LEVELS * queries / QUERIES_A_GROUPING,
        number -> sender.send("GET", places + "?group_level=" + (1 + number % LEVELS), ""));
    for (int number = 0; number < queries / QUERIES_A_GROUPING; number++) {
      sender.send("PUT", "/%s/late-%d".formatted(database, number), "{\"n\":" + number + "}");
      sender.send("GET", places, "");
    }
  }

  /** Of other columns each time, so that there is something to build. */
  private static String index(int build) {
    return "{\"index\":{\"fields\":[\"subject.reference\"%s]}}".formatted(",\"n\"".repeat(build));
  }

  private static String subject(int number) {
    return "{\"selector\":{\"subject.reference\":\"Patient/%d\"},\"limit\":50}"
        .formatted(number * 7);
  }

  private static String rows(int number) {
    String key = "[\"site-%d\",\"Organization/clinic-%d\"]".formatted(number % 23, number % 19);
    return "?reduce=false&limit=100&startkey=" + URLEncoder.encode(key, StandardCharsets.UTF_8);
  }
}
