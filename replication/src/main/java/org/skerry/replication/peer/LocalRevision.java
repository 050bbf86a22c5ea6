package org.skerry.replication.peer;

import java.util.Optional;

/**
 * A local document as a peer keeps it.
 *
 * @param rev its revision, in the peer's words
 * @param json its members; whether those with an underscore are among them does not matter
 * @param updateSeq the position behind the peer's last change at that moment, where its answer says
 *     so and its feed grows with changes alone
 */
public record LocalRevision(String rev, byte[] json, Optional<String> updateSeq) {}
