package org.skerry.http;

import java.util.List;
import java.util.Set;

/**
 * What an operator may change while the server runs. Asked for every request, so it answers from
 * memory.
 */
public interface HttpPolicy {
  HttpSettings.Limits limits();

  /** Origins whose scripts may call this node; {@code *} stands for any. */
  Set<String> corsOrigins();

  /**
   * Whether somebody who did not sign in may make a request at all, besides asking whether a node
   * is here and signing in.
   *
   * @param segments of the path, decoded
   */
  boolean admitsStrangers(String method, List<String> segments);

  /** What the settings say, for ever; no strangers. */
  static HttpPolicy fixed(HttpSettings settings) {
    return new HttpPolicy() {
      @Override
      public HttpSettings.Limits limits() {
        return settings.limits();
      }

      @Override
      public Set<String> corsOrigins() {
        return settings.corsOrigins();
      }

      @Override
      public boolean admitsStrangers(String method, List<String> segments) {
        return false;
      }
    };
  }
}
