package org.skerry.store.ordered;

class MemoryOrderedStoreTest extends OrderedStoreContract {
  @Override
  protected OrderedStore open() {
    return new MemoryOrderedStore();
  }
}
