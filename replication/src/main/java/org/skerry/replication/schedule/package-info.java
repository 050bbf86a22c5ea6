/**
 * The schedule: which of a node's wanted replications run at the moment, and when the others do.
 *
 * <p>Documents of a replicator database ask for replications. {@code ReplicatorDatabases} follows
 * those databases; {@code Documents} turns each document into a job, and writes into it what became
 * of the job when nothing will follow. {@link org.skerry.replication.schedule.Scheduler} runs the
 * jobs, as many at a time as the settings allow.
 *
 * <pre>
 *   document ─▶ Documents ─▶ Scheduler ─▶ Replicator (runs one replication)
 *      ▲            │         │  Roster: who is next, who has to wait
 *      └── states ──┘         │  Lines: which host can be reached again
 * </pre>
 *
 * <p>What the schedule decides stands in {@code Roster}, which has neither threads nor a clock:
 *
 * <ul>
 *   <li>While there is a free place, the job that waited longest starts.
 *   <li>While there is none, every interval a few live jobs that ran longest make room.
 *   <li>A job that crashed waits, each time twice as long; it starts sooner when the host that it
 *       lost can be reached again, and at once when somebody asks for it.
 * </ul>
 *
 * <p>Nothing is polled: the scheduler sleeps until a document changes, a job ends, a time comes, or
 * a line is back. Words, states and shapes are CouchDB's ({@code couch_replicator_scheduler}).
 */
@NullMarked
package org.skerry.replication.schedule;

import org.jspecify.annotations.NullMarked;
