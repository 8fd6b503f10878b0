"use client";

import { useSyncExternalStore } from "react";

/** The viewer's time zone; UTC until the page is alive, since the server cannot know it. */
export function useTimeZone(): string {
  return useSyncExternalStore(subscribeToNothing, browserZone, serverZone);
}

const subscribeToNothing = () => () => {};
const browserZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone;
const serverZone = () => "UTC";
