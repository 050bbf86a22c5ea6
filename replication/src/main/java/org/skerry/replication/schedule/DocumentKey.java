package org.skerry.replication.schedule;

/** A document that asks for a replication. */
record DocumentKey(String database, String document) {}
