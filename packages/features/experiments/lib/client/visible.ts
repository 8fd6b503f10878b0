/** An element, or the ref of a `<Fragment>`, which stands for the elements in it and which React 18 does not have. */
export type Watched = Element | { observeUsing(observer: IntersectionObserver): void };

const ENOUGH = 0.5;
// Thresholds for an element that is larger than the window.
const THRESHOLDS = Array.from({ length: 21 }, (_, step) => step / 20);

/** Calls back once, when half of it is in the window or it fills half of the window. Returns a function that stops. */
export function whenVisible(target: Watched, onSeen: () => void): () => void {
  // An element that cannot be observed is not counted, like one that is never scrolled into view.
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
