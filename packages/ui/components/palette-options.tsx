"use client";

import { type ReactNode, useEffect, useId, useRef } from "react";
import { cn } from "../lib/cn";

export interface PaletteItem {
  id: string;
  label: string;
  /** Beside the label. */
  detail?: string | undefined;
  /** What code calls it, after the detail. */
  code?: string | undefined;
  /** Whether the label is what code calls it. */
  isCode?: boolean;
  /** Of the label, where it is not the page's. */
  lang?: string | undefined;
  icon?: ReactNode;
  run: () => void;
}

export interface PaletteGroup {
  title: string;
  items: PaletteItem[];
}

interface PaletteOptionsProps extends PaletteGroup {
  active: PaletteItem | undefined;
  idOf: (item: PaletteItem) => string;
  onHover: (id: string) => void;
  onRun: (item: PaletteItem) => void;
}

/** One group of what was found. */
export function PaletteOptions({ title, items, active, idOf, onHover, onRun }: PaletteOptionsProps) {
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
      {/* What tells one from another may be at the end of a name: nothing is cut off, and what does not fit goes below. */}
      <span className="flex min-w-0 flex-1 flex-wrap items-baseline gap-x-2.5">
        <span lang={item.lang} className={cn("wrap-anywhere grow", item.isCode && "font-mono text-dense")}>
          {item.label}
        </span>
        {(item.detail ?? item.code) !== undefined && (
          <span className="wrap-anywhere text-muted-foreground text-xs">
            {item.detail}
            {item.detail !== undefined && item.code !== undefined && "\u00a0· "}
            {item.code !== undefined && <span className="font-mono">{item.code}</span>}
          </span>
        )}
      </span>
    </div>
  );
}
