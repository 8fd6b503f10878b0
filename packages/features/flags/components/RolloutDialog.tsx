"use client";

import { useLocale } from "@calcom/lib/i18n";
import {
  Alert,
  Button,
  Dialog,
  DialogBody,
  DialogContent,
  DialogDescription,
  DialogFooter,
  DialogHeader,
  DialogTitle,
  Field,
  Input,
  SegmentedControl,
} from "@calcom/ui";
import { type FormEvent, useId, useState } from "react";
import { type FlagSummary, type Rollout, rolloutSchema, rolloutUnitSchema } from "../types";
import type { FlagRefusal } from "./CreateFlagDialog";
import { rolloutUnitKeys } from "./flag-words";

export { rolloutText } from "./flag-words";

export interface RolloutDialogProps {
  flag: FlagSummary;
  isOpen: boolean;
  onClose: () => void;
  /** Null once it is stored; the dialog then closes. */
  onRollOut: (flag: FlagSummary, rollout: Rollout | null) => Promise<FlagRefusal | null>;
}

/** For whom a flag is on while it is: for everybody, or for a share of users or teams. */
export function RolloutDialog({ isOpen, ...form }: RolloutDialogProps) {
  const { t } = useLocale();
  const { slug } = form.flag;
  return (
    <Dialog open={isOpen} onOpenChange={(next) => !next && form.onClose()}>
      <DialogContent closeLabel={t("close")}>
        <DialogHeader>
          <DialogTitle>{t("flag_rollout_title", { slug })}</DialogTitle>
          <DialogDescription>{t("flag_rollout_description")}</DialogDescription>
        </DialogHeader>
        <RolloutForm {...form} />
      </DialogContent>
    </Dialog>
  );
}

function RolloutForm({ flag, onClose, onRollOut }: Omit<RolloutDialogProps, "isOpen">) {
  const { t } = useLocale();
  const id = useId();
  const [share, setShare] = useState(String(flag.rollout?.percentage ?? 100));
  const [unit, setUnit] = useState<Rollout["unit"]>(flag.rollout?.unit ?? "user");
  const [refusal, setRefusal] = useState<FlagRefusal | null>(null);
  const [isSaving, setSaving] = useState(false);

  async function submit(event: FormEvent) {
    event.preventDefault();
    const read = rolloutSchema.safeParse({ percentage: readShare(share), unit });
    if (!read.success) {
      setRefusal({ message: read.error.issues[0]?.message ?? "", field: "percentage" });
      document.getElementById(`${id}-share`)?.focus();
      return;
    }
    setSaving(true);
    const refused = await onRollOut(flag, read.data.percentage === 100 ? null : read.data);
    setSaving(false);
    if (refused === null) onClose();
    else setRefusal(refused);
  }

  const isOfShare = refusal?.field === "percentage";
  return (
    <form noValidate onSubmit={submit} className="contents">
      <DialogBody className="grid gap-4">
        {refusal !== null && !isOfShare && <Alert tone="destructive" title={refusal.message} />}
        <Field
          label={t("flag_rollout_share")}
          htmlFor={`${id}-share`}
          hint={t("flag_rollout_share_hint")}
          error={isOfShare ? t(refusal.message) : undefined}
        >
          <Input
            value={share}
            onChange={(event) => setShare(event.target.value)}
            className="w-28 tabular-nums"
            inputMode="decimal"
            autoComplete="off"
          />
        </Field>
        <Field
          label={t("flag_rollout_unit")}
          htmlFor={`${id}-unit`}
          hint={t(`flag_rollout_unit_hint_${unit}`)}
        >
          <SegmentedControl
            value={unit}
            onValueChange={setUnit}
            options={rolloutUnitSchema.options.map((value) => ({ value, label: t(rolloutUnitKeys[value]) }))}
          />
        </Field>
        {!flag.enabled && <Alert title={t("flag_rollout_off")} />}
      </DialogBody>
      <DialogFooter>
        <Button type="button" variant="outline" onClick={onClose}>
          {t("cancel")}
        </Button>
        <Button type="submit" loading={isSaving}>
          {t("flag_rollout_save")}
        </Button>
      </DialogFooter>
    </form>
  );
}

/** "12,5" and "12.5"; what is no number is refused by the schema. */
function readShare(text: string): number | null {
  const trimmed = text.trim().replace(",", ".").replace(/\s?%$/, "");
  const share = Number(trimmed);
  return trimmed === "" || Number.isNaN(share) ? null : share;
}
