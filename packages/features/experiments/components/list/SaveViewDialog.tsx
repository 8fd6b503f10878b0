"use client";

import { useLocale } from "@calcom/lib/i18n";
import {
  Button,
  Dialog,
  DialogContent,
  DialogDescription,
  DialogFooter,
  DialogHeader,
  DialogTitle,
  Field,
  Input,
} from "@calcom/ui";
import { type FormEvent, useId, useState } from "react";

interface SaveViewDialogProps {
  /** Why it was not saved, or null. */
  onSave: (name: string) => Promise<string | null>;
  onClose: () => void;
}

export function SaveViewDialog({ onSave, onClose }: SaveViewDialogProps) {
  const { t } = useLocale();
  const id = useId();
  const [name, setName] = useState("");
  const [isRunning, setRunning] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);

  async function submit(event: FormEvent) {
    event.preventDefault();
    setRunning(true);
    const refused = await onSave(name.trim());
    setRunning(false);
    setRefusal(refused);
    if (refused === null) onClose();
    else document.getElementById(id)?.focus();
  }

  return (
    <Dialog open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <DialogContent closeLabel={t("close")}>
        <form onSubmit={submit} className="contents" noValidate>
          <DialogHeader>
            <DialogTitle>{t("view_save_now")}</DialogTitle>
            <DialogDescription>{t("view_save_description")}</DialogDescription>
          </DialogHeader>
          <Field htmlFor={id} label={t("view_name")} error={refusal ?? undefined} required>
            <Input
              id={id}
              value={name}
              maxLength={60}
              autoComplete="off"
              onChange={(event) => setName(event.target.value)}
            />
          </Field>
          <DialogFooter>
            <Button type="button" variant="outline" disabled={isRunning} onClick={onClose}>
              {t("cancel")}
            </Button>
            <Button type="submit" loading={isRunning}>
              {t("view_save_now")}
            </Button>
          </DialogFooter>
        </form>
      </DialogContent>
    </Dialog>
  );
}
