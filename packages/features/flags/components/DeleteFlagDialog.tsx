"use client";

import { useLocale } from "@calcom/lib/i18n";
import {
  Alert,
  AlertDialog,
  AlertDialogCancel,
  AlertDialogContent,
  AlertDialogDescription,
  AlertDialogFooter,
  AlertDialogHeader,
  AlertDialogTitle,
  Button,
  Field,
  Input,
} from "@calcom/ui";
import { type FormEvent, useId, useState } from "react";
import type { FlagSummary } from "../types";

export interface DeleteFlagDialogProps {
  flag: FlagSummary;
  isOpen: boolean;
  onClose: () => void;
  /** A refusal in words fit to show; null once it is gone, and the dialog closes. */
  onDelete: (flag: FlagSummary) => Promise<string | null>;
}

/** Deleting cannot be undone, so the slug has to be typed. */
export function DeleteFlagDialog({ isOpen, ...confirmation }: DeleteFlagDialogProps) {
  return (
    <AlertDialog open={isOpen} onOpenChange={(next) => !next && confirmation.onClose()}>
      <AlertDialogContent>
        <Confirmation {...confirmation} />
      </AlertDialogContent>
    </AlertDialog>
  );
}

function Confirmation({ flag, onClose, onDelete }: Omit<DeleteFlagDialogProps, "isOpen">) {
  const { t } = useLocale();
  const id = useId();
  const [typed, setTyped] = useState("");
  const [isDeleting, setDeleting] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);
  const { slug } = flag;
  const overrides = flag.overrides.on + flag.overrides.off;

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (typed !== slug) return;
    setDeleting(true);
    const message = await onDelete(flag);
    setDeleting(false);
    if (message === null) onClose();
    else setRefusal(message);
  }

  return (
    <form onSubmit={submit} className="contents">
      <AlertDialogHeader>
        <AlertDialogTitle>{t("flag_delete_title", { slug })}</AlertDialogTitle>
        <AlertDialogDescription>
          {overrides > 0
            ? t("flag_delete_description_overrides", { count: overrides })
            : t("flag_delete_description")}
          {flag.schedule.planned > 0 && ` ${t("flag_delete_planned", { count: flag.schedule.planned })}`}
        </AlertDialogDescription>
      </AlertDialogHeader>
      <div className="grid gap-3">
        {refusal !== null && <Alert tone="destructive" title={refusal} />}
        <Field label={t("flag_delete_confirm", { slug })} htmlFor={`${id}-slug`}>
          <Input
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
            className="font-mono text-dense"
            autoCapitalize="none"
            autoComplete="off"
            spellCheck={false}
          />
        </Field>
      </div>
      <AlertDialogFooter>
        <AlertDialogCancel>{t("cancel")}</AlertDialogCancel>
        <Button type="submit" variant="destructive" loading={isDeleting} disabled={typed !== slug}>
          {t("flag_delete")}
        </Button>
      </AlertDialogFooter>
    </form>
  );
}
