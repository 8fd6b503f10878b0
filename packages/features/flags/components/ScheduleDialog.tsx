"use client";

import { useLocale } from "@calcom/lib/i18n";
import {
  Button,
  Dialog,
  DialogBody,
  DialogContent,
  DialogDescription,
  DialogFooter,
  DialogHeader,
  DialogTitle,
  ErrorState,
  Skeleton,
} from "@calcom/ui";
import { useState } from "react";
import type { FlagSummary, ScheduledChange } from "../types";
import type { FlagRefusal } from "./CreateFlagDialog";
import type { PlannedChange } from "./schedule/planned-change";
import { ScheduledItem } from "./schedule/ScheduledItem";
import { ScheduleForm } from "./schedule/ScheduleForm";

export { changeText } from "./flag-words";
export type { PlannedChange };

export type ScheduleState =
  | { status: "loading" }
  | { status: "error"; message: string; onRetry: () => void }
  | { status: "ready"; changes: ScheduledChange[] };

export interface ScheduleDialogProps {
  flag: FlagSummary;
  /** Whether shares can be scheduled too. */
  hasShares: boolean;
  isOpen: boolean;
  onClose: () => void;
  state: ScheduleState;
  /** Null once it is stored. */
  onPlan: (planned: PlannedChange) => Promise<FlagRefusal | null>;
  onRemove: (change: ScheduledChange) => void;
}

/** What happens to a flag at a time: shown, changed, taken back; and what was dropped, with the reason. */
export function ScheduleDialog({ isOpen, ...schedule }: ScheduleDialogProps) {
  const { t } = useLocale();
  const { slug, type } = schedule.flag;
  const isKillSwitch = type === "KILL_SWITCH";
  return (
    <Dialog open={isOpen} onOpenChange={(next) => !next && schedule.onClose()}>
      <DialogContent closeLabel={t("close")} fillsSmallScreens>
        <DialogHeader>
          <DialogTitle className="wrap-anywhere">{t("flag_schedule_title", { slug })}</DialogTitle>
          <DialogDescription>
            {t(isKillSwitch ? "flag_schedule_description_kill_switch" : "flag_schedule_description")}
          </DialogDescription>
        </DialogHeader>
        <Schedule {...schedule} />
      </DialogContent>
    </Dialog>
  );
}

function Schedule({
  flag,
  hasShares,
  state,
  onClose,
  onPlan,
  onRemove,
}: Omit<ScheduleDialogProps, "isOpen">) {
  const { t } = useLocale();
  const [edited, setEdited] = useState<ScheduledChange | null>(null);
  // Each of them begins with its own values.
  const [turn, setTurn] = useState(0);
  // After a refusal the list shows what somebody has made of the change: a second try is a change of that.
  const [isTold, setTold] = useState(false);
  const edit = (change: ScheduledChange | null) => {
    setTold(false);
    setEdited(change);
    setTurn((before) => before + 1);
  };
  if (state.status === "loading")
    return (
      <DialogBody>
        <Skeleton className="h-12 w-full" />
      </DialogBody>
    );
  if (state.status === "error")
    return (
      <DialogBody>
        <ErrorState
          title={t("flag_schedule_could_not_be_loaded")}
          description={state.message}
          onRetry={state.onRetry}
          retryLabel={t("try_again")}
        />
      </DialogBody>
    );
  const planned =
    state.changes.length === 0 ? (
      <p className="text-dense text-muted-foreground">{t("flag_schedule_none")}</p>
    ) : (
      <ul className="-mx-2 divide-y border-b" aria-label={t("flag_schedule_planned")}>
        {state.changes.map((change) => (
          <ScheduledItem
            key={change.id}
            change={change}
            isEdited={change.id === edited?.id}
            onEdit={flag.experiment === null ? () => edit(change) : null}
            onRemove={() => {
              if (change.id === edited?.id) edit(null);
              onRemove(change);
            }}
          />
        ))}
      </ul>
    );
  const now = isTold ? (state.changes.find(({ id }) => id === edited?.id) ?? null) : edited;
  if (flag.experiment !== null)
    return (
      <>
        <DialogBody>{planned}</DialogBody>
        <DialogFooter>
          <Button variant="outline" onClick={onClose}>
            {t("close")}
          </Button>
        </DialogFooter>
      </>
    );
  return (
    <ScheduleForm
      flag={flag}
      hasShares={hasShares}
      edited={now}
      turn={turn}
      onCancel={() => edit(null)}
      onClose={onClose}
      onPlan={async (change) => {
        const refusal = await onPlan(change);
        if (refusal === null) edit(null);
        else if (refusal.changed !== undefined) setTold(true);
        return refusal;
      }}
    >
      {planned}
    </ScheduleForm>
  );
}
