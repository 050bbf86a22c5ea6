package org.skerry.postgres.rpc;

/**
 * A field of one of the application's models.
 *
 * @param type Tryton's name of it, as {@code char} or {@code many2one}
 */
record RpcField(String name, String type) {}
