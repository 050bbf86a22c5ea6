/**
 * Peers over HTTP: CouchDB, PouchDB's server, another Skerry, or anything else that speaks
 * CouchDB's replication protocol.
 *
 * <p>{@link org.skerry.replication.http.HttpPeers} opens them. {@code HttpPeer} has a request for
 * each step of the protocol; {@code Calls} sends requests and turns what goes wrong into a {@link
 * org.skerry.replication.peer.PeerException}, in one place and without credentials. Answers are
 * read as streams: {@code ResultSplitter} cuts the rows of {@code _bulk_get} apart without parsing
 * them, {@code OpenRevs} reads documents with attachments as multipart, part by part. {@code
 * BulkDocs} writes batches, {@code RemoteWriting} what has attachments.
 *
 * <p>Requests block their thread, which is a virtual one. Nothing here keeps more than a document
 * and a buffer.
 */
@NullMarked
package org.skerry.replication.http;

import org.jspecify.annotations.NullMarked;
