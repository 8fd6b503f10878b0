"use client";

import { useLocale } from "@calcom/lib/i18n";
import { EmptyState, Section } from "@calcom/ui";
import type { ReactNode } from "react";
import type { ExperimentDetail } from "../../types/admin";
import type { SetupSection } from "../shared/paths";
import { shortBuild } from "../shared/short-build";
import { useFormat } from "../shared/useFormat";
import { EpochTable } from "./EpochTable";
import { HookSnippet } from "./HookSnippet";
import { AnalysisSetup } from "./setup/AnalysisSetup";
import { AssignmentSetup } from "./setup/AssignmentSetup";

const CODE: SetupSection = "use-in-code";

interface ExperimentSetupProps {
  experiment: ExperimentDetail;
  previewLinks?: ReactNode;
}

export function ExperimentSetup({ experiment, previewLinks }: ExperimentSetupProps) {
  const { t } = useLocale();
  const { moment } = useFormat();
  const { config, epochs, lastAsk } = experiment;
  if (config === null)
    return (
      <EmptyState
        title={t("experiment_setup_unreadable")}
        description={t("experiment_setup_unreadable_text")}
      />
    );
  return (
    <div className="grid gap-10">
      <Section title={t("experiment_settings")}>
        <AssignmentSetup description={experiment.description} config={config} />
      </Section>
      <Section title={t("experiment_analysis")}>
        <AnalysisSetup config={config} chosenAfterStart={experiment.chosenAfterStart} />
      </Section>
      <Section
        id={CODE}
        title={t("experiment_use_in_code")}
        description={t("experiment_use_in_code_description")}
      >
        <HookSnippet slug={experiment.slug} config={config} />
        <p className="mt-2 text-dense text-muted-foreground">
          {lastAsk === null
            ? t("experiment_never_asked")
            : t("experiment_last_asked", { moment: moment(lastAsk.at), build: shortBuild(lastAsk.build) })}
        </p>
      </Section>
      {previewLinks}
      {epochs.length > 0 && (
        <Section title={t("experiment_epochs")} description={t("experiment_epochs_description")}>
          <EpochTable epochs={epochs} variants={config.variants} control={config.control} />
        </Section>
      )}
    </div>
  );
}
