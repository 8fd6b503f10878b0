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
  SegmentedControl,
  Skeleton,
} from "@calcom/ui";
import { useId, useState } from "react";
import { RefusalAlert } from "../../experiments/components/Refusal";
import type { FlagRefusal } from "./CreateFlagDialog";

type ConversionRefusal = Pick<FlagRefusal, "message" | "changed">;

export type ConvertibleUnit = "user" | "team";

/** What converting would do: asked for before it is offered. */
export type ConversionDryRun =
  | { status: "loading" }
  | { status: "error"; message: string }
  | { status: "ready"; imported: { on: number; off: number }; obstacle: string | null; version: number };

export interface ConvertFlagDialogProps {
  slug: string;
  /** Changes of the flag that are planned. */
  planned: number;
  isOpen: boolean;
  onClose: () => void;
  unit: ConvertibleUnit;
  onUnitChange: (unit: ConvertibleUnit) => void;
  dryRun: ConversionDryRun;
  /** A refusal in words fit to show; null once it is done. */
  onConvert: (version: number) => Promise<ConversionRefusal | null>;
}

/** Says what becomes of those whom the flag has selected, before anything does. */
export function ConvertFlagDialog(props: ConvertFlagDialogProps) {
  const { slug, planned, isOpen, onClose, unit, onUnitChange, dryRun, onConvert } = props;
  const { t } = useLocale();
  const unitId = useId();
  const answerId = useId();
  const [isConverting, setConverting] = useState(false);
  const [refusal, setRefusal] = useState<ConversionRefusal | null>(null);
  const isReady = dryRun.status === "ready" && dryRun.obstacle === null;

  async function convert() {
    if (!isReady) return;
    setConverting(true);
    setRefusal(await onConvert(dryRun.version));
    setConverting(false);
  }

  return (
    <Dialog open={isOpen} onOpenChange={(next) => !next && onClose()}>
      <DialogContent closeLabel={t("close")} className="max-w-md">
        <DialogHeader>
          <DialogTitle>{t("flag_convert_title", { slug })}</DialogTitle>
          <DialogDescription>{t("flag_convert_sentence")}</DialogDescription>
        </DialogHeader>
        <div className="grid gap-4">
          <Field label={t("flag_convert_unit")} htmlFor={unitId} hint={t(`flag_convert_unit_hint_${unit}`)}>
            <SegmentedControl
              value={unit}
              onValueChange={onUnitChange}
              options={[
                { value: "user", label: t("flag_convert_users") },
                { value: "team", label: t("flag_convert_teams") },
              ]}
            />
          </Field>
          <div id={answerId} aria-live="polite" className="min-h-16 text-dense">
            <DryRun dryRun={dryRun} unit={unit} planned={planned} />
          </div>
          {refusal !== null && <RefusalAlert refusal={refusal} isUpToDate />}
        </div>
        <DialogFooter>
          <Button variant="outline" disabled={isConverting} onClick={onClose}>
            {t("cancel")}
          </Button>
          <Button
            loading={isConverting}
            disabled={!isReady}
            aria-describedby={isReady ? undefined : answerId}
            onClick={convert}
          >
            {t("flag_convert_confirm")}
          </Button>
        </DialogFooter>
      </DialogContent>
    </Dialog>
  );
}

function DryRun({ dryRun, unit, planned }: Pick<ConvertFlagDialogProps, "dryRun" | "unit" | "planned">) {
  const { t } = useLocale();
  if (dryRun.status === "loading") return <Skeleton className="h-12 w-full" />;
  if (dryRun.status === "error") return <Alert tone="destructive" title={dryRun.message} />;
  if (dryRun.obstacle !== null) return <Alert tone="warning" title={dryRun.obstacle} />;
  const { on, off } = dryRun.imported;
  return (
    <ul className="grid list-disc gap-1 pl-4">
      {on + off === 0 ? <li>{t("flag_convert_nobody")}</li> : <Kept on={on} off={off} unit={unit} />}
      {unit === "team" && <li>{t("flag_convert_own")}</li>}
      <li>{t("flag_convert_until_start")}</li>
      <li>{t(on + off === 0 ? "flag_convert_brake" : "flag_convert_brake_kept")}</li>
      {planned > 0 && <li>{t("flag_convert_planned", { count: planned })}</li>}
    </ul>
  );
}

function Kept({ on, off, unit }: { on: number; off: number; unit: ConvertibleUnit }) {
  const { t } = useLocale();
  return (
    <>
      <li>{t(unit === "user" ? "flag_convert_on_users" : "flag_convert_on_teams", { count: on })}</li>
      {off > 0 && (
        <li>{t(unit === "user" ? "flag_convert_off_users" : "flag_convert_off_teams", { count: off })}</li>
      )}
      <li>{t("flag_convert_left_out")}</li>
    </>
  );
}
