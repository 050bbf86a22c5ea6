package org.skerry.replication.site;

import org.skerry.replication.peer.Endpoint;

/**
 * Where a database of this node comes from.
 *
 * @param database its name here
 * @param source as it is pulled from
 * @param target as it is pushed to: with the same user, unless a document says otherwise
 */
public record Centre(String database, Endpoint.Remote source, Endpoint.Remote target) {}
