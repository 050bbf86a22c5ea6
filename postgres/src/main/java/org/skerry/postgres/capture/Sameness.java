package org.skerry.postgres.capture;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.skerry.conflict.merge.Json;
import org.skerry.document.Body;

/** Whether values are the same, however they are spelled: 1.5 is 1.50. */
final class Sameness {
  private Sameness() {}

  /** Whether a body says these members, and perhaps others. */
  static boolean says(Body body, Map<String, String> members) {
    return Json.read(body.json()) instanceof Json.Members(Map<String, Json> there)
        && members.entrySet().stream()
            .allMatch(
                member ->
                    there.containsKey(member.getKey())
                        && read(member.getValue()).equals(there.get(member.getKey())));
  }

  private static Json read(String json) {
    return Json.read(json.getBytes(StandardCharsets.UTF_8));
  }
}
