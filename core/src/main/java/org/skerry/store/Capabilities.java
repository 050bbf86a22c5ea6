package org.skerry.store;

/**
 * What an engine offers beyond the contract.
 *
 * @param strictEdits an edit is refused whenever its parent is no leaf anywhere, not only where it
 *     was committed
 * @param snapshotReads one call's visits all show one moment
 * @param totalOrder positions of a feed are totally ordered, and their numbers rise by one a change
 * @param atomicBatches {@link DocumentStore#commitTogether} is offered
 */
public record Capabilities(
    boolean strictEdits, boolean snapshotReads, boolean totalOrder, boolean atomicBatches) {}
