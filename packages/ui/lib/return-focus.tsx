"use client";

import * as React from "react";

/**
 * Gives the focus back to what opened a dialog: `mark` goes into its content, `onCloseAutoFocus` onto it. A menu is gone
 * by then, and stands for its button; and where the button is gone too, the page's heading takes the focus.
 */
export function useReturnFocus(onCloseAutoFocus: ((event: Event) => void) | undefined) {
  const opener = React.useRef<HTMLElement | null>(null);
  return {
    mark: <OpenerMark opener={opener} />,
    onCloseAutoFocus(event: Event) {
      onCloseAutoFocus?.(event);
      if (event.defaultPrevented) return;
      event.preventDefault();
      if (!takesFocus(opener.current)) focusHeading();
      else followUntilGone(opener.current);
    },
  };
}

/** A menu may be gone before the dialog is there, as with reduced motion: what is detached still knows its menu. */
let lastFocused: Element | null = null;
if (typeof document !== "undefined")
  document.addEventListener("focusin", ({ target }) => {
    lastFocused = target instanceof Element ? target : null;
  });

/** Looks while it is rendered, before the dialog takes the focus. */
function OpenerMark({ opener }: { opener: React.RefObject<HTMLElement | null> }) {
  const [found] = React.useState(() => {
    const { activeElement, body } = document;
    return openerOf(activeElement === body ? lastFocused : activeElement);
  });
  React.useLayoutEffect(() => {
    opener.current = found;
  }, [opener, found]);
  return null;
}

function openerOf(element: Element | null): HTMLElement | null {
  const menu = element?.closest("[role=menu]") ?? null;
  if (menu === null) return element instanceof HTMLElement && element !== document.body ? element : null;
  const button = document.getElementById(menu.getAttribute("aria-labelledby") ?? "");
  return button === element ? null : openerOf(button);
}

function takesFocus(element: HTMLElement | null): element is HTMLElement {
  if (element === null || !element.isConnected) return false;
  element.focus();
  return document.activeElement === element;
}

/** What was done in the dialog may take the button away a moment later. */
function followUntilGone(element: HTMLElement): void {
  const observer = new MutationObserver(() => {
    const isGone = !element.isConnected;
    if (isGone && document.activeElement === document.body) focusHeading();
    if (isGone || document.activeElement !== element) observer.disconnect();
  });
  observer.observe(document.body, { childList: true, subtree: true });
}

function focusHeading(): void {
  document.querySelector<HTMLElement>("h1[tabindex]")?.focus();
}
