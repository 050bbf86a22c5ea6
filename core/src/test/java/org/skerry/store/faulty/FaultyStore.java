package org.skerry.store.faulty;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.skerry.store.Capabilities;
import org.skerry.store.DocumentStore;
import org.skerry.store.Properties;
import org.skerry.store.Store;
import org.skerry.store.StoreHealth;
import org.skerry.store.faulty.FaultPlan.Operation;

/**
 * A store that fails as its {@link FaultPlan} wants, and one run of the process that has it open. A
 * crash ends the run: this object and all that came from it refuse every call afterwards, and
 * {@link #restart} gives the store to a new run.
 *
 * <p>After a crash there is: everything acknowledged; of commits that threw, an arbitrary part; of
 * uploads finished since their database's last commit, an arbitrary part. A change that a reader
 * saw is never taken back: that would let a feed skip, and no engine may do it.
 *
 * <p>Uploads, pins, streams and registrations that nobody closed are found by {@link
 * #assertNothingOpen}.
 */
public final class FaultyStore implements Store {
  private final FaultyProcess process;

  /** In front of a store that plays the disk; late calls are not late. */
  public FaultyStore(Store disk, RandomGenerator random) {
    this(disk, random, call -> {});
  }

  /**
   * In front of a store that plays the disk.
   *
   * @param disk whoever made it closes it, after the last run
   * @param random used one call at a time
   * @param delay plays a delay: returns when the call may go on
   */
  public FaultyStore(Store disk, RandomGenerator random, Consumer<FaultPlan.Call> delay) {
    this(new FaultyProcess(new FaultyDisk(disk, random, delay)));
  }

  private FaultyStore(FaultyProcess process) {
    this.process = process;
  }

  /** Changes the plan, from the next call on. A restart keeps it. */
  public void plan(FaultPlan plan) {
    process.disk.plan(plan);
  }

  /**
   * Ends this run in the middle of what it does. Calls under way throw {@link CrashedException}.
   */
  public void crash() {
    process.crash();
  }

  /** Whether this run has not ended. */
  public boolean isAlive() {
    return process.isAlive();
  }

  /** Begins the next run, after a crash or an orderly end. */
  public FaultyStore restart() {
    if (process.isAlive()) {
      throw new IllegalStateException("the store is still open: crash it or close it first");
    }
    process.open.abandon();
    return new FaultyStore(new FaultyProcess(process.disk));
  }

  /** How often a fault happened, over all runs. */
  public long injected(Fault fault) {
    return process.disk.injected(fault);
  }

  /**
   * How many calls, over all runs, may have changed what is on the disk: those that write, and
   * crashes. Whoever looks there need not look again while it is the same.
   */
  public long writes() {
    return process.disk.writes();
  }

  /**
   * Checks that every upload, pin, stream and registration of this run was closed.
   *
   * @throws AssertionError with a suppressed stack for each that was not: where it was opened
   */
  public void assertNothingOpen() {
    List<Throwable> unclosed = process.open.unclosed();
    if (!unclosed.isEmpty()) {
      AssertionError error = new AssertionError(unclosed.size() + " not closed");
      unclosed.forEach(error::addSuppressed);
      throw error;
    }
  }

  private <T> T read(Supplier<T> action) {
    return process.read(Operation.DATABASES, "", action);
  }

  private DocumentStore wrap(DocumentStore database) {
    return new FaultyDatabase(process, database);
  }

  @Override
  public List<String> names() {
    return read(process.disk.store::names);
  }

  @Override
  public Optional<DocumentStore> create(String name) {
    return process
        .write(Operation.DATABASES, name, () -> process.disk.store.create(name))
        .map(this::wrap);
  }

  @Override
  public Optional<DocumentStore> find(String name) {
    return read(() -> process.disk.store.find(name)).map(this::wrap);
  }

  @Override
  public boolean drop(String name) {
    return process.write(Operation.DATABASES, name, () -> process.disk.store.drop(name));
  }

  @Override
  public Properties properties() {
    return new FaultyProperties(process, "", process.disk.store.properties());
  }

  @Override
  public Capabilities capabilities() {
    return process.disk.store.capabilities();
  }

  @Override
  public Map<String, Long> figures() {
    return process.read(FaultPlan.Operation.DATABASES, "", process.disk.store::figures);
  }

  @Override
  public StoreHealth health() {
    return process.read(FaultPlan.Operation.DATABASES, "", process.disk.store::health);
  }

  @Override
  public void checkpoint(Path folder) {
    read(
        () -> {
          process.disk.store.checkpoint(folder);
          return true;
        });
  }

  /** Ends this run in order. The disk stays as it is. */
  @Override
  public void close() {
    process.end();
  }
}
