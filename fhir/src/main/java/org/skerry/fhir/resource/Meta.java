package org.skerry.fhir.resource;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.skerry.fhir.resource.Members.Member;
import org.skerry.revision.RevId;

/**
 * The {@code meta} of a resource, in its bytes: what the server adds when it shows a resource, and
 * takes away again from what comes back.
 */
final class Meta {
  /** Says which other version stands beside the one that is shown. */
  static final String CONFLICT_URL =
      "http://skerry.org/fhir/StructureDefinition/conflicting-version";

  /** The code system of what this server says about a resource's state. */
  static final String STATE_SYSTEM = "http://skerry.org/fhir/CodeSystem/state";

  private static final String TAG = "{\"system\":\"" + STATE_SYSTEM + "\",\"code\":\"conflicted\"}";
  private static final byte[] NONE = "{}".getBytes(StandardCharsets.UTF_8);

  private final Members members;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream(256);

  private Meta(byte[] json) {
    this.members = Members.of(json);
  }

  /** As it is kept: without version and marks, with the time of writing. */
  static byte[] stored(Optional<byte[]> sent, String lastUpdated) {
    Meta meta = new Meta(sent.orElse(NONE));
    meta.begin("lastUpdated", lastUpdated);
    for (Member member : meta.members.list()) {
      switch (member.name()) {
        case "versionId", "lastUpdated", "_versionId", "_lastUpdated" -> {}
        case "tag" -> meta.array(member, STATE_SYSTEM, "");
        case "extension" -> meta.array(member, CONFLICT_URL, "");
        default -> meta.copy(member);
      }
    }
    return meta.end();
  }

  /** As it is shown. */
  static byte[] shown(Optional<byte[]> stored, RevId rev, List<RevId> others) {
    Meta meta = new Meta(stored.orElse(NONE));
    meta.begin("versionId", rev.toString());
    boolean marked = !others.isEmpty();
    String extensions = marked ? extensions(others) : "";
    for (Member member : meta.members.list()) {
      boolean array = marked && meta.members.json()[member.valueStart()] == '[';
      switch (member.name()) {
        case "versionId", "_versionId" -> {}
        case "tag" -> meta.array(member, STATE_SYSTEM, array ? TAG : "");
        case "extension" -> meta.array(member, CONFLICT_URL, array ? extensions : "");
        default -> meta.copy(member);
      }
    }
    if (marked && meta.members.find("tag").isEmpty()) {
      meta.text(",\"tag\":[" + TAG + "]");
    }
    if (marked && meta.members.find("extension").isEmpty()) {
      meta.text(",\"extension\":[" + extensions + "]");
    }
    return meta.end();
  }

  private static String extensions(List<RevId> others) {
    StringBuilder text = new StringBuilder();
    for (RevId other : others) {
      text.append(text.isEmpty() ? "" : ",");
      text.append("{\"url\":\"").append(CONFLICT_URL);
      text.append("\",\"valueString\":\"").append(other).append("\"}");
    }
    return text.toString();
  }

  private void begin(String name, String value) {
    text("{\"" + name + "\":\"" + value + '"');
  }

  private void copy(Member member) {
    out.write(',');
    out.write(members.json(), member.nameStart(), member.valueEnd() - member.nameStart());
  }

  /** Copies an array without the elements that name something, and with others at its end. */
  private void array(Member member, String without, String with) {
    byte[] json = members.value(member);
    String all = new String(json, StandardCharsets.UTF_8);
    if (with.isEmpty() && (json[0] != '[' || !all.contains(without))) {
      copy(member);
      return;
    }
    StringBuilder kept = new StringBuilder();
    for (Member element : Members.elements(json)) {
      int length = element.valueEnd() - element.valueStart();
      String text = new String(json, element.valueStart(), length, StandardCharsets.UTF_8);
      if (!text.contains('"' + without + '"')) {
        kept.append(kept.isEmpty() ? "" : ",").append(text);
      }
    }
    kept.append(kept.isEmpty() || with.isEmpty() ? "" : ",").append(with);
    if (!kept.isEmpty()) {
      text(",\"" + member.name() + "\":[" + kept + "]");
    }
  }

  private void text(String text) {
    out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
  }

  private byte[] end() {
    out.write('}');
    return out.toByteArray();
  }
}
