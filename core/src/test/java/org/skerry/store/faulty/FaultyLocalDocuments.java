package org.skerry.store.faulty;

import java.util.List;
import java.util.Optional;
import org.skerry.document.DocId;
import org.skerry.store.LocalDocuments;
import org.skerry.store.faulty.FaultPlan.Operation;

/** Local documents that fail by plan. */
final class FaultyLocalDocuments implements LocalDocuments {
  private final FaultyProcess process;
  private final String database;
  private final LocalDocuments local;

  FaultyLocalDocuments(FaultyProcess process, String database, LocalDocuments local) {
    this.process = process;
    this.database = database;
    this.local = local;
  }

  @Override
  public Optional<LocalDocument> get(DocId id) {
    return process.read(Operation.LOCAL_READ, database, () -> local.get(id));
  }

  @Override
  public List<Optional<Long>> write(List<LocalWrite> writes) {
    return process.write(Operation.LOCAL_WRITE, database, () -> local.write(writes));
  }

  @Override
  public List<LocalDocument> list(Optional<DocId> after, int limit) {
    return process.read(Operation.LOCAL_READ, database, () -> local.list(after, limit));
  }
}
