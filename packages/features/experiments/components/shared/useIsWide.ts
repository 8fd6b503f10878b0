"use client";

import { useSyncExternalStore } from "react";

/** Where two columns begin: `lg` of the style sheets. */
const WIDE = "(min-width: 64rem)";

/** Whether there is room for two columns; true in the server's HTML, which knows no window. */
export function useIsWide(): boolean {
  return useSyncExternalStore(onChange, isWide, () => true);
}

function onChange(tell: () => void): () => void {
  const query = window.matchMedia?.(WIDE);
  query?.addEventListener("change", tell);
  return () => query?.removeEventListener("change", tell);
}

function isWide(): boolean {
  return window.matchMedia?.(WIDE).matches ?? true;
}
