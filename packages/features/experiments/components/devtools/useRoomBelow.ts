"use client";

import { useEffect } from "react";

/** While it is wanted the page ends that much lower, so that whatever floats over its end can be scrolled away from it. */
export function useRoomBelow(room: string | null): void {
  useEffect(() => {
    if (room === null) return;
    const { style } = document.body;
    const before = style.paddingBottom;
    style.paddingBottom = room;
    return () => {
      style.paddingBottom = before;
    };
  }, [room]);
}
