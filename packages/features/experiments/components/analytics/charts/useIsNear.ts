"use client";

import { useEffect, useState } from "react";

/** Far enough to load a drawing while somebody scrolls to it. */
const AHEAD = "300px 0px";

/** Whether an element was about to be seen, or printed. True if the browser cannot tell. */
export function useIsNear(element: Element | null): boolean {
  const [isNear, setIsNear] = useState(false);
  useEffect(() => {
    if (isNear || element === null) return;
    const arrive = () => setIsNear(true);
    if (typeof IntersectionObserver !== "function") return arrive();
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some(({ isIntersecting }) => isIntersecting)) arrive();
      },
      { rootMargin: AHEAD },
    );
    observer.observe(element);
    addEventListener("beforeprint", arrive);
    return () => {
      observer.disconnect();
      removeEventListener("beforeprint", arrive);
    };
  }, [isNear, element]);
  return isNear;
}
