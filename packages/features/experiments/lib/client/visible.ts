import type { FragmentInstance } from "react";

/** What is watched: an element, or what a `<Fragment ref>` gives, for whatever elements stand in it. */
export type Watched = Element | FragmentInstance;

const ENOUGH = 0.5;
// Steps in which something that is larger than the window is looked at again.
const THRESHOLDS = Array.from({ length: 21 }, (_, step) => step / 20);

/** Calls once, when half of it is in the window, or when it fills half of the window. Answers how to stop watching. */
export function whenVisible(target: Watched, onSeen: () => void): () => void {
  // What cannot be watched is counted as little as what nobody scrolls to.
  if (typeof IntersectionObserver !== "function") return () => {};
  const observer = new IntersectionObserver(
    (entries) => {
      if (!entries.some(isSeen)) return;
      observer.disconnect();
      onSeen();
    },
    { threshold: THRESHOLDS },
  );
  if (target instanceof Element) observer.observe(target);
  else target.observeUsing(observer);
  return () => observer.disconnect();
}

function isSeen({
  isIntersecting,
  intersectionRatio,
  intersectionRect,
  rootBounds,
}: IntersectionObserverEntry): boolean {
  // Unknown only to a frame of another origin.
  const height = rootBounds?.height ?? Number.POSITIVE_INFINITY;
  return isIntersecting && (intersectionRatio >= ENOUGH || intersectionRect.height >= height * ENOUGH);
}
