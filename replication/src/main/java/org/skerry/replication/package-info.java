/**
 * The CouchDB replication protocol, both ends: one replication as a state machine, its checkpoints,
 * and the replicator that keeps a node's replications running.
 *
 * <p>{@link org.skerry.replication.Replication} is where to begin: its comment draws the states. A
 * {@code Meeting} of two {@link org.skerry.replication.peer.Peer peers} begins a {@code Session},
 * which takes the protocol's steps between them, each step a class: {@code ChangesReader} reads the
 * source's feed, {@code RevFinder} asks what the target lacks, {@code Fetcher} reads that, {@code
 * Inserter} writes it, {@code Checkpointer} keeps the {@link org.skerry.replication.Checkpoint}. A
 * {@code Course} says how the steps follow one another: {@code Pipeline} all at once on virtual
 * threads, {@code Stepping} one by one for simulations.
 *
 * <p>What never happens: a checkpoint that covers what its target does not have safe; a document
 * passed over in silence; a body, or an attachment, held beyond a bound. A document that the target
 * refuses is a {@link org.skerry.replication.peer.Refusal}: counted, said, and kept with the
 * status.
 *
 * <p>{@link org.skerry.replication.ReplicationSpec} is what somebody asks for; {@link
 * org.skerry.replication.Replicator} runs it.
 */
@NullMarked
package org.skerry.replication;

import org.jspecify.annotations.NullMarked;
