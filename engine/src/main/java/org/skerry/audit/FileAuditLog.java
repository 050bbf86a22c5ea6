package org.skerry.audit;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.NavigableMap;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A log in a folder of files. A file that reached its size is never touched again, until it is the
 * oldest of too many and removed as a whole, which the log notes.
 *
 * <p>One lock around writing: events are rare. What a crash leaves of a line is ended with a line
 * feed, and stays. No channels: interrupting a thread that uses one closes it for all.
 */
public final class FileAuditLog implements AuditLog, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(FileAuditLog.class);
  private static final long FILE_BYTES = 4L << 20;

  private final AuditFiles files;
  private final long fileBytes;
  private final int mostFiles;
  private final InstantSource clock;
  private final ReentrantLock lock = new ReentrantLock();

  // All below under the lock.
  private RandomAccessFile file;
  private long size;
  private long next;
  private long lost;
  private boolean closed;

  private FileAuditLog(
      AuditFiles files, long fileBytes, int mostFiles, InstantSource clock, Path last, long next)
      throws IOException {
    this.files = files;
    this.fileBytes = fileBytes;
    this.mostFiles = mostFiles;
    this.clock = clock;
    this.next = next;
    this.file = open(last);
    this.size = file.length();
  }

  /**
   * Opens the log in a folder, which is made when there is none.
   *
   * @param megabytes how much may be kept; the oldest events go first
   */
  public static FileAuditLog open(Path folder, int megabytes, InstantSource clock)
      throws IOException {
    int mostFiles = Math.max(2, (int) (((long) megabytes << 20) / FILE_BYTES));
    return open(folder, FILE_BYTES, mostFiles, clock);
  }

  static FileAuditLog open(Path folder, long fileBytes, int mostFiles, InstantSource clock)
      throws IOException {
    AuditFiles files = new AuditFiles(folder);
    files.prepare();
    NavigableMap<Long, Path> present = files.list();
    if (present.isEmpty()) {
      return new FileAuditLog(files, fileBytes, mostFiles, clock, files.create(1), 1);
    }
    Path last = present.lastEntry().getValue();
    long next =
        AuditFiles.read(last).stream()
            .mapToLong(event -> event.number() + 1)
            .max()
            .orElse(present.lastKey());
    return new FileAuditLog(files, fileBytes, mostFiles, clock, last, next);
  }

  /** Opens a file at its end, behind whole lines. */
  private static RandomAccessFile open(Path path) throws IOException {
    RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw");
    long length = file.length();
    file.seek(Math.max(0, length - 1));
    if (length > 0 && file.read() != '\n') {
      file.write('\n');
    }
    return file;
  }

  @Override
  public void record(AuditEvent event) {
    lock.lock();
    try {
      if (closed) {
        LOG.warn("audit event {} after the log was closed", event.action().text());
        return;
      }
      reportLost();
      append(event);
    } catch (IOException e) {
      lost++;
      LOG.error("the audit log cannot be written: {} on {}", event.action(), event.subject(), e);
    } finally {
      lock.unlock();
    }
  }

  private void reportLost() throws IOException {
    if (lost > 0) {
      append(
          new AuditEvent(
              AuditAction.EVENTS_LOST, Actor.NODE, "audit", Map.of("events", Long.toString(lost))));
      lost = 0;
    }
  }

  private void append(AuditEvent event) throws IOException {
    if (size >= fileBytes) {
      rotate();
    }
    byte[] line = AuditLine.write(next, clock.instant(), event);
    try {
      file.write(line);
    } catch (IOException e) {
      // Half a line of a full disk would swallow the next one.
      file.setLength(size);
      file.seek(size);
      throw e;
    }
    size += line.length;
    next++;
    if (!event.action().isPlentiful()) {
      file.getFD().sync();
    }
  }

  private void rotate() throws IOException {
    RandomAccessFile full = file;
    full.getFD().sync();
    file = open(files.create(next));
    size = 0;
    full.close();
    NavigableMap<Long, Path> present = files.list();
    while (present.size() > mostFiles) {
      Files.deleteIfExists(present.pollFirstEntry().getValue());
      String first = Long.toString(present.firstKey());
      append(new AuditEvent(AuditAction.TRAIL_CUT, Actor.NODE, "audit", Map.of("before", first)));
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      if (!closed) {
        closed = true;
        file.getFD().sync();
        file.close();
      }
    } catch (IOException e) {
      LOG.error("the audit log was not closed properly", e);
    } finally {
      lock.unlock();
    }
  }
}
