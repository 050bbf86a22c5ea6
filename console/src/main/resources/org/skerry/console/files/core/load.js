// Reading something from the node for a component: const { value, problem, loading, reload } = useLoad((signal) => api.get(...), [name]).
// When what it depends on changes, the old request is given up. While it is read again, the old value stays.

import { useCallback, useEffect, useState } from "preact/hooks";
import { isCancelled } from "./problem.js";
import { revived } from "./session.js";
import { useShared } from "./state.js";

export function useLoad(read, dependencies) {
  const [state, setState] = useState({ value: undefined, problem: null, loading: true });
  const [round, setRound] = useState(0);
  const again = useShared(revived);
  useEffect(() => {
    const control = new AbortController();
    setState((before) => ({ ...before, loading: true }));
    read(control.signal).then(
      (value) => !control.signal.aborted && setState({ value, problem: null, loading: false }),
      (problem) =>
        !control.signal.aborted &&
        !isCancelled(problem) &&
        setState((before) => ({ value: before.value, problem, loading: false })),
    );
    return () => control.abort();
  }, [...dependencies, round, again]);
  const reload = useCallback(() => setRound((before) => before + 1), []);
  return { ...state, reload };
}
