"use client";

import { useEffect, useLayoutEffect, useRef, useSyncExternalStore } from "react";

export interface Shortcut {
  /**
   * A key as it is written ("n", "?"), two pressed one after the other ("g e"), or one with ⌘ or Ctrl ("mod+k"), which
   * works while somebody types too.
   */
  keys: string;
  /** What it does, for the sheet that lists it. */
  label: string;
  /** Where it works: in what this page shows (as unless told), or wherever somebody is. */
  scope?: "page" | "everywhere";
  isEnabled?: boolean;
}

/** Between the two keys of a sequence. */
const SEQUENCE_MS = 1500;
const STORED_AS = "keyboard-shortcuts";
const NONE: readonly Shortcut[] = [];
const TYPING = "input, textarea, select, [contenteditable], [role=combobox]";
const OVERLAYS = ["dialog", "alertdialog", "menu", "listbox"];

let known: readonly (Shortcut & { run: () => void })[] = [];
let begun: { key: string; at: number } | null = null;
/** For as long as the page lives, where nothing can be stored. */
let isOff: boolean | null = null;
const listeners = new Set<() => void>();

/**
 * Runs something by a key, as long as the component is there. Not by a single one while somebody types, nor where a
 * dialog or a menu is open, nor after shortcuts were turned off. Of two with the same keys, the latest is run.
 */
export function useShortcut(shortcut: Shortcut, run: () => void): void {
  const { keys, label, scope = "page", isEnabled = true } = shortcut;
  const latest = useRef(run);
  // Not by `useEffectEvent`: the React of some applications lacks it.
  useLayoutEffect(() => {
    latest.current = run;
  });
  useEffect(() => {
    if (!isEnabled) return;
    const mine = { keys, label, scope, run: () => latest.current() };
    if (known.length === 0) document.addEventListener("keydown", press);
    known = [...known, mine];
    tell();
    return () => {
      known = known.filter((other) => other !== mine);
      if (known.length === 0) document.removeEventListener("keydown", press);
      tell();
    };
  }, [keys, label, scope, isEnabled]);
}

/** What works on this page now, each once. */
export function useKnownShortcuts(): readonly Shortcut[] {
  const all = useSyncExternalStore(
    listen,
    () => known,
    () => NONE,
  );
  return all.filter(({ keys }, index) => all.findLastIndex((other) => other.keys === keys) === index);
}

/** Whether shortcuts work at all, in this browser, and a way to turn them off and on. */
export function useShortcutsSwitch(): [isOn: boolean, turn: (isOn: boolean) => void] {
  const isOn = useSyncExternalStore(listen, areOn, () => true);
  return [isOn, turn];
}

/** How a key is named on this keyboard: "⌘K", "Ctrl K". The server does not know it. */
export function useKeyName(key: string): string {
  const isMac = useSyncExternalStore(listen, isApple, () => false);
  return nameKey(key, isMac);
}

export function nameKey(key: string, isMac = isApple()): string {
  if (!key.startsWith("mod+")) return key;
  return `${isMac ? "⌘" : "Ctrl "}${key.slice(4).toUpperCase()}`;
}

function isApple(): boolean {
  return /Mac|iPhone|iPad/.test(navigator.platform);
}

function turn(isOn: boolean): void {
  isOff = !isOn;
  try {
    localStorage.setItem(STORED_AS, isOn ? "on" : "off");
  } catch {
    // Storage is denied: then it holds until the page is left.
  }
  tell();
}

function areOn(): boolean {
  isOff ??= readIsOff();
  return !isOff;
}

function readIsOff(): boolean {
  try {
    return localStorage.getItem(STORED_AS) === "off";
  } catch {
    return false;
  }
}

function press(event: KeyboardEvent): void {
  const key = keyOf(event);
  if (key === null || !areOn() || isTaken(event, key)) return;
  const sequence = begun !== null && event.timeStamp - begun.at < SEQUENCE_MS ? `${begun.key} ${key}` : key;
  const shortcut =
    known.findLast(({ keys }) => keys === sequence) ?? known.findLast(({ keys }) => keys === key);
  begun = null;
  if (shortcut) {
    // Else the key would be typed into the field that it leads to.
    event.preventDefault();
    shortcut.run();
  } else if (known.some(({ keys }) => keys.startsWith(`${key} `))) {
    begun = { key, at: event.timeStamp };
  }
}

/** By the sign, since keyboards differ in where `/` and `?` are; letters in lower case, also with Caps Lock. */
function keyOf(event: KeyboardEvent): string | null {
  const { key, ctrlKey, metaKey, altKey, shiftKey, repeat, isComposing, defaultPrevented } = event;
  if (altKey || repeat || isComposing || defaultPrevented || key.length !== 1) return null;
  // On a Mac, Ctrl edits text; elsewhere ⌘ is the system's.
  const [isMod, isOther] = isApple() ? [metaKey, ctrlKey] : [ctrlKey, metaKey];
  if (isOther || (isMod && shiftKey)) return null;
  if (isMod) return `mod+${key.toLowerCase()}`;
  const isLetter = key.toLowerCase() !== key.toUpperCase();
  if (!isLetter) return key;
  return shiftKey ? null : key.toLowerCase();
}

/** By a field, or by a layer above the page, which has its own keys. */
function isTaken({ target }: KeyboardEvent, key: string): boolean {
  const isTyped = !key.startsWith("mod+");
  if (isTyped && target instanceof Element && target.closest(TYPING) !== null) return true;
  return document.querySelector(OVERLAYS.map((role) => `[role=${role}][data-state=open]`).join()) !== null;
}

function tell(): void {
  for (const listener of listeners) listener();
}

function listen(listener: () => void): () => void {
  listeners.add(listener);
  const onStorage = ({ key }: StorageEvent) => {
    if (key !== STORED_AS) return;
    isOff = null;
    listener();
  };
  addEventListener("storage", onStorage);
  return () => {
    listeners.delete(listener);
    removeEventListener("storage", onStorage);
  };
}
