package org.skerry.store.rocksdb;

/** One database's shelf, and the tools of the store that work on it. */
record Cabinet(
    Shelf shelf,
    Tables tables,
    GroupWriter writer,
    Gate gate,
    Packers packers,
    Courtesy courtesy,
    Dictionaries dictionaries) {
  int number() {
    return shelf.number();
  }
}
