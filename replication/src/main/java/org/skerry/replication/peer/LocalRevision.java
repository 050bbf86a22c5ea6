package org.skerry.replication.peer;

/**
 * A local document as a peer keeps it.
 *
 * @param rev its revision, in the peer's words
 * @param json its members; whether those with an underscore are among them does not matter
 */
public record LocalRevision(String rev, byte[] json) {}
