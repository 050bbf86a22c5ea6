package org.skerry.fhir.export;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.skerry.database.Database;
import org.skerry.database.Databases;
import org.skerry.fhir.export.ExportJob.Progress;
import org.skerry.fhir.export.ExportJob.State;
import org.skerry.fhir.export.ExportJob.Wish;
import org.skerry.fhir.search.Membership;
import org.skerry.store.StoreException;
import org.skerry.store.subset.SubsetDocuments;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A node's exports. Any thread may ask; one thread makes them, one after the other. */
public final class Exports implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Exports.class);
  private static final int MOST = 20;
  private static final int ID_BYTES = 16;

  /** How long the files of an export are kept. */
  private static final Duration KEPT = Duration.ofDays(1);

  private static final Duration LOOK = Duration.ofMinutes(10);

  private final Path folder;
  private final Databases databases;
  private final Supplier<Membership> membership;
  private final InstantSource clock;
  private final Map<String, ExportJob> jobs = new ConcurrentHashMap<>();
  private final SecureRandom random = new SecureRandom();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition asked = lock.newCondition();

  /** Guarded by lock. */
  private Optional<Thread> worker = Optional.empty();

  /** Volatile: set by whoever closes, read by the worker. */
  private volatile boolean closed;

  /**
   * Exports in a folder, which is made when it is needed.
   *
   * @param membership whose resources are; asked for by the first export that wants to know
   */
  public Exports(
      Path folder, Databases databases, Supplier<Membership> membership, InstantSource clock) {
    this.folder = folder;
    this.databases = databases;
    this.membership = membership;
    this.clock = clock;
    databases.onDrop((name, incarnation) -> forget(incarnation));
  }

  /** Whether a folder has exports that somebody has to look after. */
  public static boolean isUsed(Path folder) {
    if (!Files.isDirectory(folder)) {
      return false;
    }
    try (DirectoryStream<Path> found = Files.newDirectoryStream(folder)) {
      return found.iterator().hasNext();
    } catch (IOException e) {
      return true;
    }
  }

  /** Goes on with what was begun before the node was started. */
  public void resume() {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (DirectoryStream<Path> found = Files.newDirectoryStream(folder)) {
      for (Path one : found) {
        resume(one);
      }
    } catch (IOException e) {
      LOG.warn("exports cannot be looked at: {}", e.getMessage());
    }
    if (!jobs.isEmpty()) {
      wake();
    }
  }

  private void resume(Path one) throws IOException {
    Optional<ExportJob> job;
    try {
      job = ExportJob.read(one);
    } catch (IOException e) {
      LOG.warn("{}; it is thrown away", e.getMessage());
      job = Optional.empty();
    }
    if (job.isPresent()) {
      jobs.put(job.get().id(), job.get());
    } else {
      delete(one);
    }
  }

  /** Which life of a database an export is of; its subsets have the same. */
  static String life(Database database) {
    return database.store().incarnation().substring(0, SubsetDocuments.SHARED_DIGITS);
  }

  /**
   * Begins an export.
   *
   * @return nothing when there are too many already
   */
  Optional<ExportJob> begin(Wish wish) throws IOException {
    if (jobs.size() >= MOST) {
      sweep();
    }
    if (jobs.size() >= MOST) {
      return Optional.empty();
    }
    byte[] bytes = new byte[ID_BYTES];
    random.nextBytes(bytes);
    String id = HexFormat.of().formatHex(bytes);
    ExportJob job = new ExportJob(id, wish, clock.instant(), Progress.NONE);
    Files.createDirectories(folder.resolve(id));
    job.write(folder.resolve(id));
    jobs.put(id, job);
    wake();
    return Optional.of(job);
  }

  /** An export of that life of a database. */
  Optional<ExportJob> find(String id, Database database) {
    return Optional.ofNullable(jobs.get(id))
        .filter(job -> job.wish().life().equals(life(database)))
        .filter(job -> job.wish().site().equals(database.subset().map(SubsetDocuments::site)))
        .filter(job -> expiry(job).filter(clock.instant()::isAfter).isEmpty());
  }

  /** When an export that is done is thrown away. */
  static Optional<Instant> expiry(ExportJob job) {
    return job.progress().ended().map(at -> at.plus(KEPT));
  }

  /** Where an export's file is. */
  Path file(ExportJob job, ExportJob.Output output) {
    return folder.resolve(job.id()).resolve(output.name());
  }

  /** Ends an export, and throws away what it made. */
  void remove(String id) {
    if (jobs.remove(id) != null) {
      try {
        delete(folder.resolve(id));
      } catch (IOException e) {
        // Whoever makes it at the moment may still hold a file; the next look takes the rest.
        LOG.debug("an export is left for later", e);
      }
    }
  }

  private void forget(String incarnation) {
    for (ExportJob job : jobs.values()) {
      if (incarnation.startsWith(job.wish().life())) {
        remove(job.id());
      }
    }
  }

  private static void delete(Path one) throws IOException {
    if (!Files.isDirectory(one)) {
      return;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(one)) {
      for (Path file : files) {
        Files.deleteIfExists(file);
      }
    }
    Files.deleteIfExists(one);
  }

  /** Throws away what is out of date, and folders that nobody knows. */
  private void sweep() {
    Instant now = clock.instant();
    for (ExportJob job : jobs.values()) {
      if (expiry(job).filter(now::isAfter).isPresent()) {
        remove(job.id());
      }
    }
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (DirectoryStream<Path> found = Files.newDirectoryStream(folder)) {
      for (Path one : found) {
        if (!jobs.containsKey(one.getFileName().toString())) {
          delete(one);
        }
      }
    } catch (IOException e) {
      LOG.debug("exports are left for later", e);
    }
  }

  private void wake() {
    lock.lock();
    try {
      if (worker.filter(Thread::isAlive).isEmpty() && !closed) {
        worker = Optional.of(Thread.ofVirtual().name("exports").start(this::work));
      }
      asked.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void work() {
    try {
      while (!closed) {
        Optional<ExportJob> next = next();
        if (next.isPresent()) {
          make(next.get());
        } else {
          sweep();
          await();
        }
      }
    } catch (InterruptedException e) {
      LOG.debug("exports go on after the next start");
    }
  }

  private void await() throws InterruptedException {
    lock.lock();
    try {
      long left = LOOK.toNanos();
      while (left > 0 && next().isEmpty() && !closed) {
        left = asked.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  private Optional<ExportJob> next() {
    List<ExportJob> waiting = new ArrayList<>();
    for (ExportJob job : jobs.values()) {
      if (job.progress().state() == State.WAITING) {
        waiting.add(job);
      }
    }
    return waiting.stream().min(Comparator.comparing(ExportJob::time));
  }

  private void make(ExportJob job) {
    Path place = folder.resolve(job.id());
    try {
      Optional<Database> database = database(job.wish());
      if (database.isEmpty()) {
        fail(job, "the database is not here any more");
        return;
      }
      ExportJob listed = list(job, database.get(), place);
      new ExportRun(
              database.get(),
              place,
              membership.get(),
              () -> closed || !jobs.containsKey(job.id()),
              this::noted)
          .run(listed);
    } catch (IOException e) {
      fail(job, "its files cannot be written: " + e.getMessage());
    } catch (StoreException e) {
      fail(job, String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      LOG.error("export {} failed", job.id(), e);
      fail(job, "an error of the node's; its log says more");
    }
  }

  private void noted(ExportJob job) {
    jobs.computeIfPresent(job.id(), (id, before) -> job);
  }

  private void fail(ExportJob job, String problem) {
    ExportJob now = jobs.get(job.id());
    if (now == null || closed) {
      return;
    }
    LOG.warn("export {} of {} failed: {}", job.id(), job.wish().database(), problem);
    ExportJob failed = now.failed(problem, clock.instant());
    noted(failed);
    try {
      failed.write(folder.resolve(job.id()));
    } catch (IOException e) {
      LOG.debug("a failure is not noted", e);
    }
  }

  private Optional<Database> database(Wish wish) {
    return databases
        .find(wish.database())
        .filter(found -> life(found).equals(wish.life()))
        .map(found -> wish.site().map(found::seenBy).orElse(found));
  }

  private static ExportJob list(ExportJob job, Database database, Path place) throws IOException {
    if (job.progress().total() > 0) {
      return job;
    }
    Wish wish = job.wish();
    // Whatever is written from here on is behind this position, also if it is on the list.
    long seq = database.store().now().number();
    boolean deletions = wish.since().isPresent() && !wish.patients();
    long total = ExportList.write(place, database.store(), wish.types(), wish.behind(), deletions);
    ExportTimes.note(database, job.time(), seq);
    ExportJob listed =
        job.with(new Progress(State.WAITING, total, 0, 0, List.of(), "", Optional.empty()));
    listed.write(place);
    return listed;
  }

  /** Interrupts what is being made; it goes on after the next start. */
  @Override
  public void close() {
    Optional<Thread> ended;
    lock.lock();
    try {
      closed = true;
      ended = worker;
      asked.signalAll();
    } finally {
      lock.unlock();
    }
    try {
      if (ended.isPresent()) {
        ended.get().join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
