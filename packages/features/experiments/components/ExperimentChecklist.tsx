"use client";

import { useLocale } from "@calcom/lib/i18n";
import { Alert, Button, EmptyState, Field, Input } from "@calcom/ui";
import { type FormEvent, useRef, useState } from "react";
import type { ChecklistItem } from "../types/checklist";
import { useMay } from "./ExperimentPermissions";

interface ExperimentChecklistProps {
  items: readonly ChecklistItem[];
  /** Each answers why it was not done, or null. */
  onAdd: (text: string) => Promise<string | null>;
  onRemove: (id: string) => Promise<string | null>;
}

/** What the team wants checked by a person before each start. */
export function ExperimentChecklist({ items, onAdd, onRemove }: ExperimentChecklistProps) {
  const { t } = useLocale();
  const mayEdit = useMay("edit");
  const [text, setText] = useState("");
  const [error, setError] = useState<string | null>(null);
  const [refusal, setRefusal] = useState<string | null>(null);
  const input = useRef<HTMLInputElement>(null);

  async function add(event: FormEvent) {
    event.preventDefault();
    const refused = await onAdd(text);
    setError(refused);
    if (refused === null) setText("");
  }

  async function remove(id: string) {
    const refused = await onRemove(id);
    setRefusal(refused);
    // The button that had the focus is gone with its item.
    if (refused === null) input.current?.focus();
  }

  return (
    <div className="grid max-w-2xl gap-6">
      {mayEdit && (
        <form noValidate onSubmit={(event) => void add(event)}>
          <Field
            label={t("checklist_item")}
            htmlFor="checklist-item"
            hint={t("checklist_item_hint")}
            error={error ?? undefined}
          >
            <div className="flex gap-2">
              <Input
                ref={input}
                id="checklist-item"
                value={text}
                onChange={(event) => setText(event.target.value)}
                autoComplete="off"
                placeholder={t("checklist_item_placeholder")}
              />
              <Button type="submit" variant="outline">
                {t("checklist_add")}
              </Button>
            </div>
          </Field>
        </form>
      )}
      {refusal !== null && <Alert tone="destructive" title={refusal} />}
      {items.length === 0 ? (
        <EmptyState title={t("checklist_empty")} description={t("checklist_empty_description")} />
      ) : (
        <ul className="border-t">
          {items.map((item) => (
            <li key={item.id} className="flex items-center gap-4 border-b py-2.5 text-dense">
              <span className="wrap-anywhere min-w-0 flex-1">{item.text}</span>
              {mayEdit && (
                <Button
                  variant="ghost"
                  size="sm"
                  aria-label={t("checklist_remove_item", { text: item.text })}
                  onClick={() => void remove(item.id)}
                >
                  {t("people_remove")}
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
