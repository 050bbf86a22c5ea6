package org.skerry.subset;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.skerry.database.Author;
import org.skerry.database.Database;
import org.skerry.database.ForeignRevision;
import org.skerry.database.ProposedRevision;
import org.skerry.database.WriteGuard;
import org.skerry.document.DocId;
import org.skerry.scope.ScopeRules;
import org.skerry.store.subset.Label;
import org.skerry.store.subset.Placement;
import org.skerry.store.subset.Standing;
import org.skerry.store.subset.SubsetDocuments;
import org.skerry.store.subset.Subsets;

/**
 * Keeps sites from writing what is not theirs.
 *
 * <p>A site may write a document that is in its subset, whatever it makes of it: so a patient is
 * handed to another site. It may create what its scope gives it, or gives it together with what
 * comes along: a patient and notes. And what it wrote while it did not know that a document or its
 * patient had left is taken, and given back by its feed: no edit is lost because a link was slow.
 * What a replication brings before that to which it refers is {@linkplain HeldDocuments held}.
 */
final class SubsetGuard implements WriteGuard {
  private static final Verdict.Refuse OUTSIDE =
      Verdict.forbidden("This document is outside of your site's part of the database.");

  /** As a document whose name is free is refused alone; it enters with nothing. */
  private static final Verdict.Along NEVER = new Verdict.Along(Set.of(), OUTSIDE);

  private static final Verdict.Refuse HELD =
      Verdict.forbidden(
          OUTSIDE.reason() + " It is kept, and enters when your site has what it refers to.");

  private final HeldDocuments held;

  SubsetGuard(HeldDocuments held) {
    this.held = held;
  }

  @Override
  public boolean watches(Database database) {
    return database.subset().isPresent();
  }

  @Override
  public Verdict judge(Database database, ProposedRevision revision, Author author) {
    SubsetDocuments subset = database.subset().orElseThrow();
    Subsets subsets = subset.subsets();
    Standing standing = look(subsets, subset.feed(), revision.id());
    if (!(standing instanceof Standing.Outside)) {
      return Verdict.PASS;
    }
    Placement placement =
        database.scope().map(rules -> place(rules, revision)).orElse(Placement.NONE);
    if (subset.isTaken(revision.id())) {
      return named(placement).isEmpty() ? OUTSIDE : NEVER;
    }
    boolean gets = subsets.reaches(subset.feed(), placement) || follows(subset, placement);
    return gets ? Verdict.PASS : along(placement);
  }

  @Override
  public List<Optional<Verdict.Refuse>> keep(
      Database database, List<ForeignRevision> revisions, Author author) {
    List<HeldOfSite.Early> early =
        revisions.stream().map(one -> new HeldOfSite.Early(one, names(database, one))).toList();
    return held.keep(database, early, author).stream()
        .map(kept -> kept ? Optional.of(HELD) : Optional.<Verdict.Refuse>empty())
        .toList();
  }

  /** The documents with which it would enter. */
  private static Set<DocId> names(Database database, ForeignRevision revision) {
    return database
        .scope()
        .map(rules -> rules.place(revision.id(), revision.deleted(), revision.body()))
        .map(SubsetGuard::named)
        .orElse(Set.of());
  }

  @Override
  public void written(Database database, List<Brought> brought, Author author) {
    held.written(database, brought, author);
  }

  private static Verdict along(Placement placement) {
    Set<DocId> named = named(placement);
    return named.isEmpty() ? OUTSIDE : new Verdict.Along(named, OUTSIDE);
  }

  /** The documents with which it goes. */
  private static Set<DocId> named(Placement placement) {
    return placement.labels().stream()
        .filter(label -> label.kind() == Label.Kind.DOCUMENT)
        .map(label -> DocId.of(label.name()))
        .collect(Collectors.toSet());
  }

  private static Placement place(ScopeRules rules, ProposedRevision revision) {
    return rules.place(revision.id(), revision.deleted(), revision.body());
  }

  private static Standing look(Subsets subsets, int feed, DocId id) {
    return subsets.look(feed, List.of(id)).getFirst();
  }

  /** Whether it goes where a document goes that the site once had. */
  private static boolean follows(SubsetDocuments subset, Placement placement) {
    return named(placement).stream()
        .map(id -> look(subset.subsets(), subset.feed(), id))
        .anyMatch(Standing.Left.class::isInstance);
  }
}
