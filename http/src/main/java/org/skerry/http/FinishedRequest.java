package org.skerry.http;

import java.util.Optional;

/**
 * A request as it ended, without anything secret: the path has no query.
 *
 * @param id the {@code X-Couch-Request-ID} of its answer
 * @param user who sent it, when that is known
 * @param address of the client, or of the proxy before it
 * @param status 0 when the answer was cut off before it began
 * @param nanos from the first line to the endpoint's end
 */
public record FinishedRequest(
    String id,
    String method,
    String path,
    Optional<String> user,
    String address,
    int status,
    long nanos) {}
