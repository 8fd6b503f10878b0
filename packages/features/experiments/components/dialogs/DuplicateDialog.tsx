"use client";

import { useLocale } from "@calcom/lib/i18n";
import {
  Alert,
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
import { slugFromName } from "../form/slug-from-name";
import { type DialogParts, useOrder } from "./useOrder";

/** The way to run again, or differently, what can no longer be changed. */
export function DuplicateDialog(props: DialogParts) {
  const { experiment, onClose } = props;
  const { t } = useLocale();
  const id = useId();
  const { run, isRunning, refusal } = useOrder(props);
  const [name, setName] = useState(t("experiment_copy_of", { name: experiment.name }));
  // Until it is typed, the slug follows the name.
  const [typedSlug, setTypedSlug] = useState<string | null>(null);
  const slug = typedSlug ?? slugFromName(name);
  const slugError = refusal?.field === "newSlug" || refusal?.field === "slug" ? refusal.message : undefined;
  const nameError = refusal?.field === "name" ? refusal.message : undefined;

  function submit(event: FormEvent) {
    event.preventDefault();
    void run({ command: "duplicate", newSlug: slug, name: name.trim() });
  }

  return (
    <Dialog open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <DialogContent>
        <form onSubmit={submit} className="contents" noValidate>
          <DialogHeader>
            <DialogTitle>{t("experiment_duplicate_title", { name: experiment.name })}</DialogTitle>
            <DialogDescription>{t("experiment_duplicate_sentence")}</DialogDescription>
          </DialogHeader>
          <div className="grid gap-4">
            <Field htmlFor={`${id}-name`} label={t("experiment_name")} error={nameError} required>
              <Input
                id={`${id}-name`}
                value={name}
                maxLength={120}
                onChange={(event) => setName(event.target.value)}
              />
            </Field>
            <Field
              htmlFor={`${id}-slug`}
              label={t("experiment_slug")}
              error={slugError}
              hint={t("experiment_slug_for_ever")}
              required
            >
              <Input
                id={`${id}-slug`}
                value={slug}
                maxLength={64}
                spellCheck={false}
                autoComplete="off"
                className="font-mono text-xs"
                onChange={(event) => setTypedSlug(event.target.value)}
              />
            </Field>
          </div>
          {refusal && slugError === undefined && nameError === undefined && (
            <Alert tone="destructive" title={refusal.message} />
          )}
          <DialogFooter>
            <Button type="button" variant="outline" disabled={isRunning} onClick={onClose}>
              {t("cancel")}
            </Button>
            <Button type="submit" loading={isRunning}>
              {t("experiment_create")}
            </Button>
          </DialogFooter>
        </form>
      </DialogContent>
    </Dialog>
  );
}
