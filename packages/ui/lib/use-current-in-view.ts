"use client";

import { type RefObject, useEffect } from "react";

/** Where a row fades out, in pixels, as in `scroll-row`. */
const FADE = 48;

/**
 * Keeps the current item (`aria-current`) of a row that scrolls whole, and out of the row's faded ends, and the one
 * after it too where there is room for both. It does so at
 * first, when another item becomes current, and when a size changes: the font arrives, or somebody turns the phone.
 *
 * @param current changes with the current item
 */
export function useCurrentInView(row: RefObject<HTMLElement | null>, current: string | undefined): void {
  useEffect(() => {
    const element = row.current;
    if (element === null || current === undefined) return;
    showCurrent(element);
    const observer = new ResizeObserver(() => showCurrent(element));
    // An item also moves when those before it get wider.
    for (const sized of [element, ...element.querySelectorAll("li")]) observer.observe(sized);
    return () => observer.disconnect();
  }, [row, current]);
}

/** Not by `scrollIntoView`, which would scroll the page too. */
function showCurrent(row: HTMLElement): void {
  const current = row.querySelector("[aria-current]");
  if (current === null) return;
  const item = current.getBoundingClientRect();
  const { left, right } = row.getBoundingClientRect();
  const items = [...row.querySelectorAll("li")];
  const next = items[items.findIndex((one) => one.contains(current)) + 1]?.getBoundingClientRect();
  const untilShown = (end: number) => end + FADE - right;
  const untilNext = untilShown(next?.right ?? item.right);
  const untilEnd = row.scrollWidth - row.clientWidth - row.scrollLeft;
  const isRoomForBoth = item.left - Math.min(untilNext, untilEnd) >= left + FADE;
  const hiddenAtRight = isRoomForBoth ? untilNext : untilShown(item.right);
  const hiddenAtLeft = left + FADE - item.left;
  if (hiddenAtRight > 0) row.scrollLeft += hiddenAtRight;
  else if (hiddenAtLeft > 0) row.scrollLeft -= hiddenAtLeft;
}
