/**
 * The embedded engine: the store SPI on RocksDB, with its key layout and that layout's version number.
 * The only native code of the project.
 */
@NullMarked
package org.skerry.store.rocksdb;

import org.jspecify.annotations.NullMarked;
