"use client";

import { useLocale } from "@calcom/lib/i18n";
import { Button, DialogBody, DialogFooter, Field, SegmentedControl } from "@calcom/ui";
import { type FormEvent, type ReactNode, useEffect, useId, useState } from "react";
import { RefusalAlert } from "../../../experiments/components/Refusal";
import { MomentInput, useIsInBrowser } from "../../../experiments/components/RelativeTime";
import { type FlagChange, type FlagSummary, type ScheduledChange, scheduleChangeSchema } from "../../types";
import type { FlagRefusal } from "../CreateFlagDialog";
import { draftOf, RolloutFields, readDraft, shareFieldOf } from "../RolloutFields";
import type { PlannedChange } from "./planned-change";

const kinds = ["on", "off", "rollout"] as const satisfies readonly FlagChange["kind"][];

const kindKeys: Record<FlagChange["kind"], string> = {
  on: "flag_schedule_on",
  off: "flag_schedule_off",
  rollout: "flag_schedule_rollout",
};

interface ScheduleFormProps {
  flag: FlagSummary;
  /** Whether a share can be set: only where flags are asked for here. */
  hasShares: boolean;
  /** Null for a new one. */
  edited: ScheduledChange | null;
  /** Another one begins anew, with the focus, while what stands above stays as it is. */
  turn: number;
  /** What stands above its fields. */
  children: ReactNode;
  /** Gives up the change that is edited. */
  onCancel: () => void;
  onClose: () => void;
  onPlan: (planned: PlannedChange) => Promise<FlagRefusal | null>;
}

/** Its buttons stay in view below what scrolls. */
export function ScheduleForm(props: ScheduleFormProps) {
  const { flag, hasShares, edited, turn, onCancel, onClose, onPlan, children } = props;
  const { t } = useLocale();
  const id = useId();
  const isInBrowser = useIsInBrowser();
  const first = firstOf(flag, edited);
  const [kind, setKind] = useState<FlagChange["kind"]>(first.kind);
  const [at, setAt] = useState(first.at);
  const [draft, setDraft] = useState(first.draft);
  const [refusal, setRefusal] = useState<FlagRefusal | null>(null);
  const [isSaving, setSaving] = useState(false);
  const timeId = `${id}-at`;
  const [begun, setBegun] = useState(turn);
  if (begun !== turn) {
    setBegun(turn);
    setKind(first.kind);
    setAt(first.at);
    setDraft(first.draft);
    setRefusal(null);
  }
  useEffect(() => {
    if (turn > 0) document.getElementById(timeId)?.focus();
  }, [turn, timeId]);

  function refuse(refused: FlagRefusal) {
    setRefusal(refused);
    const field = refused.field === "at" ? timeId : refused.field === "change" ? shareFieldOf(id) : null;
    if (field !== null) document.getElementById(field)?.focus();
  }

  async function submit(event: FormEvent) {
    event.preventDefault();
    const change = kind === "rollout" ? { kind, rollout: readDraft(draft) } : { kind };
    const read = scheduleChangeSchema.safeParse({ slug: flag.slug, at: at ?? "", change });
    if (!read.success) {
      const [issue] = read.error.issues;
      refuse({ message: t(issue?.message ?? ""), field: String(issue?.path[0] ?? "") });
      return;
    }
    setSaving(true);
    const refused = await onPlan({ seen: seenOf(edited), at: read.data.at, change: read.data.change });
    setSaving(false);
    if (refused !== null) refuse(refused);
  }

  const isOfNoField = refusal !== null && refusal.field !== "at" && refusal.field !== "change";
  const errorAt = (field: string) => (refusal?.field === field ? refusal.message : undefined);
  return (
    <form noValidate onSubmit={submit} className="contents">
      <DialogBody className="grid content-start gap-5">
        {children}
        <section aria-labelledby={`${id}-title`} className="grid gap-4">
          <h3 id={`${id}-title`} className="font-semibold text-sm">
            {t(titleOf(edited))}
          </h3>
          {isOfNoField && (
            <div ref={(alert) => alert?.scrollIntoView?.({ block: "nearest" })}>
              <RefusalAlert refusal={refusal} isUpToDate />
            </div>
          )}
          <Field label={t("flag_schedule_what")} htmlFor={`${id}-kind`}>
            <SegmentedControl
              value={kind}
              onValueChange={setKind}
              options={kinds
                .filter((value) => hasShares || value !== "rollout")
                .map((value) => ({ value, label: t(kindKeys[value]) }))}
            />
          </Field>
          {kind === "rollout" && (
            <RolloutFields id={id} value={draft} onChange={setDraft} error={errorAt("change")} />
          )}
          <Field
            label={t("flag_schedule_when")}
            htmlFor={timeId}
            hint={
              isInBrowser
                ? t("time_zone_of_viewer", { zone: Intl.DateTimeFormat().resolvedOptions().timeZone })
                : undefined
            }
            error={errorAt("at")}
          >
            <MomentInput key={turn} className="w-full sm:w-60" value={at} onChange={setAt} />
          </Field>
        </section>
      </DialogBody>
      <DialogFooter>
        <Button type="button" variant="outline" onClick={edited === null ? onClose : onCancel}>
          {t(edited === null ? "close" : "cancel")}
        </Button>
        <Button type="submit" loading={isSaving}>
          {t(edited === null ? "flag_schedule_add" : "flag_schedule_save")}
        </Button>
      </DialogFooter>
    </form>
  );
}

function titleOf(edited: ScheduledChange | null): string {
  if (edited === null) return "flag_schedule_new";
  return edited.dropped === null ? "flag_schedule_edit_title" : "flag_schedule_again";
}

function firstOf(flag: FlagSummary, edited: ScheduledChange | null) {
  return {
    kind: edited?.change.kind ?? (flag.enabled ? "off" : "on"),
    at: edited === null ? null : edited.at.toISOString(),
    draft: draftOf(edited?.change.kind === "rollout" ? edited.change.rollout : flag.rollout),
  };
}

function seenOf(edited: ScheduledChange | null): PlannedChange["seen"] {
  return edited === null ? undefined : { id: edited.id, version: edited.version };
}
