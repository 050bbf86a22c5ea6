package org.skerry.replication;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.skerry.replication.peer.ChangesPage;
import org.skerry.replication.peer.ChangesQuery;
import org.skerry.replication.peer.Endpoint;
import org.skerry.replication.peer.FetchedRevision;
import org.skerry.replication.peer.FilterName;
import org.skerry.replication.peer.LiveChanges;
import org.skerry.replication.peer.Peer;
import org.skerry.replication.peer.PeerException;
import org.skerry.replication.peer.PeerException.Kind;
import org.skerry.replication.peer.PeerInfo;
import org.skerry.replication.peer.Selection;

/**
 * One attempt: the stages of the pipeline, and what lies between them. {@link Course} says which
 * thread runs which stage; {@link #reached} and the checkpoints belong to one thread.
 *
 * <pre>
 *   changes ─ page ─▶ revs diff ─ work ─▶ fetch ─ heaps ─▶ write ─ position ─▶ checkpoint
 * </pre>
 */
final class Session {
  private final Peer source;
  private final Peer target;
  private final ReplicationSpec spec;
  private final ReplicationId id;
  private final Surroundings surroundings;
  private final Progress progress;
  private final BatchSize batchSize;
  private final String sessionId;
  private final Checkpointer checkpointer;
  private final OnTheWay onTheWay = new OnTheWay();
  private final EmptyPages emptyPages = new EmptyPages();

  // Set anew by open(), before any stage runs, where the source knows the target as a site.
  private RevFinder finder;
  private Inserter inserter;
  private Fetcher fetcher;
  private Peer taker;
  private Settling settling;
  private ApartAgain apart;

  private final Runnable keepRefusals;

  /** The source of the filter function as this session found it. */
  private Optional<String> filter = Optional.empty();

  private String start = ChangesQuery.START;

  /** Both ends remember that all is done. */
  private boolean over;

  /**
   * Where the source's feed ended when it was met, until the first page is read; nothing where that
   * is not known for sure. The reading thread's.
   */
  private Optional<String> end = Optional.empty();

  /** Read up to here; the reading thread's. */
  private String position = ChangesQuery.START;

  /** Done up to here. Volatile, because status shows it. */
  private volatile String done = ChangesQuery.START;

  /** A checkpoint says so up to here. Volatile, because status shows it. */
  private volatile String recorded = ChangesQuery.START;

  /** The target made it durable up to here, where no checkpoint says so. */
  private String committed = ChangesQuery.START;

  /** Pages behind what is held of a feed that goes on for ever; the writing thread's. */
  private int heldPages;

  private Instant checkpointed = Instant.EPOCH;

  /**
   * When the target was last asked whether it is still the one that was met; the reading thread's.
   */
  private Instant targetSeen = Instant.EPOCH;

  /** When it was last asked for what it refused, and for its checkpoint; the reading thread's. */
  private Instant refusedSeen = Instant.EPOCH;

  Session(
      Peer source,
      Peer target,
      ReplicationSpec spec,
      ReplicationId id,
      Surroundings surroundings,
      Progress progress,
      BatchSize batchSize,
      Runnable keepRefusals) {
    this.source = source;
    this.target = target;
    this.spec = spec;
    this.surroundings = surroundings;
    this.progress = progress;
    this.batchSize = batchSize;
    this.sessionId = surroundings.newId();
    this.id = id;
    this.checkpointer = new Checkpointer(source, target, sessionId, surroundings);
    this.taker = target;
    this.finder = new RevFinder(target, progress, Optional.empty());
    this.settling = new Settling(progress, true);
    this.inserter = new Inserter(source, target, progress, settling);
    this.keepRefusals = keepRefusals;
    this.fetcher = new Fetcher(source, inserter, progress, settling);
    this.apart = new ApartAgain(source, target, progress);
  }

  /**
   * Meets both peers. Where both remember that everything is done they are not asked for more than
   * that: most of what a schedule begins finds nothing new.
   *
   * @param since where to begin when they remember nothing; they remember it from then on
   */
  void open(Optional<String> since) {
    over = isDoneAtFirstSight() || isDoneAtSource();
    if (over) {
      start = end.orElseThrow();
    } else {
      meetTarget(since);
    }
    RefusedBefore.forget(target, progress);
    position = start;
    done = start;
    recorded = start;
    committed = start;
    checkpointed = surroundings.clock().instant();
    targetSeen = checkpointed;
    refusedSeen = checkpointed;
    if (over) {
      progress.page(new ChangesPage(List.of(), start, 0, true), checkpointed);
      progress.pending(0);
      progress.reached(start);
    }
  }

