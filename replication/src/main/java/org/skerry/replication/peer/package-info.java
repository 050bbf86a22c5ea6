/**
 * What a node synchronises with, whatever it is and wherever: {@link
 * org.skerry.replication.peer.Peer} has the steps of CouchDB's replication protocol as methods,
 * blocking and many documents at a time.
 *
 * <p>{@link org.skerry.replication.peer.LocalPeer} is a database of this node. Other programs are
 * reached over HTTP, from a package of their own. Revisions travel as a {@link
 * org.skerry.replication.peer.FetchedRevision}, which is turned into JSON or out of it only where
 * one side needs that; attachments are streamed from one peer into the other and never held.
 *
 * <p>A peer that cannot do what was asked throws {@link org.skerry.replication.peer.PeerException},
 * which says whether trying again may help. A document that a target does not want is a {@link
 * org.skerry.replication.peer.Refusal} and no exception.
 */
@NullMarked
package org.skerry.replication.peer;

import org.jspecify.annotations.NullMarked;
