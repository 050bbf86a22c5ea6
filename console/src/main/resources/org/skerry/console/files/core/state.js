// Values that several components share: who is signed in, which page is open, what is being done. A state is a value that can be watched;
// a component that calls useShared(state) is drawn again when the value changes.

import { useEffect, useState } from "preact/hooks";

export function createState(initial) {
  let value = initial;
  const watchers = new Set();
  return {
    get: () => value,
    set(next) {
      if (next !== value) {
        value = next;
        for (const watcher of [...watchers]) {
          watcher(value);
        }
      }
    },
    change(how) {
      this.set(how(value));
    },
    watch(watcher) {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
  };
}

export function useShared(state) {
  const [value, setValue] = useState(state.get());
  useEffect(() => {
    // It may have changed between drawing and this moment.
    setValue(state.get());
    return state.watch(setValue);
  }, [state]);
  return value;
}
