package org.skerry.atom;

/** What happened to a document, as readers of OpenMRS's feeds know it. */
enum Action {
  /** The feed tells of it for the first time, or again after its deletion. */
  CREATED,
  UPDATED,
  DELETED
}
