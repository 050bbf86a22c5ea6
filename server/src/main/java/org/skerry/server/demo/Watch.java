package org.skerry.server.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Follows one site's continuous feed from the first document on, on a virtual thread, and tells the
 * sightings.
 */
final class Watch implements AutoCloseable {
  private static final String FEED = "/_changes?feed=continuous&style=all_docs&heartbeat=10000";

  private final Site site;
  private final String database;
  private final Sightings sightings;

  /** Volatile: set by whoever closes, read by the following thread. */
  private volatile boolean closed;

  Watch(Site site, String database, Sightings sightings) {
    this.site = site;
    this.database = database;
    this.sightings = sightings;
    Thread.ofVirtual().name("watch " + site.name()).start(this::follow);
  }

  private void follow() {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                site.client().open("/" + database + FEED), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (!line.isEmpty()) { // a heartbeat
          read(Json.MAPPER.readTree(line));
        }
      }
      failed("ended");
    } catch (IOException | JacksonException e) {
      failed("broke: " + e.getMessage());
    } catch (DemoException e) {
      failed("cannot be had: " + e.getMessage());
    }
  }

  private void read(JsonNode row) {
    Set<String> leaves = new HashSet<>();
    row.path("changes").forEach(change -> leaves.add(change.path("rev").asString("")));
    if (!leaves.isEmpty()) {
      sightings.saw(site.name(), row.path("id").asString(""), leaves);
    }
  }

  private void failed(String how) {
    if (!closed) {
      sightings.failed(new DemoException("the feed of " + site.name() + " " + how));
    }
  }

  /** The thread ends with the site's client. */
  @Override
  public void close() {
    closed = true;
  }
}
