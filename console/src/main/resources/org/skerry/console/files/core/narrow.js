// Whether the screen is a narrow one, for the few things that CSS cannot lay out (drawings). The same border as in style/shell.css.

import { useEffect, useState } from "preact/hooks";

const NARROW = matchMedia("(max-width: 52rem)");

export function useNarrow() {
  const [narrow, setNarrow] = useState(NARROW.matches);
  useEffect(() => {
    const changed = () => setNarrow(NARROW.matches);
    NARROW.addEventListener("change", changed);
    changed();
    return () => NARROW.removeEventListener("change", changed);
  }, []);
  return narrow;
}
