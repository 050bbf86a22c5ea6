package org.skerry.script.rhino;

import org.mozilla.javascript.Context;
import org.mozilla.javascript.NativeArray;
import org.mozilla.javascript.Scriptable;
import org.mozilla.javascript.ScriptableObject;
import org.mozilla.javascript.Symbol;

/**
 * An array that nobody can change once it is fixed. As with {@code Object.freeze} outside strict
 * mode, which is how CouchDB hands documents over, assignments to it are passed over in silence.
 * What changes arrays in place ({@code push}, {@code sort}) is stopped by {@code Globals}.
 */
// Rhino's objects are Java collections, too: equals would compare their content.
@SuppressWarnings("ReferenceEquality")
final class FixedArray extends NativeArray {
  private static final long serialVersionUID = 1L;

  private boolean fixed;

  FixedArray(Object[] elements) {
    super(elements);
  }

  boolean isFixed() {
    return fixed;
  }

  void fix() {
    fixed = true;
  }

  @Override
  public void put(String name, Scriptable start, Object value) {
    if (!fixed || start != this) {
      super.put(name, start, value);
    }
  }

  @Override
  public void put(int index, Scriptable start, Object value) {
    if (!fixed || start != this) {
      super.put(index, start, value);
    }
  }

  @Override
  public void put(Symbol key, Scriptable start, Object value) {
    if (!fixed || start != this) {
      super.put(key, start, value);
    }
  }

  @Override
  public void delete(String name) {
    if (!fixed) {
      super.delete(name);
    }
  }

  @Override
  public void delete(int index) {
    if (!fixed) {
      super.delete(index);
    }
  }

  @Override
  public void delete(Symbol key) {
    if (!fixed) {
      super.delete(key);
    }
  }

  @Override
  public void setPrototype(Scriptable prototype) {
    if (!fixed) {
      super.setPrototype(prototype);
    }
  }

  @Override
  public boolean isExtensible() {
    return !fixed && super.isExtensible();
  }

  @Override
  public boolean defineOwnProperty(Context context, Object key, ScriptableObject descriptor) {
    return !fixed && super.defineOwnProperty(context, key, descriptor);
  }

  @Override
  public boolean defineOwnProperty(Context context, Object key, DescriptorInfo descriptor) {
    return !fixed && super.defineOwnProperty(context, key, descriptor);
  }
}
