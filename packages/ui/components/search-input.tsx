"use client";

import { SearchIcon } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { cn } from "../lib/cn";
import { useShortcut, useShortcutsSwitch } from "../lib/shortcuts";
import { Input } from "./input";
import { Kbd } from "./kbd";

const TYPING_PAUSE_MS = 200;

export interface SearchInputProps {
  /** Also the placeholder. */
  label: string;
  value: string;
  /** Told once the typing pauses. Escape empties the field, and leaves it when it is empty. */
  onValueChange: (value: string) => void;
  /** Whether `/` comes here from anywhere on the page: for the one search that the page is about. */
  hasShortcut?: boolean;
  className?: string;
}

export function SearchInput({
  label,
  value,
  onValueChange,
  hasShortcut = false,
  className,
}: SearchInputProps) {
  const input = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = usePaused(value, onValueChange);

  const [isOn] = useShortcutsSwitch();
  useShortcut({ keys: "/", label, isEnabled: hasShortcut }, () => input.current?.focus());

  return (
    <div data-slot="search-input" className={cn("relative", className)}>
      <SearchIcon className="pointer-events-none absolute top-1/2 start-2.5 size-4 -translate-y-1/2 text-muted-foreground" />
      <Input
        ref={input}
        type="search"
        className="peer text-ellipsis ps-8 placeholder-shown:pe-9 [&::-webkit-search-cancel-button]:hidden"
        placeholder={label}
        aria-label={label}
        aria-keyshortcuts={hasShortcut && isOn ? "/" : undefined}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== "Escape" || (typed === "" && !hasShortcut)) return;
          if (typed === "") event.currentTarget.blur();
          // Escape would close the sheet that the field stands in, with the search still to be undone.
          event.stopPropagation();
          setTyped("");
        }}
      />
      {hasShortcut && isOn && (
        <Kbd
          isHint
          className="pointer-events-none absolute top-1/2 end-2 hidden -translate-y-1/2 peer-placeholder-shown:inline-flex peer-focus:hidden"
        >
          /
        </Kbd>
      )}
    </div>
  );
}

/** What is typed, told once the typing pauses; a change from outside, such as the back button, replaces it. */
function usePaused(value: string, tell: (value: string) => void): [string, (typed: string) => void] {
  const [typed, setTyped] = useState(value);
  const [told, setTold] = useState(value);
  if (value !== told) {
    setTold(value);
    setTyped(value);
  }
  useEffect(() => {
    if (typed === told) return;
    const timer = setTimeout(() => {
      setTold(typed);
      tell(typed);
    }, TYPING_PAUSE_MS);
    return () => clearTimeout(timer);
  }, [typed, told, tell]);
  return [typed, setTyped];
}
