"use client";

import { lazy, Suspense, useSyncExternalStore } from "react";
import { areToolsWanted, onToolsWanted } from "./tools-wanted";

const Tools = lazy(() => import("./Tools"));

/** On every page, and on most of them nothing: who neither previews nor administers loads none of it. */
export function ToolsStarter() {
  const isWanted = useSyncExternalStore(onToolsWanted, areToolsWanted, () => false);
  if (!isWanted) return null;
  return (
    <Suspense fallback={null}>
      <Tools />
    </Suspense>
  );
}
