package org.skerry.attachment;

import java.io.InputStream;

/**
 * Base64 inside the JSON of a request: the bytes between a string's quotes. Kept as a place and not
 * as a copy, because a request may be large and the attachment has to be read only once.
 */
public final class InlineData {
  private final byte[] json;
  private final int from;
  private final int to;

  InlineData(byte[] json, int from, int to) {
    this.json = json;
    this.from = from;
    this.to = to;
  }

  InputStream open(String attachment) {
    return new JsonBase64Stream(attachment, json, from, to);
  }
}
