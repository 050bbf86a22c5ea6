package org.skerry.exchange.client;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A partner's answer.
 *
 * @param tag the entity tag, as the partner wrote it
 */
public record Reply(int status, Optional<String> tag, byte[] body) {
  private static final int SHOWN = 500;

  public boolean isSuccess() {
    return status >= 200 && status < 300;
  }

  /** Whether the record is not there: unknown, or gone. */
  public boolean isMissing() {
    return status == 404 || status == 410;
  }

  /** Whether the partner keeps another version than the request spoke of. */
  public boolean isOutdated() {
    return status == 409 || status == 412;
  }

  /** The version that an entity tag names: what stands between the quotes. */
  public Optional<String> version() {
    return tag.map(text -> text.replaceFirst("^W/", "").replace("\"", ""))
        .filter(text -> !text.isEmpty());
  }

  /** The beginning of what the partner said, for people. */
  public String said() {
    int length = Math.min(body.length, SHOWN);
    return (status + " " + new String(body, 0, length, StandardCharsets.UTF_8)).strip();
  }
}
