package org.skerry.audit;

import java.time.Instant;
import java.util.Map;

/**
 * An event as it stands in the log.
 *
 * @param number from 1, given once
 * @param time the node's clock; the order is that of the numbers
 */
public record AuditRecord(
    long number,
    Instant time,
    AuditAction action,
    Actor actor,
    String subject,
    Map<String, String> details) {}
