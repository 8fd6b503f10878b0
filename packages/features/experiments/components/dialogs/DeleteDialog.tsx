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
import { type FormEvent, useState } from "react";
import { RefusalAlert } from "../shared/RefusalAlert";
import { useCounted } from "../shared/useCounted";
import { type DialogParts, useOrder } from "./useOrder";

/**
 * What never ran goes with one click; the evidence of what did only with the slug typed, and its rows named. So does a
 * flag, which people have something by.
 */
export function DeleteDialog(props: DialogParts) {
  const { experiment, onClose } = props;
  const { t } = useLocale();
  const { number, when } = useCounted();
  const { run, isRunning, refusal, isOutdated } = useOrder(props);
  const [typed, setTyped] = useState("");
  const [isMissing, setMissing] = useState(false);
  const { slug, name, assignments, isConverted } = experiment;
  const hasEvidence = assignments > 0 || refusal?.code === "has_data";
  const isGuarded = hasEvidence || isConverted;

  function submit(event: FormEvent) {
    event.preventDefault();
    if (isGuarded && typed !== slug) return setMissing(true);
    void run({ command: "delete", ...(isGuarded && { confirmSlug: typed }) });
  }

  return (
    <Dialog open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <DialogContent closeLabel={t("close")} className="max-w-md">
        <form onSubmit={submit} className="contents" noValidate>
          <DialogHeader>
            <DialogTitle>{t("experiment_delete_title", { name })}</DialogTitle>
            <DialogDescription>
              {hasEvidence
                ? t("experiment_delete_evidence", { count: assignments, formatted: number(experiment) }) +
                  when(experiment)
                : t("experiment_delete_never_ran")}{" "}
              {isConverted && t("experiment_delete_flag")}
            </DialogDescription>
          </DialogHeader>
          {isGuarded && (
            <Field
              label={t("experiment_type_slug", { slug })}
              htmlFor="confirm-slug"
              error={isMissing ? t("experiment_slug_does_not_match", { slug }) : undefined}
            >
              <Input
                className="font-mono text-dense"
                autoCapitalize="none"
                autoComplete="off"
                spellCheck={false}
                value={typed}
                onChange={(event) => {
                  setTyped(event.target.value);
                  setMissing(false);
                }}
              />
            </Field>
          )}
          {refusal && <RefusalAlert refusal={refusal} />}
          <DialogFooter>
            <Button type="button" variant="outline" disabled={isRunning} onClick={onClose}>
              {t("cancel")}
            </Button>
            <Button type="submit" variant="destructive" loading={isRunning} disabled={isOutdated}>
              {t("experiment_delete")}
            </Button>
          </DialogFooter>
        </form>
      </DialogContent>
    </Dialog>
  );
}
