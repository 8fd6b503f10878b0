"use client";

import { Toaster } from "@calcom/ui";
import { createRoot } from "react-dom/client";

/** As the stylesheet knows it; a theme of "host" follows the page. */
export type Theme = "host" | "light" | "dark";

/** The classes of a root of ours: nothing outside of one is styled. */
export const ROOT_CLASS = "xp-root";

/** What the stylesheet reads the theme from. */
export function themeAttribute(theme: Theme): { "data-xp-theme"?: Theme } {
  return theme === "host" ? {} : { "data-xp-theme": theme };
}

let layers: HTMLElement | undefined;

/**
 * Where menus, dialogs and toasts lie: one element of the body, for as long as the document lives. An application
 * mounts a catch-all page anew for each address, and a toast tells of what was done before somebody went on.
 */
export function openLayers(): HTMLElement {
  if (layers?.isConnected) return layers;
  layers = document.createElement("div");
  layers.className = `${ROOT_CLASS} xp-portal`;
  document.body.append(layers);
  const toasts = document.createElement("div");
  layers.append(toasts);
  createRoot(toasts).render(<Toaster />);
  return layers;
}
