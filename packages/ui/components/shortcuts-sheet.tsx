"use client";

import { useId } from "react";
import { nameKey, type Shortcut, useKnownShortcuts, useShortcutsSwitch } from "../lib/shortcuts";
import { Dialog, DialogBody, DialogContent, DialogDescription, DialogHeader, DialogTitle } from "./dialog";
import { Kbd } from "./kbd";
import { Label } from "./label";
import { Switch } from "./switch";

export interface ShortcutsSheetProps {
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
  title: string;
  description: string;
  pageTitle: string;
  everywhereTitle: string;
  /** Between the keys of a sequence: "then". */
  thenLabel: string;
  switchLabel: string;
  closeLabel: string;
}

/**
 * What keys do on this page, as its parts have said by `useShortcut`, and the switch that turns them all off (WCAG
 * 2.1.4): for whom speech or a trembling hand presses single keys.
 */
export function ShortcutsSheet(props: ShortcutsSheetProps) {
  const shortcuts = useKnownShortcuts();
  const [isOn, turn] = useShortcutsSwitch();
  const switchId = useId();
  return (
    <Dialog open={props.isOpen} onOpenChange={props.onOpenChange}>
      <DialogContent closeLabel={props.closeLabel}>
        <DialogHeader>
          <DialogTitle>{props.title}</DialogTitle>
          <DialogDescription>{props.description}</DialogDescription>
        </DialogHeader>
        <DialogBody className="flex flex-col gap-4">
          <Group title={props.pageTitle} shortcuts={of("page", shortcuts)} thenLabel={props.thenLabel} />
          <Group
            title={props.everywhereTitle}
            shortcuts={of("everywhere", shortcuts)}
            thenLabel={props.thenLabel}
          />
        </DialogBody>
        <div className="flex items-center justify-between gap-4 border-t pt-3">
          <Label htmlFor={switchId}>{props.switchLabel}</Label>
          <Switch id={switchId} checked={isOn} onCheckedChange={turn} />
        </div>
      </DialogContent>
    </Dialog>
  );
}

function of(scope: Shortcut["scope"], shortcuts: readonly Shortcut[]): Shortcut[] {
  return shortcuts.filter((shortcut) => shortcut.scope === scope);
}

interface GroupProps {
  title: string;
  shortcuts: Shortcut[];
  thenLabel: string;
}

function Group({ title, shortcuts, thenLabel }: GroupProps) {
  const titleId = useId();
  if (shortcuts.length === 0) return null;
  return (
    <section aria-labelledby={titleId}>
      <h3 id={titleId} className="mb-1 text-muted-foreground text-xs">
        {title}
      </h3>
      <dl className="divide-y">
        {shortcuts.map(({ keys, label }) => (
          <div key={keys} className="flex items-center justify-between gap-4 py-1.5">
            <dt>{label}</dt>
            <dd className="flex shrink-0 items-center gap-1.5 text-muted-foreground text-xs">
              {keys.split(" ").map((key, index) => (
                <span key={key} className="flex items-center gap-1.5">
                  {index > 0 && thenLabel}
                  <Kbd>{nameKey(key)}</Kbd>
                </span>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
