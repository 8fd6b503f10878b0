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
} from "@calcom/ui";
import { type FormEvent, useId, useState } from "react";
import { RefusalAlert } from "../../experiments/components/Refusal";
import { type FlagSummary, type Rollout, rolloutSchema } from "../types";
import type { FlagRefusal } from "./CreateFlagDialog";
import { draftOf, RolloutFields, readDraft, shareFieldOf } from "./RolloutFields";

export { rolloutText, stateText } from "./flag-words";

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
  // What the list reads meanwhile was not looked at.
  const [seen] = useState(flag);
  const [draft, setDraft] = useState(() => draftOf(seen.rollout));
  const [refusal, setRefusal] = useState<FlagRefusal | null>(null);
  const [isSaving, setSaving] = useState(false);

  async function submit(event: FormEvent) {
    event.preventDefault();
    const read = rolloutSchema.safeParse(readDraft(draft));
    if (!read.success) {
      setRefusal({ message: read.error.issues[0]?.message ?? "", field: "percentage" });
      document.getElementById(shareFieldOf(id))?.focus();
      return;
    }
    setSaving(true);
    const refused = await onRollOut(seen, read.data.percentage === 100 ? null : read.data);
    setSaving(false);
    if (refused === null) onClose();
    else setRefusal(refused);
  }

  const isOfShare = refusal?.field === "percentage";
  return (
    <form noValidate onSubmit={submit} className="contents">
      <DialogBody className="grid gap-4">
        {refusal !== null && !isOfShare && <RefusalAlert refusal={refusal} />}
        <RolloutFields
          id={id}
          value={draft}
          onChange={setDraft}
          error={isOfShare ? refusal.message : undefined}
        />
        {!flag.enabled && <Alert title={t("flag_rollout_off")} />}
      </DialogBody>
      <DialogFooter>
        <Button type="button" variant="outline" onClick={onClose}>
          {t("cancel")}
        </Button>
        <Button type="submit" loading={isSaving} disabled={refusal?.changed !== undefined}>
          {t("flag_rollout_save")}
        </Button>
      </DialogFooter>
    </form>
  );
}
