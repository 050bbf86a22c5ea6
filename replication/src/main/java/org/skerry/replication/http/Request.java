package org.skerry.replication.http;

import java.util.Optional;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;

/**
 * A request to a peer.
 *
 * @param path what follows the database's URL, encoded, with its query; empty for the database
 *     itself
 * @param accept what answers are understood
 */
record Request(String method, String path, String accept, Optional<HttpEntity> body) {
  private static final String JSON = "application/json";

  static Request get(String path) {
    return new Request("GET", path, JSON, Optional.empty());
  }

  static Request put(String path, HttpEntity body) {
    return new Request("PUT", path, JSON, Optional.of(body));
  }

  static Request put(String path) {
    return new Request("PUT", path, JSON, Optional.empty());
  }

  static Request post(String path, byte[] json) {
    return new Request("POST", path, JSON, Optional.of(json(json)));
  }

  static Request post(String path, HttpEntity body) {
    return new Request("POST", path, JSON, Optional.of(body));
  }

  static HttpEntity json(byte[] json) {
    return new ByteArrayEntity(json, ContentType.APPLICATION_JSON.withCharset((String) null));
  }

  /** The same, taking another kind of answer. */
  Request accepting(String type) {
    return new Request(method, path, type, body);
  }

  /** Whether nothing but a heartbeat may come for hours, while a filter lets nothing pass. */
  boolean isFeed() {
    return path.startsWith("/_changes?");
  }

  /** How messages call it: without its query, which may be long. */
  String name() {
    int query = path.indexOf('?');
    String named = query < 0 ? path : path.substring(0, query);
    return named.isEmpty() ? method : method + " " + named;
  }
}
