"use client";

import { useLocale } from "@calcom/lib/i18n";
import { Section } from "@calcom/ui";
import type { Status } from "../../types/settings";
import { VariantsField } from "../VariantsField";
import { useLock } from "./useLock";

interface VariantsSectionProps {
  status: Status;
  /** The variants that the saved experiment has. */
  servedNames: string[];
}

export function VariantsSection({ status, servedNames }: VariantsSectionProps) {
  const { t } = useLocale();
  const lockOf = useLock(status);
  const { disabled, reason } = lockOf("variants");
  const isStarted = status !== "draft";
  return (
    <Section
      id="form-variants"
      title={t("experiment_variants")}
      description={
        reason ?? (isStarted ? t("experiment_variants_started") : t("experiment_variants_description"))
      }
    >
      <VariantsField
        keptNames={isStarted ? servedNames : []}
        isControlLocked={lockOf("control").disabled}
        disabled={disabled}
      />
    </Section>
  );
}
