"use client";

import { type RefObject, useEffect, useRef, useState } from "react";

/** Focuses the first control that is marked invalid, in the order of the page, once the marks are there. */
export function useFirstErrorFocus(): {
  element: RefObject<HTMLFormElement | null>;
  focusFirstError: () => void;
} {
  const element = useRef<HTMLFormElement>(null);
  const [request, setRequest] = useState(0);
  useEffect(() => {
    if (request > 0) element.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
  }, [request]);
  return { element, focusFirstError: () => setRequest((count) => count + 1) };
}
