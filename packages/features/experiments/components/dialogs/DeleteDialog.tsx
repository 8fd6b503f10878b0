"use client";

import { useLocale } from "@calcom/lib/i18n";
import { ConfirmDeletion } from "../ConfirmDeletion";
import { useCounted } from "../shared/useCounted";
import { type DialogParts, useOrder } from "./useOrder";

/** What never ran goes with one click; what has data, or was a flag that people have something by, with its slug typed. */
export function DeleteDialog(props: DialogParts) {
  const { experiment, onClose } = props;
  const { t } = useLocale();
  const { number, when } = useCounted();
  const { run, isRunning, refusal } = useOrder(props);
  const { slug, name, assignments, isConverted } = experiment;
  const hasEvidence = assignments > 0 || refusal?.code === "has_data";
  const isGuarded = hasEvidence || isConverted;
  return (
    <ConfirmDeletion
      title={t("experiment_delete_title", { name })}
      action={t("experiment_delete")}
      typed={isGuarded ? slug : null}
      onClose={onClose}
      onConfirm={() => run({ command: "delete", ...(isGuarded && { confirmSlug: slug }) })}
      isRunning={isRunning}
      refusal={refusal}
    >
      {hasEvidence
        ? t("experiment_delete_evidence", { count: assignments, formatted: number(experiment) }) +
          when(experiment)
        : t("experiment_delete_never_ran")}{" "}
      {isConverted && t("experiment_delete_flag")}
    </ConfirmDeletion>
  );
}
