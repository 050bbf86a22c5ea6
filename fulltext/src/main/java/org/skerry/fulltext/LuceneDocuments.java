package org.skerry.fulltext;

import java.util.List;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.DoubleField;
import org.apache.lucene.document.Field.Store;
import org.apache.lucene.document.KeywordField;
import org.apache.lucene.document.SortedDocValuesField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.Term;
import org.apache.lucene.util.BytesRef;

/** Documents as Lucene keeps them. */
final class LuceneDocuments {
  /** The field of a document's id; functions cannot make fields that begin with an underscore. */
  static final String ID = "_id";

  private LuceneDocuments() {}

  /** By which a document is found again, to be replaced or removed. */
  static Term term(String id) {
    return new Term(ID, id);
  }

  static Document of(String id, List<IndexedField> fields) {
    Document document = new Document();
    document.add(new StringField(ID, id, Store.YES));
    document.add(new SortedDocValuesField(ID, new BytesRef(id)));
    for (IndexedField field : fields) {
      document.add(
          switch (field) {
            case IndexedField.Text(String name, String value, boolean stored) ->
                new TextField(name, value, store(stored));
            case IndexedField.Keyword(String name, String value, boolean stored) ->
                new KeywordField(name, value, store(stored));
            case IndexedField.Real(String name, double value, boolean stored) ->
                new DoubleField(name, value, store(stored));
            case IndexedField.StoredText(String name, String value) -> new StoredField(name, value);
            case IndexedField.StoredReal(String name, double value) -> new StoredField(name, value);
          });
    }
    return document;
  }

  private static Store store(boolean stored) {
    return stored ? Store.YES : Store.NO;
  }
}
