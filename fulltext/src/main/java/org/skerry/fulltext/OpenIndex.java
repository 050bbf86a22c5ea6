package org.skerry.fulltext;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.index.ConcurrentMergeScheduler;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.SearcherFactory;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One index, open: Lucene's writer and its searchers, with the fields' types and the standing.
 *
 * <p>Documents are put and removed by several threads during one catch-up; everything else that
 * writes is done by one thread at a time. Any thread may search.
 */
final class OpenIndex {
  private static final Logger LOG = LoggerFactory.getLogger(OpenIndex.class);

  /** For each index that catches up; those that do not have nothing buffered. */
  private static final double BUFFER_MB = 16;

  /** Lucene advises on start-up options through the JDK's logging; operators cannot follow it. */
  private static final java.util.logging.Logger LUCENE =
      java.util.logging.Logger.getLogger("org.apache.lucene");

  static {
    LUCENE.setLevel(Level.SEVERE);
  }

  private final Path folder;
  private final Directory directory;
  private final Analyzer analyzer;
  private final IndexWriter writer;
  private final SearcherManager searchers;
  private final FieldTypes types;
  private final Facets facets;

  /** What the writer has taken; volatile, because those who show states read it. */
  private volatile Standing standing;

  /** What searchers show; behind {@link #standing} while the index catches up. */
  private volatile Standing shown;

  /** What the last commit holds. */
  private volatile Standing committed;

  private OpenIndex(
      Path folder,
      Directory directory,
      Analyzer analyzer,
      IndexWriter writer,
      FieldTypes types,
      Standing standing)
      throws IOException {
    this.folder = folder;
    this.directory = directory;
    this.analyzer = analyzer;
    this.writer = writer;
    this.types = types;
    this.facets = new Facets(types);
    this.standing = standing;
    this.shown = standing;
    this.committed = standing;
    this.searchers = new SearcherManager(writer, new Uncached());
  }

  /** A query is seldom asked twice over one state, and a cache for all of them has no owner. */
  private static final class Uncached extends SearcherFactory {
    @Override
    public IndexSearcher newSearcher(IndexReader reader, IndexReader before) {
      IndexSearcher searcher = new IndexSearcher(reader);
      searcher.setQueryCache(null);
      return searcher;
    }
  }

  /**
   * Opens the index in a folder, or makes one there.
   *
   * @throws CorruptIndexException when what is there cannot be used
   */
  static OpenIndex open(Path folder, Analyzer analyzer) throws IOException {
    Files.createDirectories(folder);
    Directory directory = FSDirectory.open(folder);
    try {
      IndexWriter writer = new IndexWriter(directory, config(analyzer));
      try {
        Map<String, String> data = new HashMap<>();
        if (writer.getLiveCommitData() != null) {
          writer.getLiveCommitData().forEach(entry -> data.put(entry.getKey(), entry.getValue()));
        }
        if (data.isEmpty()) {
          return new OpenIndex(
              folder, directory, analyzer, writer, new FieldTypes(), Standing.START);
        }
        Standing standing =
            Standing.of(data)
                .orElseThrow(
                    () -> new CorruptIndexException("its standing is unreadable", data.toString()));
        FieldTypes types = FieldTypes.parse(data.getOrDefault("fields", "{}"));
        return new OpenIndex(folder, directory, analyzer, writer, types, standing);
      } catch (IOException | RuntimeException e) {
        writer.rollback();
        throw e;
      }
    } catch (FileNotFoundException | NoSuchFileException | RuntimeException e) {
      directory.close();
      throw new CorruptIndexException(String.valueOf(e.getMessage()), folder.toString(), e);
    } catch (IOException e) {
      directory.close();
      throw e;
    }
  }

  private static IndexWriterConfig config(Analyzer analyzer) {
    return new IndexWriterConfig(analyzer)
        .setRAMBufferSizeMB(BUFFER_MB)
        .setCommitOnClose(false)
        .setMergeScheduler(new LoggedMerges());
  }

  /** A merge that fails closes the writer; whoever uses it next finds out why. */
  private static final class LoggedMerges extends ConcurrentMergeScheduler {
    @Override
    protected void handleMergeException(Throwable e) {
      LOG.warn("a merge of a full-text index failed: {}", e.getMessage());
    }
  }

  Path folder() {
    return folder;
  }

  Analyzer analyzer() {
    return analyzer;
  }

  FieldTypes types() {
    return types;
  }

  Facets facets() {
    return facets;
  }

  Standing standing() {
    return standing;
  }

  /** What searchers find. */
  Standing shown() {
    return shown;
  }

  /** Whether it holds no document, and never held one. */
  boolean isNew() {
    return standing.equals(Standing.START) && writer.getDocStats().maxDoc == 0;
  }

  /** Whether it can still be used; a writer that failed cannot. */
  boolean isOpen() {
    return writer.isOpen();
  }

  /** Why the writer failed. */
  Optional<Throwable> failure() {
    return Optional.ofNullable(writer.getTragicException());
  }

  /** Makes a document found, and nothing else of its id; or not found, when it has no fields. */
  void put(String id, List<IndexedField> fields) throws IOException {
    if (fields.isEmpty()) {
      remove(id);
      return;
    }
    types.admit(fields);
    writer.updateDocument(LuceneDocuments.term(id), LuceneDocuments.of(id, fields));
  }

  /** As {@link #put} for an id that is not there: Lucene need not look for it. */
  void add(String id, List<IndexedField> fields) throws IOException {
    if (!fields.isEmpty()) {
      types.admit(fields);
      writer.addDocument(LuceneDocuments.of(id, fields));
    }
  }

  /** Makes a document not found. */
  void remove(String id) throws IOException {
    writer.deleteDocuments(LuceneDocuments.term(id));
  }

  /** Everything up to here was put and removed. */
  void reached(Standing reached) {
    standing = reached;
  }

  /** Lets searchers find what was put. */
  void show() throws IOException {
    Standing now = standing;
    searchers.maybeRefreshBlocking();
    shown = now;
  }

  /** Makes durable what was put, with the standing. */
  void commit() throws IOException {
    Standing now = standing;
    if (!now.equals(committed)) {
      writer.setLiveCommitData(now.commitData(types).entrySet());
      writer.commit();
      committed = now;
    }
  }

  IndexSearcher acquire() throws IOException {
    return searchers.acquire();
  }

  void release(IndexSearcher searcher) throws IOException {
    searchers.release(searcher);
  }

  long documents() {
    return writer.getDocStats().numDocs;
  }

  long bytes() throws IOException {
    long bytes = 0;
    for (String file : directory.listAll()) {
      try {
        bytes += directory.fileLength(file);
      } catch (FileNotFoundException | NoSuchFileException e) {
        // Merged away since the listing.
        continue;
      }
    }
    return bytes;
  }

  /** Closes it; what was not committed is put again next time. */
  void close() throws IOException {
    try (Directory files = directory;
        Analyzer tokens = analyzer) {
      searchers.close();
      writer.rollback();
    }
  }
}
