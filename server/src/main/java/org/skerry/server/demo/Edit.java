package org.skerry.server.demo;

/** A write that a site has acknowledged. */
record Edit(String site, String id, String rev) {}
