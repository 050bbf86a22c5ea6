package org.skerry.exchange;

import java.util.Optional;
import org.skerry.fhir.resource.ResourceId;

/**
 * What a partner's feed tells: something happened to a record.
 *
 * @param deleted whether it is gone
 * @param version of it, if the feed says so
 * @param json the record itself, where the feed brings it along
 */
record Notice(
    String category,
    ResourceId id,
    boolean deleted,
    Optional<String> version,
    Optional<byte[]> json) {}
