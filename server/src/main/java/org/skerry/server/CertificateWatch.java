package org.skerry.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.skerry.audit.Actor;
import org.skerry.audit.AuditAction;
import org.skerry.audit.AuditEvent;
import org.skerry.audit.AuditLog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes new certificates when their files have changed, so that whoever renews them need not tell
 * the node. Looks at the files' times every few seconds: those who renew certificates replace files
 * and links to folders, which is more than a file system tells watchers of. Files that cannot be
 * used are tried again at each look; the certificates there were stay.
 */
final class CertificateWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(CertificateWatch.class);
  private static final Duration LOOK = Duration.ofSeconds(10);

  /** Reads the certificates again. */
  @FunctionalInterface
  interface Reload {
    void run() throws IOException;
  }

  private final List<Path> files;
  private final Reload reload;
  private final AuditLog audit;
  private final Thread thread;

  // Under this object's lock.
  private List<String> seen;
  private String complaint = "";

  CertificateWatch(List<Path> files, Reload reload, AuditLog audit) {
    this.files = List.copyOf(files);
    this.reload = reload;
    this.audit = audit;
    this.seen = look();
    this.thread = Thread.ofVirtual().name("certificates").unstarted(this::watch);
  }

  /** Begins to look. */
  CertificateWatch start() {
    if (!files.isEmpty()) {
      thread.start();
    }
    return this;
  }

  private void watch() {
    try {
      while (true) {
        Thread.sleep(LOOK);
        check();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the node closes
    }
  }

  /** Looks once. */
  synchronized void check() {
    List<String> found = look();
    if (found.equals(seen)) {
      return;
    }
    try {
      load();
      seen = found;
      complaint = "";
    } catch (IOException e) {
      String text = String.valueOf(e.getMessage());
      if (!text.equals(complaint)) {
        LOG.warn("the certificates have changed and cannot be used; the old ones stay: {}", text);
      }
      complaint = text;
    }
  }

  /**
   * Takes the certificates now.
   *
   * @throws IOException when they cannot be used; those there were stay
   */
  synchronized void load() throws IOException {
    if (files.isEmpty()) {
      return;
    }
    reload.run();
    LOG.info("new connections use the certificates that {} holds now", files.getFirst());
    audit.record(
        new AuditEvent(AuditAction.CERTIFICATE_LOADED, Actor.NODE, files.getFirst().toString()));
  }

  private List<String> look() {
    List<String> states = new ArrayList<>();
    for (Path file : files) {
      try {
        states.add(
            Files.getLastModifiedTime(file) + " " + Files.size(file) + " " + file.toRealPath());
      } catch (IOException e) {
        states.add("gone");
      }
    }
    return states;
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
