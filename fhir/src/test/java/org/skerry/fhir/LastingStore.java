package org.skerry.fhir;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import org.skerry.store.Store;

/** A store in memory that outlives the node over it, as one on disk does. */
final class LastingStore {
  private LastingStore() {}

  static Store of(Store store) {
    return (Store)
        Proxy.newProxyInstance(
            Store.class.getClassLoader(),
            new Class<?>[] {Store.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("close")) {
                return null;
              }
              try {
                return method.invoke(store, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
