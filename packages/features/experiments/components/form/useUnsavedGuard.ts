"use client";

import { useEffect, useRef, useState } from "react";

/** The part of the Navigation API that is used; TypeScript's DOM library does not have it yet. */
interface NavigationHistory extends EventTarget {
  traverseTo: (key: string) => void;
}
interface NavigateEvent extends Event {
  navigationType: string;
  destination: { key: string };
}

export interface UnsavedGuard {
  /** Somebody is about to leave: ask. */
  isAsking: boolean;
  stay: () => void;
  leave: () => void;
}

/**
 * Holds whoever leaves with unsaved work: by a link and by the browser's back and forward it asks in our words, by closing
 * or reloading in the browser's own. `navigate` is called with the address of a link once leaving is confirmed.
 */
export function useUnsavedGuard(isDirty: boolean, navigate: (href: string) => void): UnsavedGuard {
  const [held, setHeld] = useState<(() => void) | null>(null);
  const mayLeave = useRef(false);
  const latestNavigate = useRef(navigate);
  useEffect(() => {
    latestNavigate.current = navigate;
  }, [navigate]);

  useEffect(() => {
    if (!isDirty) return;
    mayLeave.current = false;

    const onUnload = (event: BeforeUnloadEvent) => {
      if (!mayLeave.current) event.preventDefault();
    };
    const onClick = (event: MouseEvent) => {
      const href = leavesTo(event);
      if (href === null || mayLeave.current) return;
      event.preventDefault();
      event.stopPropagation();
      setHeld(() => () => latestNavigate.current(href));
    };
    const { navigation } = window as { navigation?: NavigationHistory };
    const onTraverse = (event: Event) => {
      const { navigationType, destination } = event as NavigateEvent;
      if (navigationType !== "traverse" || !event.cancelable || mayLeave.current) return;
      event.preventDefault();
      setHeld(() => () => navigation?.traverseTo(destination.key));
    };

    window.addEventListener("beforeunload", onUnload);
    document.addEventListener("click", onClick, { capture: true });
    navigation?.addEventListener("navigate", onTraverse);
    return () => {
      window.removeEventListener("beforeunload", onUnload);
      document.removeEventListener("click", onClick, { capture: true });
      navigation?.removeEventListener("navigate", onTraverse);
    };
  }, [isDirty]);

  return {
    isAsking: held !== null,
    stay: () => setHeld(null),
    leave: () => {
      mayLeave.current = true;
      setHeld(null);
      held?.();
    },
  };
}

/** Where a plain click on a link of this site leads to; null for any other click. */
function leavesTo(event: MouseEvent): string | null {
  const isPlain =
    event.button === 0 &&
    !event.metaKey &&
    !event.ctrlKey &&
    !event.shiftKey &&
    !event.altKey &&
    !event.defaultPrevented;
  if (!isPlain || !(event.target instanceof Element)) return null;
  const link = event.target.closest<HTMLAnchorElement>("a[href]");
  if (link === null || link.target === "_blank" || link.hasAttribute("download")) return null;
  const { origin, pathname, search, hash } = new URL(link.href, window.location.href);
  const isHere = pathname === window.location.pathname && search === window.location.search;
  return origin === window.location.origin && !isHere ? pathname + search + hash : null;
}
