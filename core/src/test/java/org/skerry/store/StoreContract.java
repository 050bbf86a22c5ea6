package org.skerry.store;

import org.junit.jupiter.api.Nested;

/**
 * What every engine must keep. An engine's test extends this class and opens an empty store; each
 * promise of {@link Store}, {@link DocumentStore} and what belongs to them is a test in one of the
 * nested subjects.
 */
public abstract class StoreContract {
  /** Opens an empty store. Every test closes the one it got. */
  protected abstract Store open() throws Exception;

  @Nested
  class Databases extends LifeContract {
    Databases() {
      super(StoreContract.this::open);
    }
  }

  @Nested
  class Commits extends CommitContract {
    Commits() {
      super(StoreContract.this::open);
    }
  }

  @Nested
  class Transactions extends TogetherContract {
    Transactions() {
      super(StoreContract.this::open);
    }
  }

  @Nested
  class Reading extends ReadContract {
    Reading() {
      super(StoreContract.this::open);
    }
  }

  @Nested
  class Scans extends ScanContract {
    Scans() {
      super(StoreContract.this::open);
    }
  }

  @Nested
  class Feeds extends FeedContract {
    Feeds() {
      super(StoreContract.this::open);
    }
  }

  @Nested
  class Locals extends LocalDocumentContract {
    Locals() {
      super(StoreContract.this::open);
    }
  }

  @Nested
  class Attachments extends AttachmentContract {
    Attachments() {
      super(StoreContract.this::open);
    }
  }

  @Nested
  class Compactions extends CompactionContract {
    Compactions() {
      super(StoreContract.this::open);
    }
  }

  @Nested
  class Purges extends PurgeContract {
    Purges() {
      super(StoreContract.this::open);
    }
  }

  @Nested
  class Concurrency extends ConcurrencyContract {
    Concurrency() {
      super(StoreContract.this::open);
    }
  }

  @Nested
  class Model extends ModelContract {
    Model() {
      super(StoreContract.this::open);
    }
  }

  @Nested
  class SubsetFeeds extends SubsetContract {
    SubsetFeeds() {
      super(StoreContract.this::open);
    }
  }

  @Nested
  class SubsetReturns extends SubsetReturnsContract {
    SubsetReturns() {
      super(StoreContract.this::open);
    }
  }

  @Nested
  class SubsetLists extends SubsetListsContract {
    SubsetLists() {
      super(StoreContract.this::open);
    }
  }

  @Nested
  class SubsetPurges extends SubsetPurgeContract {
    SubsetPurges() {
      super(StoreContract.this::open);
    }
  }

  @Nested
  class SubsetModel extends SubsetModelContract {
    SubsetModel() {
      super(StoreContract.this::open);
    }
  }

  @Nested
  class SubsetReaders extends SubsetReadersContract {
    SubsetReaders() {
      super(StoreContract.this::open);
    }
  }
}
