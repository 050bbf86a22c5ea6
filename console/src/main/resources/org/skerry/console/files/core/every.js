// What a page reads again and again while somebody looks at it: useEvery(3000, reload). Not while its tab is hidden; at once when it shows
// again. The next round begins that long after the last one did, whether the page is drawn in between or not.

import { useEffect, useRef } from "preact/hooks";

export function useEvery(pauseMs, action) {
  const latest = useRef(action);
  latest.current = action;
  useEffect(() => {
    const round = () => document.visibilityState === "visible" && latest.current();
    const timer = setInterval(round, pauseMs);
    document.addEventListener("visibilitychange", round);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", round);
    };
  }, [pauseMs]);
}
