/**
 * Writing through Tryton's own RPC, for tables where SQL behind the application's back would be
 * wrong.
 */
@NullMarked
package org.skerry.postgres.rpc;

import org.jspecify.annotations.NullMarked;