  /** Whether both ends remembered that everything is done: then no stage has anything to do. */
  boolean isOver() {
    return over;
  }

  /**
   * A source that says with its checkpoint where its feed ends need not be asked for anything else
   * where that is where the checkpoint stands. What a filter function lets pass depends on its
   * text, which names the checkpoint.
   */
  private boolean isDoneAtFirstSight() {
    if (filterFunction().isPresent() || !mayBeDone()) {
      return false;
    }
    checkpointer.remember(id.checkpoint(filter));
    end = checkpointer.sourceEnd();
    return isDone();
  }

  /** Meets the source. */
  private boolean isDoneAtSource() {
    Optional<String> judged = end;
    PeerInfo from = source.info().orElseThrow(() -> absent(source));
    from.site().ifPresent(this::asSite);
    // A site's feed may grow without a change behind it; the start is also what a peer that says
    // nothing is taken to say.
    end =
        Optional.of(from.updateSeq())
            .filter(seq -> from.site().isEmpty() && !seq.equals(ChangesQuery.START));
    filter = readFilter();
    if (spec.useCheckpoints()) {
      if (end.filter(Session::isMereNumber).isPresent()) {
        checkpointer.forget();
      }
      checkpointer.remember(id.checkpoint(filter));
    }
    return !end.equals(judged) && isDone();
  }

