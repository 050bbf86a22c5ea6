package org.skerry.replication.peer;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.skerry.document.DocId;
import org.skerry.store.AttachmentStore;
import org.skerry.store.DamagedRecordException;
import org.skerry.store.DocumentStore;
import org.skerry.store.Fields;
import org.skerry.store.RevisionRef;
import org.skerry.store.RevisionVisitor;
import org.skerry.store.Store;

/** A store in which what some documents say, and some attachments' bytes, cannot be read. */
public final class DamagedStore {
  private final Set<DocId> documents = new HashSet<>();
  private boolean withoutBlobs;
  private boolean brokenBlobs;

  /** What that document says cannot be read from now on. */
  public void damage(String id) {
    documents.add(DocId.of(id));
  }

  /** The bytes of all attachments are gone. */
  public void loseAttachments() {
    withoutBlobs = true;
  }

  /** Attachments break off after their first byte. */
  public void breakAttachments() {
    brokenBlobs = true;
  }

  /** Everything can be read. */
  public void mend() {
    documents.clear();
    withoutBlobs = false;
    brokenBlobs = false;
  }

  /** That store, damaged so. */
  public Store of(Store whole) {
    return proxy(
        Store.class,
        (method, arguments) ->
            method.getName().equals("find")
                ? whole.find((String) arguments[0]).map(this::of)
                : method.invoke(whole, arguments));
  }

  private DocumentStore of(DocumentStore whole) {
    return proxy(
        DocumentStore.class,
        (method, arguments) ->
            switch (method.getName()) {
              case "read" -> {
                @SuppressWarnings("unchecked")
                List<RevisionRef> refs = (List<RevisionRef>) arguments[0];
                read(whole, refs, (RevisionVisitor) arguments[1]);
                yield null;
              }
              case "load" -> {
                @SuppressWarnings("unchecked")
                List<DocId> ids = (List<DocId>) arguments[0];
                boolean bodies = ((Fields) arguments[1]).bodies() != Fields.Bodies.NONE;
                if (bodies && ids.stream().anyMatch(documents::contains)) {
                  throw damaged();
                }
                yield method.invoke(whole, arguments);
              }
              case "attachments" -> of(whole.attachments());
              default -> method.invoke(whole, arguments);
            });
  }

  private void read(DocumentStore whole, List<RevisionRef> refs, RevisionVisitor visitor) {
    for (RevisionRef ref : refs) {
      if (documents.contains(ref.id())) {
        throw damaged();
      }
      whole.read(List.of(ref), visitor);
    }
  }

  private static DamagedRecordException damaged() {
    return new DamagedRecordException("a body cannot be decompressed");
  }

  private AttachmentStore of(AttachmentStore whole) {
    return proxy(
        AttachmentStore.class,
        (method, arguments) ->
            switch (method.getName()) {
              case "open" ->
                  withoutBlobs || brokenBlobs ? opened() : method.invoke(whole, arguments);
              case "pin" -> withoutBlobs ? Optional.empty() : method.invoke(whole, arguments);
              default -> method.invoke(whole, arguments);
            });
  }

  private Optional<InputStream> opened() {
    InputStream broken =
        new InputStream() {
          @Override
          public int read() {
            throw new DamagedRecordException("a part is missing");
          }
        };
    InputStream first = new ByteArrayInputStream(new byte[] {'b'});
    return withoutBlobs ? Optional.empty() : Optional.of(new SequenceInputStream(first, broken));
  }

  private interface Call {
    Object to(Method method, Object[] arguments) throws ReflectiveOperationException;
  }

  private static <T> T proxy(Class<T> type, Call call) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              try {
                return call.to(method, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            }));
  }
}
