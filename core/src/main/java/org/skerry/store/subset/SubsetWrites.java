package org.skerry.store.subset;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.skerry.document.DocId;
import org.skerry.revision.RevId;
import org.skerry.revision.RevPath;
import org.skerry.store.DocumentStore;
import org.skerry.store.Outcome;
import org.skerry.store.RevisionWrite;
import org.skerry.store.RevisionWrite.Edit;
import org.skerry.store.RevisionWrite.Merge;
import org.skerry.store.RevisionWrite.Settle;
import org.skerry.store.Together;

/**
 * One batch that a site writes, in the words of the whole database. One thread.
 *
 * <p>An {@link Echo} that a device brings back is known already and goes no further; an edit on top
 * of one continues the echo's branch. What the site cannot see is for its edits as if it were not
 * there: following it is a conflict, and creating it anew makes a branch beside it.
 */
final class SubsetWrites {
  private final DocumentStore whole;
  private final SubsetDocuments site;
  private final List<Optional<Outcome>> decided = new ArrayList<>();
  private final List<RevisionWrite> writes = new ArrayList<>();

  /** The places of the writes in the order in which they are written. */
  private List<Integer> order = List.of();

  /** What this batch itself brings: edits of it may follow each other. */
  private final Set<RevId> batched = new HashSet<>();

  SubsetWrites(DocumentStore whole, SubsetDocuments site) {
    this.whole = whole;
    this.site = site;
  }

  List<Outcome> commit(List<RevisionWrite> batch) {
    decide(batch);
    return outcomes(batch, whole.commit(ordered()));
  }

  Together commitTogether(List<RevisionWrite> batch) {
    decide(batch);
    for (int i = 0; i < batch.size(); i++) {
      if (decided.get(i).orElse(null) instanceof Outcome.Stale stale) {
        return new Together.Refused(i, stale);
      }
    }
    return switch (whole.commitTogether(ordered())) {
      case Together.Committed(List<Outcome> written) ->
          new Together.Committed(outcomes(batch, written));
      case Together.Refused(int index, var _) -> {
        RevisionWrite refused = writes.get(order.get(index));
        int at =
            IntStream.range(0, batch.size())
                .filter(i -> isOf(batch.get(i), refused))
                .findFirst()
                .orElseThrow();
        yield new Together.Refused(at, site.stale(refused.id()));
      }
    };
  }

  /** A document stands at most once in what is written together. */
  private static boolean isOf(RevisionWrite write, RevisionWrite other) {
    return write.id().equals(other.id());
  }

  private void decide(List<RevisionWrite> batch) {
    for (RevisionWrite write : batch) {
      decided.add(decide(write));
      batched.add(write.rev());
    }
  }

  private List<RevisionWrite> ordered() {
    order = ReferredFirst.order(writes);
    return order.stream().map(writes::get).toList();
  }

  private List<Outcome> outcomes(List<RevisionWrite> batch, List<Outcome> inOrder) {
    Outcome[] written = new Outcome[inOrder.size()];
    for (int i = 0; i < written.length; i++) {
      written[order.get(i)] = inOrder.get(i);
    }
    List<Outcome> outcomes = new ArrayList<>();
    int next = 0;
    for (int i = 0; i < batch.size(); i++) {
      Optional<Outcome> known = decided.get(i);
      outcomes.add(known.isPresent() ? known.get() : told(written[next++], batch.get(i)));
    }
    return outcomes;
  }

  /** What others wrote of a document is not told by a conflict with it. */
  private Outcome told(Outcome outcome, RevisionWrite write) {
    return outcome instanceof Outcome.Stale ? site.stale(write.id()) : outcome;
  }