  /**
   * A source that was created anew since its checkpoint was read may have come to the same number
   * (PouchDB, CouchDB 1); it has no checkpoint then. Other positions say whose they are.
   */
  private static boolean isMereNumber(String seq) {
    return seq.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  private void meetTarget(Optional<String> since) {
    checkpointer.meet(target());
    if (spec.useCheckpoints()) {
      start = checkpointer.open();
      if (start.equals(ChangesQuery.START)) {
        progress.beginsAnew();
      }
    }
    if (start.equals(ChangesQuery.START) && since.isPresent()) {
      beginAt(since.get());
    }
  }

  private void beginAt(String seq) {
    start = seq;
    checkpointer.startAt(seq);
    if (spec.useCheckpoints()) {
      checkpointer.write(seq, Counts.NONE);
    }
  }

  /** A live one goes on, and has to know the target that it met. */
  private boolean mayBeDone() {
    return spec.useCheckpoints() && !spec.live();
  }

  private boolean isDone() {
    return mayBeDone() && end.filter(checkpointer::isDone).isPresent();
  }

  private PeerInfo target() {
    Optional<PeerInfo> info = target.info();
    if (info.isEmpty() && spec.createTarget()) {
      target.create();
      info = target.info();
    }
    return info.orElseThrow(() -> absent(target));
  }

  private void asSite(String site) {
    taker = target.asSite(site);
    finder = new RevFinder(taker, progress, Optional.of(onTheWay));
    settling = new Settling(progress, false); // what was taken back must not come before what was
    inserter = new Inserter(source, taker, progress, settling);
    fetcher = new Fetcher(source, inserter, progress, settling);
    apart = new ApartAgain(source, taker, progress);
  }

  /** What a filter function let pass says nothing about what another one of its name does. */
  private Optional<String> readFilter() {
    return filterFunction().map(this::readFilter);
  }

  private Optional<FilterName> filterFunction() {
    return spec.selection() instanceof Selection.ByFilter named
        ? named.function()
        : Optional.empty();
  }

  private String readFilter(FilterName name) {
    return source
        .filterSource(name)
        .orElseThrow(
            () ->
                new PeerException(
                    Kind.UNSUPPORTED,
                    "there is no filter function "
                        + name
                        + " at "
                        + source.name()
                        + ": no design document of that name, or nothing in its `filters`"));
  }

  /**
   * Ends a session whose filter function was changed: from then on other documents pass, and so do
   * perhaps earlier ones.
   */
  private void checkFilter() {
    if (filter.isPresent() && !filter.equals(readFilter())) {
      throw new PeerException(
          Kind.FAILING, "the filter function was changed: the replication begins anew with it");
    }
  }

  /**
   * There is nothing to do. Then no checkpoint notices either that the target was created anew, and
   * the new one would stay empty until somebody changes something. A database of this node is asked
   * each time, which costs nothing; another one when some time has passed.
   */
  void idle() {
    checkFilter();
    Instant now = surroundings.clock().instant();
    if (spec.target() instanceof Endpoint.Local
        || Pause.of(targetSeen, Tuning.IDLE_CHECK).isOver(now)) {
      targetSeen = now;
      checkpointer.checkInstance();
    }
    if (Pause.of(refusedSeen, Tuning.LONG_IDLE_CHECK).isOver(now)) {
      refusedSeen = now;
      checkpointer.checkKept();
      RefusedBefore.forget(target, progress);
      keepRefusals.run();
    }
    if (apart.next()) {
      keepRefusals.run();
    }
  }

  /** Changes come all the time. What is set apart has its turn all the same, now and then. */
  void busy() {
    if (apart.nextOfMany()) {
      keepRefusals.run();
    }
  }

  /** It ends, because an end fails. Perhaps not over what is set apart any more. */
  void failed() {
    apart.nextOfMany();
  }

  /**
   * The feed's end was reached, and everything up to there is done.
   *
   * @throws PeerException where something is held
   */
  void finish() {
    settling.end();
    apart.all();
    checkpoint();
  }

  private static PeerException absent(Peer peer) {
    return new PeerException(
        Kind.NO_DATABASE,
        "could not open " + peer.name() + ": there is no such database, or no right to see it");
  }

  private ChangesQuery query() {
    return new ChangesQuery(position, batchSize.get(), spec.selection(), spec.winnersOnly());
  }

  /**
   * Reads the next page. Where a session begins at the very end of the feed the source need not be
   * asked what stands behind it: an equal position is the same one, whatever its form.
   */
  ChangesPage read() {
    boolean nothingNew = end.filter(position::equals).isPresent();
    end = Optional.empty();
    if (nothingNew) {
      return new ChangesPage(List.of(), position, 0, true);
    }
    ChangesPage page = source.changes(query());
    emptyPages.read(page);
    position = page.lastSeq();
    return page;
  }

  /** Begins to wait for changes behind the last page. */
  LiveChanges follow() {
    return source.follow(query());
  }

  /** How many changes go together. */
  int batchSize() {
    return batchSize.get();
  }

  Work find(ChangesPage page) {
    progress.page(page, surroundings.clock().instant());
    return finder.find(page);
  }

  Fetcher fetcher() {
    return fetcher;
  }

  void write(List<FetchedRevision> heap) {
    inserter.write(heap);
  }

  /**
   * Everything up to a position is at the target, or was refused by it, but for what is held.
   *
   * @throws PeerException where something is, and nothing comes behind it
   */
  void reached(String seq) {
    if (settling.holds()) {
      if (progress.isEnd(seq) || progress.isCaughtUp() && ++heldPages > Tuning.EMPTY_PAGES) {
        settling.end();
      }
      return;
    }
    done = seq;
    progress.reached(seq);
    onTheWay.arrived(seq);
  }

  /** How long the next checkpoint has time. */
  Pause untilCheckpoint() {
    return Pause.of(checkpointed, spec.checkpointInterval());
  }

  /** Writes a checkpoint if there is something to say and the last one is old enough. */
  void checkpointIfDue() {
    if (untilCheckpoint().isOver(surroundings.clock().instant())) {
      checkpoint();
    }
  }

  /** Writes a checkpoint if there is something to say. */
  void checkpoint() {
    String seq = done;
    checkpointed = surroundings.clock().instant();
    if (spec.useCheckpoints() && !seq.equals(recorded)) {
      checkFilter();
      // First: a checkpoint passes them for good.
      keepRefusals.run();
      checkpointer.write(seq, progress.counts());
      recorded = seq;
    } else if (!spec.useCheckpoints() && !seq.equals(committed)) {
      // CouchDB leaves this out. What is called replicated is durable here all the same.
      checkpointer.checkInstance();
      committed = seq;
    }
  }

  /** Whether a checkpoint says that anything got through. */
  boolean isRecorded() {
    return !recorded.equals(start);
  }

  /** Whether anything got through. */
  private boolean moved() {
    return !done.equals(start);
  }

  String done() {
    return done;
  }

  String recorded() {
    return recorded;
  }

  Progress progress() {
    return progress;
  }

  ReplicationSpec spec() {
    return spec;
  }

  Surroundings surroundings() {
    return surroundings;
  }

  /** Learns from a batch how large the next ones should be. */
  BatchSize sizes() {
    return batchSize;
  }

  ReplicationResult result() {
    Optional<Checkpoint> last = checkpointer.current();
    return new ReplicationResult(
        moved() ? sessionId : last.map(Checkpoint::sessionId).orElse(sessionId),
        done,
        last.map(Checkpoint::history).orElse(List.of()),
        !moved());
  }
}
