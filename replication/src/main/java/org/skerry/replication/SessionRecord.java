package org.skerry.replication;

/**
 * One entry of a checkpoint's history: what one session did.
 *
 * @param startTime in the form of RFC 1123, as CouchDB writes it
 * @param endTime when the checkpoint was written, likewise
 * @param startLastSeq the source's position where the session began
 * @param endLastSeq the source's position that the session has reached
 * @param recordedSeq up to which everything is at the target
 */
public record SessionRecord(
    String sessionId,
    String startTime,
    String endTime,
    String startLastSeq,
    String endLastSeq,
    String recordedSeq,
    Counts counts) {}
