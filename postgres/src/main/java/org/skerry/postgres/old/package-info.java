/**
 * The protocol of the engine that synchronised Tryton instances in Jamaica: its satellites can go
 * on with it, and be moved one by one. A node answers {@code model.M.synchronise} and {@code
 * model.M.get_to_synchronise} by XML-RPC for the models of a satellite's mapping.
 *
 * <p>{@code CallReader} and {@code AnswerWriter} are XML-RPC with the extensions that Python
 * writes; {@code WireValues} has a value for each of PostgreSQL's types; {@code Model} makes rows
 * of documents and back, with unique ids in the place of local ones. {@code Taking} and {@code
 * Giving} are the two methods; what is {@code Known} of a satellite is kept in the {@code Ledger}.
 *
 * <p>What satellites send enters as revisions that follow the one on which it was made: the old
 * engine threw away whichever edit had the older time, here both stay. Times are names of what a
 * satellite has; no two clocks are compared.
 */
@NullMarked
package org.skerry.postgres.old;

import org.jspecify.annotations.NullMarked;
