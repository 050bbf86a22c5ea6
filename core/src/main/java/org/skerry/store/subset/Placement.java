package org.skerry.store.subset;

import java.util.HashSet;
import java.util.Set;

/**
 * What the scope rules say of one revision, from its content alone, and who brings it. Whom that
 * means is found out by the store at the moment of the commit.
 *
 * @param labels none: no site gets it
 * @param inherits whether the labels of the revision's parent hold for it, too: a tombstone without
 *     content goes where the document went
 * @param urgency 0 to 255: what comes first at a site's first synchronisation, 0 before all others
 * @param bearer the feed of the site that brings it; {@link #NOBODY} for whoever sees the whole
 *     database
 */
public record Placement(Set<Label> labels, boolean inherits, int urgency, int bearer) {
  /** The number of no feed. */
  public static final int NOBODY = -1;

  /** Urgency of documents of which no rule says anything. */
  public static final int USUAL = 128;

  /** Where there are no rules, or none that says anything. */
  public static final Placement NONE = new Placement(Set.of(), false, USUAL, NOBODY);

  public Placement {
    labels = Set.copyOf(labels);
    if (urgency < 0 || urgency > 255) {
      throw new IllegalArgumentException("an urgency is from 0 to 255: " + urgency);
    }
  }

  /** A placement brought by nobody in particular. */
  public static Placement of(Set<Label> labels, boolean inherits, int urgency) {
    return new Placement(labels, inherits, urgency, NOBODY);
  }

  /** The same, brought by a site. */
  public Placement broughtBy(int feed) {
    return new Placement(labels, inherits, urgency, feed);
  }

  /** Of a revision that inherits, together with what it inherits. */
  Placement over(Placement parent) {
    Set<Label> all = new HashSet<>(labels);
    all.addAll(parent.labels);
    return of(all, parent.inherits, Math.min(urgency, parent.urgency));
  }

  /** What is kept of it: whom it goes to, and how urgently. */
  Placement settled(Placement parent) {
    if (!inherits) {
      return bearer == NOBODY ? this : of(labels, false, urgency);
    }
    return over(new Placement(parent.labels, false, parent.urgency, NOBODY));
  }

  /** Both together. */
  Placement and(Placement other) {
    if (labels.equals(other.labels) && urgency == other.urgency) {
      return this;
    }
    Set<Label> all = new HashSet<>(labels);
    all.addAll(other.labels);
    return of(all, false, Math.min(urgency, other.urgency));
  }

  // Written out, as those of labels are: they are compared for each document that is written.

  @Override
  public boolean equals(Object object) {
    return object instanceof Placement other
        && inherits == other.inherits
        && urgency == other.urgency
        && bearer == other.bearer
        && labels.equals(other.labels);
  }

  @Override
  public int hashCode() {
    return 31 * labels.hashCode() + urgency;
  }
}
