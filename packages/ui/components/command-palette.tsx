"use client";

import { SearchIcon } from "lucide-react";
import { type KeyboardEvent, type ReactNode, useId, useState } from "react";
import { cn } from "../lib/cn";
import { Dialog, DialogContent, DialogDescription, DialogTitle } from "./dialog";
import { Kbd } from "./kbd";
import { type PaletteGroup, type PaletteItem, PaletteOptions } from "./palette-options";
import { Spinner } from "./spinner";

export type { PaletteGroup, PaletteItem } from "./palette-options";

export interface CommandPaletteProps {
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
  title: string;
  description: string;
  /** Of the field, also the placeholder. */
  searchLabel: string;
  query: string;
  onQueryChange: (query: string) => void;
  groups: PaletteGroup[];
  isLoading: boolean;
  /** Said in place of what could not be found. */
  error: ReactNode;
  /** Said where nothing was found. */
  emptyLabel: string;
  /** Told to screen readers whenever it changes: how many were found. */
  countLabel: string;
  closeLabel: string;
  /** What the keys do. */
  keysLabels: { move: string; open: string; close: string };
}

/** A field that finds, over a list from which one is chosen: the focus stays in the field. */
export function CommandPalette(props: CommandPaletteProps) {
  const { isOpen, onOpenChange, title, description, closeLabel } = props;
  return (
    <Dialog open={isOpen} onOpenChange={onOpenChange}>
      <DialogContent
        closeLabel={closeLabel}
        fillsSmallScreens
        className="top-[12dvh] max-h-[76dvh] translate-y-0 gap-0 overflow-hidden p-0"
      >
        <DialogTitle className="sr-only">{title}</DialogTitle>
        <DialogDescription className="sr-only">{description}</DialogDescription>
        <Finder {...props} />
      </DialogContent>
    </Dialog>
  );
}

function Finder(props: CommandPaletteProps) {
  const { query, onQueryChange, onOpenChange, groups, isLoading, searchLabel, countLabel } = props;
  const id = useId();
  const listId = `${id}-list`;
  const items = groups.flatMap((group) => group.items);
  const [chosen, setChosen] = useState<string | null>(null);
  // What was chosen may no longer be found: then the first is.
  const active = items.find((item) => item.id === chosen) ?? items[0];
  const optionId = (item: PaletteItem) => `${id}-${item.id}`;

  function run(item: PaletteItem) {
    onOpenChange(false);
    item.run();
  }

  function press(event: KeyboardEvent) {
    if (event.nativeEvent.isComposing) return;
    if (event.key === "Enter") {
      event.preventDefault();
      if (active !== undefined) run(active);
    }
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    event.preventDefault();
    const step = event.key === "ArrowDown" ? 1 : -1;
    const place = active === undefined ? 0 : items.indexOf(active);
    setChosen(items[(place + step + items.length) % items.length]?.id ?? null);
  }

  return (
    <>
      <div className="relative border-b">
        <SearchIcon className="pointer-events-none absolute top-5.5 left-4 size-4 text-muted-foreground" />
        {/* The dialog gives the focus to what comes first in it. */}
        <input
          type="text"
          role="combobox"
          aria-expanded
          aria-controls={listId}
          aria-autocomplete="list"
          aria-activedescendant={active && optionId(active)}
          aria-label={searchLabel}
          placeholder={searchLabel}
          maxLength={100}
          autoComplete="off"
          spellCheck={false}
          className="h-15 w-full bg-transparent pr-14 pl-11 text-sm outline-hidden placeholder:text-muted-foreground pointer-coarse:text-base"
          value={query}
          onChange={(event) => {
            setChosen(null);
            onQueryChange(event.target.value);
          }}
          onKeyDown={press}
        />
      </div>
      {/* It scrolls itself: what a field controls is reached by the field's arrows. */}
      <div
        id={listId}
        role="listbox"
        aria-label={searchLabel}
        aria-busy={isLoading}
        className={cn("min-h-0 overflow-y-auto", items.length > 0 && ["p-2", WHOLE_ROWS])}
      >
        {groups.map((group) => (
          <PaletteOptions
            key={group.title}
            {...group}
            active={active}
            idOf={optionId}
            onHover={setChosen}
            onRun={run}
          />
        ))}
      </div>
      <div className="p-2 empty:hidden">
        <Notice {...props} isEmpty={items.length === 0} />
      </div>
      <KeysHint {...props.keysLabels} />
      <p role="status" className="sr-only">
        {isLoading ? "" : countLabel}
      </p>
    </>
  );
}

/** Below the field and above the hint, whole rows of 36 px beside the titles of two groups: none is cut in half. */
const WHOLE_ROWS =
  "max-sm:flex-1 sm:pointer-fine:max-h-[calc(round(down,76dvh_-_10.5rem,36px)_+_64px)] pointer-coarse:flex-1";

/** Screen readers say what a list is worked by. Phones have no such keys. */
function KeysHint({ move, open, close }: CommandPaletteProps["keysLabels"]) {
  return (
    <p
      aria-hidden
      className="flex shrink-0 items-center gap-4 border-t px-4 py-2 text-muted-foreground text-xs pointer-coarse:hidden max-sm:hidden"
    >
      {[
        ["↑↓", move],
        ["↵", open],
        ["esc", close],
      ].map(([key, label]) => (
        <span key={key} className="flex items-center gap-1.5 whitespace-nowrap">
          <Kbd>{key}</Kbd>
          {label}
        </span>
      ))}
    </p>
  );
}

function Notice({
  isLoading,
  error,
  emptyLabel,
  isEmpty,
}: Pick<CommandPaletteProps, "isLoading" | "error" | "emptyLabel"> & { isEmpty: boolean }) {
  if (error !== null)
    return (
      <div role="alert" className="px-2 py-3 text-dense">
        {error}
      </div>
    );
  if (isLoading)
    return (
      <p className="flex justify-center py-3 text-muted-foreground">
        <Spinner />
      </p>
    );
  return isEmpty ? <p className="px-2 py-6 text-center text-muted-foreground">{emptyLabel}</p> : null;
}
