"use client";

import { useEffect, useRef, useState } from "react";
import type { FeedEvent } from "../../types/feed";

/** A reader is told no more often than this: every poll of a busy experiment would say something. */
const TOLD_EVERY_MS = 30_000;

/** How many events have come since a reader was told last; 0 until it is time. */
export function useArrivals(events: readonly Pick<FeedEvent, "id">[] | null): number {
  const told = useRef<{ ids: ReadonlySet<string>; at: number } | null>(null);
  const [arrived, setArrived] = useState(0);
  useEffect(() => {
    if (events === null) return;
    const now = Date.now();
    const before = told.current;
    if (before !== null && now - before.at < TOLD_EVERY_MS) return;
    told.current = { ids: new Set(events.map(({ id }) => id)), at: now };
    setArrived(before === null ? 0 : events.filter(({ id }) => !before.ids.has(id)).length);
  }, [events]);
  return arrived;
}
