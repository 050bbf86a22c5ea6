package org.skerry.http.couch.conflict;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.skerry.conflict.SettleResult;
import org.skerry.conflict.merge.Decision;
import tools.jackson.core.JsonGenerator;

/**
 * What would become of one member, in so few bytes that plans for a thousand documents can be held.
 *
 * @param result its value as JSON; nothing when it is removed, or long
 * @param from the leaves that have it
 */
record PlannedMember(
    String path, String way, boolean removed, Optional<byte[]> result, List<String> from) {
  /** A member more than these is counted and not told. */
  static final int MOST = 50;

  private static final int LONGEST = 1_000;

  /** The first of a plan's members. */
  static List<PlannedMember> of(SettleResult.Planned plan) {
    return plan.decisions().stream().limit(MOST).map(one -> of(plan, one)).toList();
  }

  private static PlannedMember of(SettleResult.Planned plan, Decision decision) {
    return new PlannedMember(
        decision.place().toString(),
        decision.way().text(),
        decision.result().isEmpty(),
        decision.result().map(value -> value.bytes()).filter(json -> json.length <= LONGEST),
        decision.from().stream()
            .limit(MOST)
            .map(side -> plan.leaves().get(side).toString())
            .toList());
  }

  void write(JsonGenerator out) {
    out.writeStartObject();
    out.writeStringProperty("path", path);
    out.writeStringProperty("way", way);
    if (removed) {
      out.writeBooleanProperty("removed", true);
    } else if (result.isPresent()) {
      out.writeName("result");
      out.writeRawValue(new String(result.get(), StandardCharsets.UTF_8));
    } else {
      out.writeBooleanProperty("long", true);
    }
    ListConflicts.texts(out, "from", from);
    out.writeEndObject();
  }
}
