/**
 * Writing through Tryton's own RPC, for tables where SQL behind the application's back would be
 * wrong: those with translations, cached models, stored derived values, trees, or hooks of modules.
 *
 * <p>{@link org.skerry.postgres.rpc.RpcSession} signs in and calls; {@link
 * org.skerry.postgres.rpc.RpcRows} creates, writes and deletes rows, many in one transaction, and
 * relations through the lists of their parents. What is said of a row is refused by the application
 * when somebody wrote the row since it was looked at.
 *
 * <p>A refusal is a result; that nobody answers is an exception, as nothing is known then.
 */
@NullMarked
package org.skerry.postgres.rpc;

import org.jspecify.annotations.NullMarked;
