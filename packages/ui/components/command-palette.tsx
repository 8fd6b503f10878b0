"use client";

import { SearchIcon } from "lucide-react";
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from "react";
import { cn } from "../lib/cn";
import { Dialog, DialogContent, DialogDescription, DialogTitle } from "./dialog";
import { Spinner } from "./spinner";

export interface PaletteItem {
  id: string;
  label: string;
  /** Beside the label, such as a slug. */
  detail?: string | undefined;
  /** Of the label, where it is not the page's. */
  lang?: string | undefined;
  icon?: ReactNode;
  run: () => void;
}

export interface PaletteGroup {
  title: string;
  items: PaletteItem[];
}

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
      <div className="min-h-0 flex-1 overflow-y-auto p-2">
        <div id={listId} role="listbox" aria-label={searchLabel} aria-busy={isLoading}>
          {groups.map((group) => (
            <Group
              key={group.title}
              {...group}
              active={active}
              idOf={optionId}
              onHover={setChosen}
              onRun={run}
            />
          ))}
        </div>
        <Notice {...props} isEmpty={items.length === 0} />
      </div>
      <p role="status" className="sr-only">
        {isLoading ? "" : countLabel}
      </p>
    </>
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

interface GroupProps extends PaletteGroup {
  active: PaletteItem | undefined;
  idOf: (item: PaletteItem) => string;
  onHover: (id: string) => void;
  onRun: (item: PaletteItem) => void;
}

function Group({ title, items, active, idOf, onHover, onRun }: GroupProps) {
  const titleId = useId();
  if (items.length === 0) return null;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is no part of a list.
    <div role="group" aria-labelledby={titleId} className="pb-2">
      <p id={titleId} className="px-2 py-1 text-muted-foreground text-xs">
        {title}
      </p>
      {items.map((item) => (
        <Option
          key={item.id}
          id={idOf(item)}
          item={item}
          isActive={item === active}
          onHover={() => onHover(item.id)}
          onRun={() => onRun(item)}
        />
      ))}
    </div>
  );
}

interface OptionProps {
  id: string;
  item: PaletteItem;
  isActive: boolean;
  onHover: () => void;
  onRun: () => void;
}

function Option({ id, item, isActive, onHover, onRun }: OptionProps) {
  const element = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (isActive) element.current?.scrollIntoView?.({ block: "nearest" });
  }, [isActive]);
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the field keeps the focus, and names what is chosen.
    // biome-ignore lint/a11y/useKeyWithClickEvents: keys are the field's.
    <div
      ref={element}
      id={id}
      role="option"
      aria-selected={isActive}
      onPointerMove={onHover}
      onClick={onRun}
      className={cn(
        "flex min-h-9 cursor-pointer items-center gap-2.5 rounded-md px-2 py-1 pointer-coarse:min-h-11",
        "aria-selected:bg-accent aria-selected:text-accent-foreground [&_svg]:size-4 [&_svg]:shrink-0",
      )}
    >
      {item.icon}
      <span lang={item.lang} className="min-w-0 truncate">
        {item.label}
      </span>
      {item.detail !== undefined && (
        <span className="ml-auto min-w-0 max-w-[45%] truncate text-muted-foreground text-xs">
          {item.detail}
        </span>
      )}
    </div>
  );
}
