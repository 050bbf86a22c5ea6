package org.skerry.server.demo;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Shows all living versions of a document. */
final class Conflicts {
  private Conflicts() {}

  /** A line for each version of a patient, the winner first. */
  static List<String> versions(CouchClient client, String database, String id) {
    String path = CouchClient.path(database, id);
    JsonNode winner = client.get(path + "?conflicts=true");
    List<String> lines = new ArrayList<>();
    lines.add("shown      " + text(winner));
    for (JsonNode rev : winner.path("_conflicts")) {
      lines.add("also kept  " + text(client.get(path + "?rev=" + rev.asString())));
    }
    return lines;
  }

  private static String text(JsonNode patient) {
    JsonNode name = patient.path("name").path(0);
    return patient.path("_rev").asString("")
        + "  written at "
        + patient.path("meta").path("source").asString("?")
        + ": "
        + name.path("given").path(0).asString("")
        + " "
        + name.path("family").asString("")
        + ", "
        + patient.path("address").path(0).path("city").asString("")
        + ", phone "
        + patient.path("telecom").path(0).path("value").asString("");
  }
}