  /** What becomes of a write at once; nothing when the whole database decides. */
  private Optional<Outcome> decide(RevisionWrite write) {
    Placement placement = write.placement().broughtBy(site.feed());
    return switch (write) {
      case Merge merge when isEcho(merge) || isGivenBack(merge) ->
          Optional.of(new Outcome.Present());
      case Merge merge -> toBeWritten(brought(merge, placement));
      case Edit edit when followsUnseen(edit) -> Optional.of(site.stale(edit.id()));
      case Edit edit ->
          toBeWritten(onEcho(edit, placement).orElseGet(() -> brought(edit, placement)));
      case Settle settle ->
          toBeWritten(
              onEcho(settle.edit(), placement)
                  .orElseGet(
                      () ->
                          new Settle(
                              brought(settle.edit(), placement),
                              bases(settle.id(), settle.live()))));
    };
  }

  private Optional<Outcome> toBeWritten(RevisionWrite write) {
    writes.add(write);
    return Optional.empty();
  }

  /** Without its ancestors an echo is known by its name only. */
  private boolean isEcho(Merge merge) {
    return merge.path().revisions().size() > 1
        ? Echo.of(merge.id(), merge.path()).isPresent()
        : echoes(site.look(merge.id())).stream()
            .anyMatch(echo -> echo.chain(merge.id()).contains(merge.rev()));
  }

  /** What the site was told to give back may be purged here, and stays so. */
  private boolean isGivenBack(Merge merge) {
    return echoes(site.look(merge.id())).stream()
        .anyMatch(echo -> echo.gone() && echo.base().equals(merge.rev()));
  }

  private static List<Echo> echoes(Standing standing) {
    return switch (standing) {
      case Standing.Outside() -> List.of();
      case Standing.Inside(var _, List<Echo> echoes) -> echoes;
      case Standing.Left(var _, List<Echo> echoes) -> echoes;
    };
  }

  /** Whether an edit follows a revision that the site cannot see, so that it is none. */
  private boolean followsUnseen(Edit edit) {
    Optional<RevId> parent = edit.parent();
    if (parent.isEmpty() || batched.contains(parent.get())) {
      return false;
    }
    Standing standing = site.look(edit.id());
    return !(standing instanceof Standing.Inside)
        && echoes(standing).stream().noneMatch(echo -> echo.rev(edit.id()).equals(parent.get()));
  }

  private static Merge brought(Merge merge, Placement placement) {
    return new Merge(
        merge.id(), merge.path(), merge.deleted(), merge.body(), merge.attachments(), placement);
  }

  private static Edit brought(Edit edit, Placement placement) {
    return new Edit(
        edit.id(),
        edit.parent(),
        edit.rev(),
        edit.deleted(),
        edit.body(),
        edit.attachments(),
        placement);
  }

  /** An edit that follows an echo brings the echo's branch with it. */
  private Optional<RevisionWrite> onEcho(Edit edit, Placement placement) {
    return edit.parent()
        .flatMap(parent -> echoBranch(edit.id(), parent))
        .map(
            path -> {
              List<RevId> revs = new ArrayList<>(path.revisions());
              revs.addFirst(edit.rev());
              return new Merge(
                  edit.id(),
                  new RevPath(revs.subList(0, Math.min(revs.size(), RevPath.MAX_LENGTH))),
                  edit.deleted(),
                  edit.body(),
                  edit.attachments(),
                  placement);
            });
  }

  private Optional<RevPath> echoBranch(DocId id, RevId rev) {
    if (echoes(site.look(id)).isEmpty()) {
      return Optional.empty();
    }
    return site.presented(id)
        .filter(presented -> presented.echo(rev).isPresent())
        .flatMap(presented -> presented.path(rev));
  }

  private Set<RevId> bases(DocId id, Set<RevId> seen) {
    if (echoes(site.look(id)).isEmpty()) {
      return seen;
    }
    Optional<Presented> presented = site.presented(id);
    return seen.stream()
        .map(rev -> presented.flatMap(found -> found.echo(rev)).map(Echo::base).orElse(rev))
        .collect(Collectors.toSet());
  }
}
