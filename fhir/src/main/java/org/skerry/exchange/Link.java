package org.skerry.exchange;

/**
 * Which version at the partner is which revision here.
 *
 * @param version the partner's; empty when it is unknown
 * @param rev the revision's name
 * @param deleted whether the document is deleted in that version
 */
record Link(String version, String rev, boolean deleted) {}
