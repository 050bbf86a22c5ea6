/**
 * Codes that an application counts: "17", "P00017", "2026/17". When such a code comes from another
 * place, the application's own counting must be behind it before its row is there; else whoever
 * makes the next record is refused.
 *
 * <p>A {@link org.skerry.postgres.number.Counter} is what counts: a sequence of PostgreSQL's, or a
 * row of Tryton's {@code ir_sequence_strict}. A {@link org.skerry.postgres.number.CodeForm} says
 * which number is in a code, and makes codes of numbers. {@link
 * org.skerry.postgres.number.Numberings} finds both, by what the mapping says or what fills the
 * column, and {@link org.skerry.postgres.number.Numbered} moves and draws.
 *
 * <p>Sequences are moved by counting on: {@code setval} would take back what the application draws
 * in the same moment.
 */
@NullMarked
package org.skerry.postgres.number;

import org.jspecify.annotations.NullMarked;
