"use client";

import { useLocale } from "@calcom/lib/i18n";
import {
  ErrorState,
  Sheet,
  SheetBody,
  SheetContent,
  SheetDescription,
  SheetHeader,
  SheetTitle,
} from "@calcom/ui";
import Link from "next/link";
import { useState } from "react";
import {
  ExperimentConfigForm,
  type ExperimentConfigFormProps,
} from "../../experiments/components/ExperimentConfigForm";
import { ExperimentStatus } from "../../experiments/components/ExperimentStatus";
import { LeaveDialog } from "../../experiments/components/LeaveDialog";
import { ExperimentConfigSkeleton } from "./ExperimentConfigSkeleton";

export type ExperimentConfigState =
  | { status: "loading" }
  | { status: "error"; message: string; onRetry: () => void }
  | { status: "ready"; experiment: ExperimentConfigFormProps["experiment"] };

export interface ExperimentConfigSheetProps
  extends Pick<ExperimentConfigFormProps, "onSave" | "loadCurrent" | "navigate"> {
  isOpen: boolean;
  onClose: () => void;
  state: ExperimentConfigState;
  /** Where everything else of an experiment is edited. */
  editHref: (slug: string) => string;
}

/** The variants, their shares and how subjects are assigned, without leaving the list. Unsaved work is guarded. */
export function ExperimentConfigSheet(props: ExperimentConfigSheetProps) {
  const { isOpen, onClose, state, editHref, ...form } = props;
  const { t } = useLocale();
  const [isDirty, setDirty] = useState(false);
  const [isAsking, setAsking] = useState(false);

  function close() {
    setDirty(false);
    setAsking(false);
    onClose();
  }

  return (
    <>
      <Sheet open={isOpen} onOpenChange={(next) => !next && (isDirty ? setAsking(true) : close())}>
        <SheetContent closeLabel={t("close")} className="sm:max-w-xl">
          <SheetHeader>
            <SheetTitle className="wrap-anywhere">
              {state.status === "ready" ? state.experiment.name : t("flag_configure")}
            </SheetTitle>
            <SheetDescription asChild>
              <div className="flex min-h-5 flex-wrap items-center gap-x-3">
                {state.status === "ready" && <Summary experiment={state.experiment} editHref={editHref} />}
              </div>
            </SheetDescription>
          </SheetHeader>
          {state.status === "loading" && <ExperimentConfigSkeleton />}
          {state.status === "error" && (
            <SheetBody>
              <ErrorState
                title={t("flag_experiment_could_not_be_loaded")}
                description={state.message}
                onRetry={state.onRetry}
                retryLabel={t("try_again")}
              />
            </SheetBody>
          )}
          {state.status === "ready" && (
            <ExperimentConfigForm
              key={state.experiment.slug}
              experiment={state.experiment}
              onDirtyChange={setDirty}
              onCancel={() => (isDirty ? setAsking(true) : close())}
              onSaved={close}
              {...form}
            />
          )}
        </SheetContent>
      </Sheet>
      <LeaveDialog guard={{ isAsking, stay: () => setAsking(false), leave: close }} />
    </>
  );
}

function Summary({
  experiment,
  editHref,
}: Pick<ExperimentConfigFormProps, "experiment"> & Pick<ExperimentConfigSheetProps, "editHref">) {
  const { t } = useLocale();
  return (
    <>
      <span className="font-mono text-xs">{experiment.slug}</span>
      <ExperimentStatus status={experiment.status} isTurnedOff={experiment.isTurnedOff} />
      <Link
        href={editHref(experiment.slug)}
        prefetch={false}
        className="text-primary underline-offset-4 hover:underline"
      >
        {t("flag_all_settings")}
      </Link>
    </>
  );
}
