package org.skerry.postgres.schema;

import java.util.Optional;

/**
 * A column as it is.
 *
 * @param type its type's short name, of a domain the one below it: {@code int4}
 * @param cast how SQL names the type, without a length: a cast to one with a length would cut
 * @param declared the same with its length
 * @param filled the expression that fills it in a new row, if there is one
 * @param identity whether PostgreSQL alone gives its values
 * @param generated whether it is computed from others
 */
public record LiveColumn(
    String name,
    String type,
    String cast,
    String declared,
    boolean notNull,
    Optional<String> filled,
    boolean identity,
    boolean generated) {}
